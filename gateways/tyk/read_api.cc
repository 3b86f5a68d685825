// API definitions to Api. The two forms say the same things under different names; OAS turns most switches round
// (`enabled` in place of `…_disabled`) and puts maps as lists of pairs.
#include <fmt/format.h>

#include <array>

#include "gateways/material.h"
#include "gateways/tyk/kind.h"
#include "gateways/tyk/read.h"
#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

/// The names of an API that may stand in a message, best first.
std::string subject_of(const std::vector<Word>& names) {
  for (const Word& name : names) {
    if (name.written() && !name.value.empty()) return "api " + name.value;
  }
  return "api";
}

Span first_key(const Api& api) {
  if (is_on(api.mutual_tls)) return api.mutual_tls.key;
  const bool lists_clients = api.mutual_tls.absent() && !api.client_certificates.entries.empty();
  if (lists_clients) return api.client_certificates.key;
  const HostMap& upstreams = api.upstream_certificates;
  if (upstreams.is_on() && !upstreams.entries.empty()) return upstreams.key;
  return is_on(api.authentication.use_certificate) ? api.authentication.use_certificate.key : Span{};
}

/// Releases without mutual TLS read past its fields.
void forget_mutual_tls(Api& api) {
  if (api.version >= kMutualTls) return;
  api.mutual_tls = {};
  api.client_certificates = {};
  api.certificates = {};
  api.upstream_certificates = {};
  api.pinned_public_keys = {};
  api.authentication.use_certificate = {};
}

void read_basics(const Claimed& claimed, const Node& object, ApiForm form, Api& api) {
  api.form = form;
  api.version = claimed.version.number;
  api.version_guessed = claimed.version.guessed;
  api.object = object.where;
  api.head = head_of(*claimed.document, object);
  api.open = object.open;
}

void add_identity_mode(std::string_view name, const Flag& mode, Authentication& authentication) {
  if (!is_on(mode)) return;
  authentication.identity_modes.push_back(name);
  if (!authentication.first_identity_mode.known()) authentication.first_identity_mode = mode.key;
}

// Classic.

Authentication classic_authentication(const Object& root) {
  static constexpr std::array<std::string_view, 8> kModes = {"use_basic_auth",
                                                             "enable_jwt",
                                                             "use_openid",
                                                             "use_oauth2",
                                                             "enable_coprocess_auth",
                                                             "enable_signature_checking",
                                                             "use_go_plugin_auth",
                                                             "custom_plugin_auth_enabled"};
  Authentication result;
  result.keyless = root.flag("use_keyless");
  result.token = root.flag("use_standard_auth");
  result.token_object = root.where();
  result.strip_auth_data = root.flag("strip_auth_data");
  const auto add = [&](const Flag& mode) {
    result.other = result.other || is_on(mode);
    result.unknown = result.unknown || !mode.known();
  };
  add_identity_mode("use_standard_auth", result.token, result);
  for (std::string_view key : kModes) {
    const Flag mode = root.flag(key);
    add(mode);
    add_identity_mode(key, mode, result);
  }
  add(root.object("external_oauth").flag("enabled"));
  result.base_identity = root.word("base_identity_provided_by");

  result.use_certificate = root.object("auth").flag("use_certificate");
  const Object token = root.object("auth_configs").object("authToken");
  if (!is_on(result.use_certificate)) {
    const Flag flag = token.flag("use_certificate");
    if (!flag.absent()) result.use_certificate = flag;
  }
  if (token.open()) result.unknown = true;
  // A described token is meant to be used: Tyk turns it on by itself where no other mode is.
  if (token.exists() && !token.node()->members.empty()) result.other = true;
  return result;
}

// OAS.

/// What `components.securitySchemes` calls the scheme: "apiKey", "http", "oauth2"; empty where it is not there.
std::string scheme_type(const Object& root, std::string_view name) {
  return root.object("components").object("securitySchemes").object(name).word("type").value;
}

/// The schemes that a request must satisfy together. Of several alternatives Tyk reads the first.
/// Source: apidef/oas/security.go extractSecurityTo (read 2026-11-26).
bool is_required(const Object& root, std::string_view scheme) {
  const Member* security = root.member("security");
  return security && !security->value.items.empty() && security->value.items.front().find_member(scheme);
}

bool may_be_required(const Object& root, std::string_view scheme) {
  const Member* security = root.member("security");
  return is_required(root, scheme) || (security && security->value.unresolved);
}

void oas_scheme(const Object& root, const Object& schemes, const Member& member, Authentication& result) {
  const Object scheme = schemes.object(member.key);
  if (!scheme.exists()) {
    result.unknown = true;
    return;
  }
  const Flag enabled = scheme.flag("enabled");
  const Flag certificate = scheme.flag("enableClientCertificate");
  // Newer versions take an absent switch from the `security` of the document.
  if (!enabled.written()) result.unknown = true;
  if (is_required(root, member.key)) add_identity_mode(member.key, enabled, result);
  // The token that Tyk asks for where no mode is on may be the certificate.
  if (!is_off(certificate) && may_be_required(root, member.key)) result.unknown = true;
  if (scheme_type(root, member.key) != "apiKey" && certificate.absent()) {
    result.other = result.other || is_on(enabled);
    return;
  }
  // Of several token schemes the one with certificates is told about, else one that is on.
  if (is_on(result.use_certificate)) return;
  if (!is_on(certificate)) {
    if (!is_on(result.token)) result.token = enabled;
    return;
  }
  result.use_certificate = certificate;
  result.token = enabled;
  result.token_object = scheme.where();
}

Authentication oas_authentication(const Object& root, const Object& authentication) {
  Authentication result;
  result.keyless = authentication.flag("enabled");
  // Without `authentication`, or with it switched off, Tyk lets everybody in.
  if (result.keyless.known()) {
    result.keyless.value = !result.keyless.value;
    result.keyless.state = State::Written;
  }
  result.strip_auth_data = authentication.flag("stripAuthorizationData");
  result.certificate_auth = authentication.object("certificateAuth").flag("enabled");
  for (std::string_view mode : {"hmac", "oidc", "custom"}) {
    const Flag enabled = authentication.object(mode).flag("enabled");
    result.other = result.other || is_on(enabled);
    result.unknown = result.unknown || !enabled.known();
    add_identity_mode(mode, enabled, result);
  }
  result.base_identity = authentication.word("baseIdentityProvider");
  // Since 5.10 there is a mode in which each request brings the identity of the alternative that it satisfies.
  const Word processing = authentication.word("securityProcessingMode");
  if (!processing.absent() && processing.value != "legacy") result.base_identity.state = State::Unresolved;
  const Object schemes = authentication.object("securitySchemes");
  if (schemes.open()) result.unknown = true;
  if (!schemes.exists()) return result;
  for (const Member& member : schemes.node()->members) oas_scheme(root, schemes, member, result);
  return result;
}

/// A list of pairs as a map. The switch `enabled` must be on for it to count.
HostMap oas_host_map(const Object& object, std::string_view list_key, std::string_view value_key, bool pins,
                     CertificateReader& certificates) {
  HostMap map;
  map.pins = pins;
  const Flag enabled = object.flag("enabled");
  map.switched_off = object.exists() && is_off(enabled);
  map.may_be_off = !enabled.known();
  const Member* list = object.member(list_key);
  if (!list) {
    map.state = object.missing();
    map.open = map.state == State::Unresolved;
    return map;
  }
  map.where = list->value.where;
  map.key = list->key_where;
  map.state = list->value.is_list() ? State::Written : State::Unresolved;
  map.open = list->value.open || !list->value.is_list();
  std::size_t index = 0;
  for (const Node& item : list->value.items) {
    const std::string path = join_path(object.path(list_key), index++);
    if (!item.is_map()) {
      map.open = true;
      continue;
    }
    const Object pair(item, path);
    const Member* domain = pair.member("domain");
    if (!domain) continue;
    HostEntry entry =
        certificates.host_entry(std::string(domain->value.scalar), domain->value.where, domain->value.unresolved);
    if (const Member* value = pair.member(value_key)) {
      certificates.add_references(entry, value->value, pair.path(value_key), pins);
    }
    map.entries.push_back(std::move(entry));
  }
  return map;
}

/// "1.2" as 771. Any other text leaves the version unset. Source: apidef/oas/upstream.go tlsVersionFromString.
Number oas_version(const Object& object, std::string_view key) {
  static constexpr std::array<std::pair<std::string_view, long>, 4> kVersions = {
      {{"1.0", 769}, {"1.1", 770}, {"1.2", 771}, {"1.3", 772}}};
  const Word word = object.word(key);
  Number number;
  number.state = word.state;
  number.where = word.where;
  number.key = word.key;
  for (const auto& [text, value] : kVersions) {
    if (word.value == text) number.value = value;
  }
  return number;
}

/// OAS definitions have settings for their upstreams since 5.8; earlier releases read past them.
void read_oas_transport(const Object& upstream, Api& api) {
  constexpr ProductVersion kHasTransport{5, 8, 0};
  if (api.version < kHasTransport) return;
  const Object transport = upstream.object("tlsTransport");
  if (transport.exists()) {
    api.transport_key = transport.key();
    api.transport_object = transport.where();
  }
  api.versions = {oas_version(transport, "minVersion"), oas_version(transport, "maxVersion")};
  api.ciphers = transport.names("ciphers");
  api.insecure = transport.flag("insecureSkipVerify");
  api.force_common_name = transport.flag("forceCommonNameCheck");
}

/// Where the switch is a reference, so is the domain.
void disable_domain(const Flag& disabled, Api& api) {
  api.domain_disabled = is_on(disabled);
  if (!disabled.known() && !api.domain.absent()) api.domain.state = State::Unresolved;
}

}  // namespace

Api read_classic(const Claimed& claimed, CertificateReader& certificates) {
  const Node& document = claimed.document->root;
  const Node& node = definition_of(document);
  const Object root(node, &node == &document ? "" : "api_definition");
  Api api;
  read_basics(claimed, node, ApiForm::Classic, api);
  api.subject = subject_of({root.word("name"), root.word("api_id"), root.word("slug")});
  api.id = root.word("api_id");
  api.org_id = root.word("org_id");
  api.made_of_oas = !is_off(root.flag("is_oas"));
  api.mutual_tls = root.flag("use_mutual_tls_auth");
  api.mutual_tls_object = node.where;
  api.client_certificates = certificates.list(root, "client_certificates", Purpose::AllowList);
  api.domain = root.word("domain");
  disable_domain(root.flag("domain_disabled"), api);
  api.certificates = certificates.list(root, "certificates", Purpose::Server);
  api.listen_port = root.number("listen_port");
  api.protocol = root.word("protocol");
  api.authentication = classic_authentication(root);
  api.authentication_object = node.where;
  api.upstream_certificates = certificates.host_map(root, "upstream_certificates", false);
  const Flag certificates_off = root.flag("upstream_certificates_disabled");
  api.upstream_certificates.switched_off = is_on(certificates_off);
  api.upstream_certificates.may_be_off = !certificates_off.known();
  api.pinned_public_keys = certificates.host_map(root, "pinned_public_keys", true);
  const Flag pinning_off = root.flag("certificate_pinning_disabled");
  api.pinned_public_keys.switched_off = is_on(pinning_off);
  api.pinned_public_keys.may_be_off = !pinning_off.known();
  const Object proxy = root.object("proxy");
  const Object transport = proxy.object("transport");
  api.transport_key = transport.exists() ? transport.key() : proxy.key();
  api.transport_object = transport.exists() ? transport.where() : Span{};
  api.versions = {transport.number("ssl_min_version"), transport.number("ssl_max_version")};
  if (!knows_maximum_version(api.version)) api.versions.max = {};
  api.ciphers = transport.names("ssl_ciphers");
  api.insecure = transport.flag("ssl_insecure_skip_verify");
  api.force_common_name = transport.flag("ssl_force_common_name_check");
  api.proxy_url = transport.word("proxy_url");
  read_classic_targets(root, api);
  api.first_mutual_tls_key = first_key(api);
  forget_mutual_tls(api);
  return api;
}

Api read_oas(const Claimed& claimed, CertificateReader& certificates) {
  const Object root(claimed.document->root, {});
  const Object extension = root.object("x-tyk-api-gateway");
  Api api;
  read_basics(claimed, extension.exists() ? *extension.node() : claimed.document->root, ApiForm::Oas, api);
  api.head = extension.key();
  const Object info = extension.object("info");
  api.subject = subject_of({info.word("name"), root.object("info").word("title"), info.word("id")});
  api.id = info.word("id");
  api.org_id = info.word("orgId");

  const Object server = extension.object("server");
  const Object clients = server.object("clientCertificates");
  api.mutual_tls = clients.flag("enabled");
  api.mutual_tls_object = clients.exists() ? clients.where() : Span{};
  api.client_certificates = certificates.list(clients, "allowlist", Purpose::AllowList);
  const Object domain = server.object("customDomain");
  api.domain = domain.word("name");
  Flag disabled = domain.flag("enabled");
  disabled.value = domain.exists() && !disabled.value;
  if (disabled.absent()) disabled.state = State::Written;
  disable_domain(disabled, api);
  api.certificates = certificates.list(domain, "certificates", Purpose::Server);
  api.listen_port = server.number("port");
  api.protocol = server.word("protocol");
  const Object authentication = server.object("authentication");
  api.authentication = oas_authentication(root, authentication);
  api.authentication_object = authentication.exists() ? authentication.where() : Span{};

  const Object upstream = extension.object("upstream");
  api.upstream_certificates =
      oas_host_map(upstream.object("mutualTLS"), "domainToCertificateMapping", "certificate", false, certificates);
  api.pinned_public_keys = oas_host_map(upstream.object("certificatePinning"), "domainToPublicKeysMapping",
                                        "publicKeys", true, certificates);
  api.transport_key = upstream.key();
  read_oas_transport(upstream, api);
  // `enabled` is there and nobody reads it. Source: apidef/oas/upstream.go, Proxy.ExtractTo.
  api.proxy_url = upstream.object("proxy").word("url");
  read_oas_targets(extension, api);
  api.first_mutual_tls_key = first_key(api);
  return api;
}

}  // namespace tlsward::gateways::tyk
