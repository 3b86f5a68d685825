// The members of a TLS object to the settings of a context: written, defaulted or not known. Two rules make Flex
// Gateway unlike other gateways: a cipher list replaces the TLS 1.2 defaults as a whole, but never touches TLS 1.3; and
// TLS 1.1 has no defaults at all.
#include "gateways/flex/settings.h"

#include <algorithm>
#include <utility>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/flex.h"

namespace tlsward::gateways::flex {
namespace {

using tls::MaterialPart;
using tls::MaterialUse;
using tls::Origin;
using tls::Setting;
using tls::TlsContext;

constexpr std::string_view kInboundPage = "policies-included-tls";
constexpr std::string_view kOutboundPage = "policies-included-tls-outbound";
constexpr std::string_view kPolicyCallsPage = "policies-tls-configuration";
constexpr std::string_view kReferencePage = "flex-local-configuration-reference-guide";

/// What holds where the setting is absent, unless a template may set it.
template <class T>
Setting<T> absent(const TlsObject& object, T value, std::string_view words) {
  if (object.open) return {std::move(value), Origin::Unresolved, object.where, "a template may set it"};
  return {std::move(value), Origin::Default, {}, because(words, page(object.direction))};
}

template <class T>
Setting<T> unresolved(T value, const Node& node) {
  return {std::move(value), Origin::Unresolved, node.where, std::string(node.scalar)};
}

Setting<tls::Version> read_version(const TlsObject& object, const Member* member, tls::Version otherwise,
                                   ProductVersion release) {
  if (!member) return absent(object, otherwise, tls::short_name(otherwise));
  const Node& node = member->value;
  const bool is_spelled = (node.is_text() || node.kind == NodeKind::Number) && is_known(node);
  if (!is_spelled) return unresolved(tls::Version{}, node);
  if (const auto version = parse_supported_version(node.scalar, release)) {
    return {*version, Origin::Written, node.where, {}};
  }
  // Nobody knows what Flex Gateway makes of it; the value says what was meant.
  return unresolved(tls::parse_version(node.scalar).value_or(tls::Version{}), node);
}

Setting<std::vector<tls::Version>> effective_versions(const TlsObject& object, const TlsContext& context,
                                                      ProductVersion release) {
  const auto& min = context.min_version;
  const auto& max = context.max_version;
  Setting<std::vector<tls::Version>> versions;
  if (!min.known() || !max.known()) {
    const auto& culprit = min.known() ? max : min;
    return {{}, Origin::Unresolved, culprit.where, culprit.because};
  }
  for (const tls::Version version : supported_versions(release)) {
    if (min.value <= version && version <= max.value) versions.value.push_back(version);
  }
  if (!min.written() && !max.written()) {
    versions.because = because("1.2 to 1.3", page(object.direction));
    return versions;
  }
  versions.origin = Origin::Written;
  versions.where = min.written() ? min.where : max.where;
  versions.because = "from minversion to maxversion";
  return versions;
}

tls::ListedCipher read_cipher(const TlsObject& object, const Node& node, ProductVersion release) {
  tls::ListedCipher entry;
  entry.written = std::string(node.scalar);
  entry.where = node.where;
  entry.unresolved = !node.is_scalar() || !is_known(node);
  if (entry.unresolved) return entry;
  entry.suite = tls::parse_cipher_suite(node.scalar);
  const CipherRow* row = find_cipher(node.scalar, release);
  if (!row) return entry;
  entry.suite = row->suite;
  entry.accepted = object.direction != Direction::Redis || !missing_for_redis(row->suite);
  entry.advice = row->advice;
  entry.versions = versions_of(*row, release);
  return entry;
}

Setting<std::vector<tls::ListedCipher>> read_cipher_list(const TlsObject& object, ProductVersion release) {
  using List = std::vector<tls::ListedCipher>;
  if (!object.ciphers) return absent(object, List{}, "the suites with \"Yes\" in the column Default");
  const Node& node = object.ciphers->value;
  const bool is_blank = node.is_text() && node.scalar.empty();
  if (!node.is_list() && !is_blank) return unresolved(List{}, node);
  Setting<List> list{{}, node.open ? Origin::Unresolved : Origin::Written, node.where, {}};
  for (const Node& item : node.items) list.value.push_back(read_cipher(object, item, release));
  return list;
}

bool is_complete(const Setting<std::vector<tls::ListedCipher>>& list) {
  return list.known() && std::none_of(list.value.begin(), list.value.end(),
                                      [](const tls::ListedCipher& entry) { return entry.unresolved; });
}

std::vector<tls::CipherSuite> listed_for(const std::vector<tls::ListedCipher>& list, tls::Version version) {
  std::vector<tls::CipherSuite> result;
  for (const tls::ListedCipher& entry : list) {
    if (!tls::offers(entry, version)) continue;
    if (std::find(result.begin(), result.end(), *entry.suite) == result.end()) result.push_back(*entry.suite);
  }
  return result;
}

Setting<std::map<tls::Version, std::vector<tls::CipherSuite>>> effective_ciphers(const TlsContext& context) {
  const auto& list = context.cipher_list;
  if (!context.versions.known()) return {{}, Origin::Unresolved, context.versions.where, context.versions.because};
  if (!is_complete(list)) return {{}, Origin::Unresolved, list.where, "part of the list is not known"};
  const bool use_defaults = list.value.empty();
  Setting<std::map<tls::Version, std::vector<tls::CipherSuite>>> ciphers;
  for (const tls::Version version : context.versions.value) {
    const bool is_fixed = use_defaults || version == tls::kTls13;
    ciphers.value[version] = is_fixed ? default_ciphers(version) : listed_for(list.value, version);
  }
  if (use_defaults) {
    ciphers.because = list.because.empty() ? "an empty list stands for the defaults" : list.because;
    return ciphers;
  }
  ciphers.origin = Origin::Written;
  ciphers.where = list.where;
  ciphers.because = "the list replaces the TLS 1.2 defaults; the TLS 1.3 suites are fixed";
  return ciphers;
}

void read_alpn(const TlsObject& object, TlsContext& context) {
  if (!object.alpn) {
    const bool is_redis = object.direction == Direction::Redis;
    const std::vector<std::string> value =
        is_redis ? std::vector<std::string>{} : std::vector<std::string>{"h2", "http/1.1"};
    context.alpn = absent(object, value, is_redis ? "no ALPN" : "h2, http/1.1");
    context.alpn_list = absent(object, std::vector<tls::ListedText>{}, is_redis ? "no ALPN" : "h2, http/1.1");
    return;
  }
  const Node& node = object.alpn->value;
  bool known = node.is_list() && !node.open;
  for (const Node& item : node.items) {
    known = known && item.is_scalar() && is_known(item);
    context.alpn_list.value.push_back({std::string(item.scalar), item.where});
    context.alpn.value.emplace_back(item.scalar);
  }
  context.alpn_list.origin = context.alpn.origin = known ? Origin::Written : Origin::Unresolved;
  context.alpn_list.where = context.alpn.where = node.where;
  if (!known) context.alpn_list.because = context.alpn.because = std::string(node.scalar);
}

// Certificates and trust.

std::size_t add_material(TlsContext& context, const Member* member, const std::string& field, MaterialUse use,
                         MaterialPart part) {
  if (!member || !member->value.is_scalar()) return tls::kNoMaterial;
  context.material.push_back(inline_material(member->value, field, use, part));
  return context.material.size() - 1;
}

std::size_t read_trusted_ca(const TlsObject& object, TlsContext& context) {
  return add_material(context, object.trusted_ca, join_path(object.path, "trustedCA"), MaterialUse::TrustAnchor,
                      MaterialPart::Certificate);
}

tls::Identity read_identity(const TlsObject& object, TlsContext& context) {
  const std::string path = join_path(object.path, "certificate");
  const std::size_t key = add_material(context, object.certificate_key, join_path(path, "key"),
                                       MaterialUse::Certificate, MaterialPart::Key);
  const std::size_t crt = add_material(context, object.certificate_crt, join_path(path, "crt"),
                                       MaterialUse::Certificate, MaterialPart::Certificate);
  return {crt, key};
}

void trust(TlsContext& context, std::size_t material) {
  context.trust.push_back({tls::TrustKind::Material, material, {}});
  context.trust_unknown = context.material[material].state != tls::MaterialState::Read;
}

void add_identity(TlsContext& context, tls::Identity identity) {
  if (identity.certificate == tls::kNoMaterial && identity.key == tls::kNoMaterial) return;
  context.identities.push_back(identity);
}

void trust_system(TlsContext& context) {
  context.trust.push_back({tls::TrustKind::System, tls::kNoMaterial, "no trustedCA, so those of the system"});
}

void read_client_auth(const TlsObject& object, ProductVersion version, TlsContext& context) {
  const std::size_t anchor = read_trusted_ca(object, context);
  add_identity(context, read_identity(object, context));
  const Member* member = object.require_client_certificate;
  const Span where = member ? member->value.where : Span{};
  switch (read_switch(member)) {
    case Switch::Absent:
      context.client_auth = absent(object, tls::ClientAuth::None, "requireClientCertificate false");
      context.trust_unknown = object.open;
      return;
    case Switch::Off:
      context.client_auth = {tls::ClientAuth::None, Origin::Written, where, {}};
      return;
    case Switch::Unknown:
      context.client_auth = unresolved(tls::ClientAuth::None, member->value);
      context.trust_unknown = true;
      return;
    case Switch::On:
      break;
  }
  context.client_auth = {tls::ClientAuth::RequireAndVerify, Origin::Written, where, {}};
  if (anchor != tls::kNoMaterial) trust(context, anchor);
  if (anchor != tls::kNoMaterial) return;
  if (object.open)
    context.trust_unknown = true;
  else if (version >= kSystemCertificates)
    trust_system(context);
}

void set_verification(TlsContext& context, Setting<tls::VerifyPeer> verify) {
  context.server_name_check = {verify.value == tls::VerifyPeer::Full, verify.origin, verify.where, verify.because};
  context.verify_peer = std::move(verify);
}

void read_upstream_trust(const TlsObject& object, std::size_t anchor, ProductVersion version, TlsContext& context) {
  if (anchor != tls::kNoMaterial) {
    trust(context, anchor);
    return;
  }
  const bool by_page = object.direction == Direction::PolicyCalls ||
                       (object.direction == Direction::Outbound && version >= kSystemCertificates);
  if (by_page && !object.open) return trust_system(context);
  context.trust_unknown = true;
  context.notes.emplace_back("without trustedCA it is not clear whom the gateway believes");
}

void read_verification(const TlsObject& object, ProductVersion version, TlsContext& context) {
  const std::size_t anchor = read_trusted_ca(object, context);
  const tls::Identity identity = read_identity(object, context);
  const Member* member = object.skip_validation;
  switch (read_switch(member)) {
    case Switch::On:
      set_verification(context, {tls::VerifyPeer::None, Origin::Written, member->value.where, {}});
      if (object.direction != Direction::Outbound || version >= kSystemCertificates) {
        add_identity(context, identity);
        return;
      }
      // The page says until then that skipping validation disables outbound mTLS, so the pair takes no part.
      context.verify_note = "this also disables outbound mTLS";
      return;
    case Switch::Unknown:
      set_verification(context, unresolved(tls::VerifyPeer::Full, member->value));
      break;
    case Switch::Off:
      set_verification(context, {tls::VerifyPeer::Full, Origin::Written, member->value.where, {}});
      break;
    case Switch::Absent:
      set_verification(context, absent(object, tls::VerifyPeer::Full, "skipValidation false"));
      break;
  }
  add_identity(context, identity);
  read_upstream_trust(object, anchor, version, context);
}

}  // namespace

std::string_view page(Direction direction) {
  switch (direction) {
    case Direction::Inbound:
      return kInboundPage;
    case Direction::Outbound:
      return kOutboundPage;
    case Direction::PolicyCalls:
      return kPolicyCallsPage;
    case Direction::Redis:
      break;
  }
  return kReferencePage;
}

std::string because(std::string_view value, std::string_view page_name) {
  return "Flex Gateway default: " + std::string(value) + ", docs.mulesoft.com/gateway/latest/" + std::string(page_name);
}

void set_groups(TlsContext& context) {
  context.groups.value = {tls::kX25519, tls::kP256};
  context.groups.because = "Envoy default; Flex Gateway has no setting for it";
  context.groups_order = tls::CipherOrder::Library;
}

TlsContext make_context(const Resource& resource, tls::Role role, std::string subject) {
  TlsContext context;
  context.role = role;
  context.subject = std::move(subject);
  context.gateway = gateway.id;
  context.gateway_name = gateway.name;
  context.gateway_version = name(resource.version.number);
  context.version_guessed = resource.version.guessed;
  return context;
}

void note_assumptions(TlsContext& context) {
  context.notes.emplace_back(
      "assumed, as Flex Gateway is closed source: suites up to TLS 1.2 in the order of the list, as Envoy prefers "
      "them; TLS 1.3 suites as the client orders them");
}

TlsContext read_context(const Model& model, const TlsObject& object) {
  const Resource& resource = model.resources[object.resource];
  const ProductVersion release = pages_of(resource.version);
  const bool is_inbound_object = object.direction == Direction::Inbound;
  TlsContext context =
      make_context(resource, is_inbound_object ? tls::Role::Listener : tls::Role::Upstream, object.subject);
  context.section = object.where;
  context.section_key = object.key;
  context.min_version = read_version(object, object.min_version, tls::kTls12, release);
  context.max_version = read_version(object, object.max_version, tls::kTls13, release);
  context.versions = effective_versions(object, context, release);
  context.cipher_list = read_cipher_list(object, release);
  context.ciphers = effective_ciphers(context);
  if (is_inbound_object) context.equal_preference = equal_preference(context);
  set_groups(context);
  read_alpn(object, context);
  if (is_inbound_object) {
    read_client_auth(object, resource.version.number, context);
  } else {
    read_verification(object, resource.version.number, context);
  }
  note_assumptions(context);
  if (resource.version.guessed && tls::enables(context, tls::kTls11)) {
    context.notes.emplace_back(
        "the pages of Flex Gateway 1.11 and later list TLS 1.2 and 1.3 only; name the version to be judged by them");
  }
  return context;
}

}  // namespace tlsward::gateways::flex
