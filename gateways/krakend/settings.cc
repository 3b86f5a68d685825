#include "gateways/krakend/settings.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "gateways/krakend/ciphers.h"
#include "gateways/krakend/versions.h"

// KrakenD hands the values of `tls` and `client_tls` to Go's tls.Config almost as they stand. Three things are its own:
// any unknown version text means TLS 1.3, for the minimum and for the maximum; an empty list means its own six suites
// and three curves, not Go's; and ids are 16 bits wide: of a larger number the lowest 16 stay, a larger one in quotes
// stops the load. Sources: lura, transport/http/server/server.go (2.6.1 to 2.12.0); krakend-viper and krakend-koanf,
// which decode with mapstructure, weakly typed (read 2026-11-26).

namespace tlsward::gateways::krakend {
namespace {

// lura: defaultCurves.
constexpr std::array kDefaultGroups = {tls::kP521, tls::kP384, tls::kP256};

template <class T>
void mark_unresolved(tls::Setting<T>& setting, Span where, std::string_view because) {
  setting.value = T{};
  setting.origin = tls::Origin::Unresolved;
  setting.where = where;
  setting.because = std::string(because);
}

/// Where the value stands for this object: at the alias that stands for it.
Span place_of(const Member& member) {
  const Node& node = member.value;
  return node.used_at.known() && !member.merged ? node.used_at : node.where;
}

bool fits_in_16_bits(std::int64_t number) {
  return number >= 0 && number <= std::numeric_limits<std::uint16_t>::max();
}

tls::Setting<tls::Version> version_setting(const tls::TlsContext& context, const Member* member, bool open) {
  tls::Setting<tls::Version> result;
  result.value = tls::kTls13;
  if (is_empty(member)) {
    if (member == nullptr && open) {
      mark_unresolved(result, {}, "a template may set it");
      return result;
    }
    result.because = default_of(context, "TLS13 where it is absent");
    return result;
  }
  const Node& node = member->value;
  result.where = place_of(*member);
  if (node.unresolved || !node.is_scalar()) {
    mark_unresolved(result, result.where, node.scalar);
    return result;
  }
  result.origin = tls::Origin::Written;
  if (const std::optional<tls::Version> version = named_version(node.scalar)) {
    result.value = *version;
  } else {
    result.because = fmt::format("{} takes a version that it does not know for TLS13", context.gateway_name);
  }
  return result;
}

/// A setting that follows from `first` and `second`: unresolved where either is, default where both are.
template <class T, class First, class Second>
tls::Setting<T> derived(const tls::Setting<First>& first, const tls::Setting<Second>& second, std::string_view how) {
  tls::Setting<T> result;
  if (!first.known() || !second.known()) {
    const bool from_first = !first.known();
    mark_unresolved(result, from_first ? first.where : second.where, from_first ? first.because : second.because);
    return result;
  }
  if (!first.written() && !second.written()) {
    result.because = first.because;
    return result;
  }
  result.origin = tls::Origin::Written;
  result.where = first.written() ? first.where : second.where;
  result.because = std::string(how);
  return result;
}

std::string refusal(std::string_view field, std::string_view value, std::string_view why) {
  return fmt::format("{} holds {}, {}", field, value, why);
}

tls::ListedCipher listed_cipher(tls::TlsContext& context, const Node& node, std::string_view field) {
  tls::ListedCipher entry;
  entry.written = std::string(node.scalar);
  entry.where = node.where;
  entry.unresolved = node.unresolved;
  // null is 0, which is no suite.
  if (entry.unresolved || node.is_null()) return entry;
  const std::optional<std::int64_t> number = decode_integer(node);
  if (!number) {
    if (node.is_text()) entry.suite = tls::parse_cipher_suite(node.scalar);
    context.start_failure = refusal(field, entry.written, "which is no integer");
    return entry;
  }
  if (!fits_in_16_bits(*number)) {
    if (node.is_text()) context.start_failure = refusal(field, entry.written, "which does not fit in 16 bits");
    if (node.is_text() || *number < 0) return entry;
  }
  entry.suite = tls::CipherSuite{static_cast<std::uint16_t>(*number)};
  entry.accepted = go::implements(*entry.suite);
  entry.advice = advice(*entry.suite);
  return entry;
}

void read_ciphers(tls::TlsContext& context, const Settings& settings) {
  auto& list = context.cipher_list;
  const Member* member = settings.cipher_suites;
  if (member == nullptr || member->value.is_null()) {
    if (member == nullptr && settings.open)
      mark_unresolved(list, {}, "a template may set it");
    else
      list.because = default_of(context, "its six suites with ECDHE and AEAD");
    return;
  }
  const Node& node = member->value;
  const auto entries = list_entries(node);
  if (!entries) return mark_unresolved(list, node.where, node.scalar);
  if (entries->empty()) {
    if (node.open)
      mark_unresolved(list, node.where, "a template fills the list");
    else
      list.because = default_of(context, "an empty list means its six suites with ECDHE and AEAD");
    return;
  }
  list.origin = tls::Origin::Written;
  list.where = place_of(*member);
  const std::string field = join_path(settings.path, "cipher_suites");
  for (const Node& item : *entries) list.value.push_back(listed_cipher(context, item, field));
}

std::vector<tls::CipherSuite> accepted_suites(const tls::TlsContext& context) {
  std::vector<tls::CipherSuite> result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (entry.accepted && entry.suite) result.push_back(*entry.suite);
  }
  return result;
}

bool complete(const Settings& settings, const tls::TlsContext& context) {
  const auto& entries = context.cipher_list.value;
  return !(settings.cipher_suites != nullptr && settings.cipher_suites->value.open) &&
         std::none_of(entries.begin(), entries.end(), [](const tls::ListedCipher& entry) { return entry.unresolved; });
}

/// KrakenD stops at a list that holds anything but integers.
bool is_readable(const Settings& settings) {
  const auto entries = settings.cipher_suites != nullptr ? list_entries(settings.cipher_suites->value) : std::nullopt;
  return !entries || std::all_of(entries->begin(), entries->end(), [](const Node& entry) {
    return entry.unresolved || entry.is_null() || decode_integer(entry);
  });
}

void compute_ciphers(tls::TlsContext& context, const Settings& settings) {
  using Suites = std::map<tls::Version, std::vector<tls::CipherSuite>>;
  const auto& list = context.cipher_list;
  context.cipher_order = tls::CipherOrder::Library;
  context.ciphers = derived<Suites>(list, context.versions, "Go's own order, of the suites that the list names");
  if (!context.ciphers.known()) return;
  if (!complete(settings, context))
    return mark_unresolved(context.ciphers, list.where, "part of the list is a template");
  if (!is_readable(settings))
    return mark_unresolved(context.ciphers, list.where, "KrakenD does not start with an entry that is no integer");
  const auto suites = list.written() ? accepted_suites(context)
                                     : std::vector<tls::CipherSuite>(kDefaultSuites.begin(), kDefaultSuites.end());
  context.ciphers.value = go::suites_by_version(context.versions.value, suites);
}

void read_groups(tls::TlsContext& context, const Settings& settings, const go::Build& build) {
  auto& list = context.group_list;
  const Member* member = settings.curve_preferences;
  context.groups_order = go::ignores_group_order(build)        ? tls::CipherOrder::Library
                         : context.role == tls::Role::Listener ? tls::CipherOrder::Server
                                                               : tls::CipherOrder::Client;
  const auto entries = member != nullptr ? list_entries(member->value) : std::span<const Node>{};
  if (member == nullptr || (entries && entries->empty() && !member->value.open)) {
    if (member == nullptr && settings.open) {
      mark_unresolved(list, {}, "a template may set it");
      return mark_unresolved(context.groups, {}, "a template may set it");
    }
    list.because = default_of(context, "P-521, P-384 and P-256");
    context.groups.value = go::effective_groups(build, kDefaultGroups);
    context.groups.because = list.because;
    return;
  }
  const Node& node = member->value;
  if (!entries) {
    mark_unresolved(list, node.where, node.scalar);
    return mark_unresolved(context.groups, node.where, node.scalar);
  }
  list.where = place_of(*member);
  bool unresolved = node.open;
  std::vector<tls::Group> groups;
  for (const Node& item : *entries) {
    const std::optional<std::int64_t> number = decode_integer(item);
    unresolved = unresolved || item.unresolved;
    if (!number) continue;
    if (!fits_in_16_bits(*number)) {
      if (item.is_text())
        context.start_failure =
            refusal(join_path(settings.path, "curve_preferences"), item.scalar, "which does not fit in 16 bits");
      if (item.is_text() || *number < 0) continue;
    }
    const tls::Group group{static_cast<std::uint16_t>(*number)};
    groups.push_back(group);
    list.value.push_back({group, item.where, go::knows_group(build, group)});
  }
  list.origin = tls::Origin::Written;
  if (unresolved) return mark_unresolved(context.groups, node.where, "part of the list is a template");
  context.groups.origin = tls::Origin::Written;
  context.groups.where = list.where;
  // Not effective_groups for an empty remainder: a list that Go knows nothing of leaves no group, not the default.
  if (!groups.empty()) context.groups.value = go::effective_groups(build, groups);
  if (go::ignores_group_order(build)) context.groups.because = "Go's own order, of the groups that the list names";
}

std::optional<tls::KeyFacts> key_of(const tls::TlsContext& context, const tls::Identity& identity) {
  if (identity.certificate != tls::kNoMaterial) {
    const tls::Bundle& bundle = context.material[identity.certificate].bundle;
    if (!bundle.certificates.empty()) return bundle.certificates.front().key;
  }
  if (identity.key != tls::kNoMaterial) {
    const tls::Bundle& bundle = context.material[identity.key].bundle;
    if (!bundle.private_keys.empty() && !bundle.private_keys.front().encrypted) return bundle.private_keys.front();
  }
  return std::nullopt;
}

}  // namespace

void apply_settings(tls::TlsContext& context, const Settings& settings, const go::Build& build) {
  context.min_version = version_setting(context, settings.min_version, settings.open);
  context.max_version = version_setting(context, settings.max_version, settings.open);
  context.versions =
      derived<std::vector<tls::Version>>(context.min_version, context.max_version, "from min_version and max_version");
  if (context.versions.known()) {
    context.versions.value = go::versions_between(context.min_version.value, context.max_version.value);
  }
  read_ciphers(context, settings);
  compute_ciphers(context, settings);
  read_groups(context, settings, build);
}

void apply_go_defaults(tls::TlsContext& context, const go::Build& build) {
  const std::string because = fmt::format("{} {} sets nothing; Go {} does this by itself", context.gateway_name,
                                          context.gateway_version, name(build.version));
  context.min_version.value = go::default_min_version(build, context.role);
  context.max_version.value = go::kDefaultMaxVersion;
  context.versions.value = go::versions_between(context.min_version.value, context.max_version.value);
  context.ciphers.value = go::suites_by_version(context.versions.value, go::default_suites(build));
  context.cipher_order = tls::CipherOrder::Library;
  context.groups.value = go::default_groups(build);
  context.groups_order = tls::CipherOrder::Library;
  for (std::string* reason :
       {&context.min_version.because, &context.max_version.because, &context.versions.because,
        &context.cipher_list.because, &context.ciphers.because, &context.group_list.because, &context.groups.because}) {
    *reason = because;
  }
}

void apply_unknown(tls::TlsContext& context, const std::string& because) {
  mark_unresolved(context.min_version, {}, because);
  mark_unresolved(context.max_version, {}, because);
  mark_unresolved(context.versions, {}, because);
  mark_unresolved(context.cipher_list, {}, because);
  mark_unresolved(context.ciphers, {}, because);
  mark_unresolved(context.group_list, {}, because);
  mark_unresolved(context.groups, {}, because);
  context.cipher_order = tls::CipherOrder::Library;
}

void restrict_to_keys(tls::TlsContext& context) {
  if (!context.ciphers.known() || context.identities.empty()) return;
  std::vector<tls::KeyFacts> keys;
  for (const tls::Identity& identity : context.identities) {
    const std::optional<tls::KeyFacts> key = key_of(context, identity);
    if (!key || key->type == tls::KeyType::Unknown) return;
    keys.push_back(*key);
  }
  for (auto& [version, suites] : context.ciphers.value) {
    std::erase_if(suites, [&](tls::CipherSuite suite) {
      return std::none_of(keys.begin(), keys.end(), [&](const tls::KeyFacts& key) { return go::fits(suite, key); });
    });
  }
}

std::string default_of(const tls::TlsContext& context, std::string_view text) {
  return fmt::format("{} {}: {}", context.gateway_name, context.gateway_version, text);
}

}  // namespace tlsward::gateways::krakend
