#include "gateways/krakend/contexts.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "gateways/krakend/krakend.h"
#include "gateways/krakend/settings.h"
#include "gateways/krakend/versions.h"
#include "gateways/material.h"

// A KrakenD process has one listener and, in the Community Edition, one TLS client for all backends. Whoever writes
// `client_tls` for one purpose (a CA, say) changes the versions of every upstream connection: without the block Go's
// client defaults apply (TLS 1.2 and 1.3), with it KrakenD's own (TLS 1.3 alone).
//
// Sources: https://www.krakend.io/docs/v2.6/service-settings/tls/; lura, transport/http/server/server.go; Go, net/http
// and crypto/tls (all read 2026-11-22).

namespace tlsward::gateways::krakend {
namespace {

constexpr std::int64_t kConfigVersion = 3;

tls::TlsContext blank(const Configuration& configuration, tls::Role role, std::string subject) {
  tls::TlsContext context;
  context.role = role;
  context.subject = std::move(subject);
  context.gateway = gateway.id;
  context.gateway_name = gateway.name;
  context.gateway_version = name(configuration.version.number);
  context.version_guessed = configuration.version.guessed;
  context.section = configuration.root->where;
  context.section_key = configuration.root_key;
  return context;
}

std::size_t add_file(tls::TlsContext& context, const Member* member, const std::string& field, tls::MaterialUse use,
                     tls::MaterialPart part, std::string_view effect, const ReadOptions& options) {
  if (is_empty(member) || !member->value.is_scalar()) return tls::kNoMaterial;
  context.material.push_back(file_material(member->value, field, use, part, options));
  context.material.back().effect = std::string(effect);
  return context.material.size() - 1;
}

void trust_system(tls::TlsContext& context) {
  context.trust.push_back(
      {.kind = tls::TrustKind::System, .material = tls::kNoMaterial, .note = "certificates of the operating system"});
}

// Adds the system's certificates and those of `ca_certs`, in the order in which KrakenD fills the pool.
void add_trust(tls::TlsContext& context, const Settings& settings, std::string_view effect,
               const ReadOptions& options) {
  const auto& no_system = settings.disable_system_ca_pool;
  if (!no_system.known()) {
    context.trust_unknown = true;
  } else if (!no_system.value) {
    trust_system(context);
  }
  if (settings.ca_certs == nullptr) {
    context.trust_unknown = context.trust_unknown || settings.open;
    return;
  }
  const Node& list = settings.ca_certs->value;
  const auto entries = list_entries(list);
  context.trust_unknown = context.trust_unknown || !entries || list.open;
  if (!entries) return;
  std::size_t index = 0;
  for (const Node& item : *entries) {
    const std::string field = fmt::format("{}.ca_certs[{}]", settings.path, index++);
    if (!item.is_scalar() || item.is_null()) continue;
    tls::Material file =
        file_material(item, field, tls::MaterialUse::TrustAnchor, tls::MaterialPart::Certificate, options);
    file.effect = std::string(effect);
    context.trust_unknown = context.trust_unknown || item.unresolved;
    context.trust.push_back({.kind = tls::TrustKind::Material, .material = context.material.size(), .note = {}});
    context.material.push_back(std::move(file));
  }
}

// --- The listener ---------------------------------------------------------------------------------------------------

// KrakenD does not start without a complete pair, whatever the documentation says of ./certs/cert.pem.
std::string missing_key_failure(const TlsBlock& block, const std::vector<const KeyPair*>& pairs) {
  if (block.open || (block.keys != nullptr && (!block.keys->value.is_list() || block.keys->value.open))) return {};
  if (pairs.empty()) return "public key not defined";
  for (const KeyPair* pair : pairs) {
    if (pair->open) continue;
    if (is_empty(pair->public_key)) return "public key not defined";
    if (is_empty(pair->private_key)) return "private key not defined";
  }
  return {};
}

void add_identities(tls::TlsContext& context, const std::vector<const KeyPair*>& pairs, const ReadOptions& options) {
  constexpr std::string_view kEffect = "KrakenD refuses to start";
  for (const KeyPair* pair : pairs) {
    tls::Identity identity;
    identity.certificate = add_file(context, pair->public_key, pair->path + ".public_key",
                                    tls::MaterialUse::Certificate, tls::MaterialPart::Certificate, kEffect, options);
    identity.key = add_file(context, pair->private_key, pair->path + ".private_key", tls::MaterialUse::Certificate,
                            tls::MaterialPart::Key, kEffect, options);
    if (identity.certificate != tls::kNoMaterial || identity.key != tls::kNoMaterial) {
      context.identities.push_back(identity);
    }
  }
}

// The certificate files that KrakenD also believes as issuers of client certificates: lura appends the whole file, up
// to 2.10 that of the legacy pair, since then those of `keys`.
std::vector<std::size_t> served_files_in_pool(const tls::TlsContext& context, const Configuration& configuration,
                                              const std::vector<const KeyPair*>& pairs) {
  const bool legacy_only = configuration.version.number < ProductVersion{2, 11, 0};
  std::vector<std::size_t> result;
  for (const tls::Identity& identity : context.identities) {
    if (identity.certificate == tls::kNoMaterial) continue;
    const std::string& field = context.material[identity.certificate].field;
    const bool legacy = std::any_of(pairs.begin(), pairs.end(), [&](const KeyPair* pair) {
      return pair->legacy && field == pair->path + ".public_key";
    });
    if (legacy == legacy_only) result.push_back(identity.certificate);
  }
  return result;
}

void add_client_auth(tls::TlsContext& context, const Configuration& configuration,
                     const std::vector<const KeyPair*>& pairs, const ReadOptions& options) {
  const TlsBlock& block = configuration.tls;
  auto& mode = context.client_auth;
  mode.origin = block.enable_mtls.origin;
  mode.where = block.enable_mtls.where;
  mode.because = block.enable_mtls.because;
  if (!block.enable_mtls.known()) {
    context.trust_unknown = true;
    return;
  }
  if (!block.enable_mtls.value) {
    if (!mode.written()) mode.because = default_of(context, "enable_mtls is false where it is absent");
    return;
  }
  const bool legacy_certificate = block.legacy && !is_empty(block.legacy->public_key);
  if (loses_mtls_with_keys(configuration.version.number) && !legacy_certificate && !block.open) {
    mode.because = fmt::format("{} {} ignores enable_mtls where the certificates are in tls.keys", context.gateway_name,
                               context.gateway_version);
    return;
  }
  mode.value = tls::ClientAuth::RequireAndVerify;
  if (limits_client_cas(configuration)) {
    add_trust(context, block, "KrakenD only logs it and trusts what is left", options);
  } else {
    trust_system(context);
  }
  for (const std::size_t material : served_files_in_pool(context, configuration, pairs)) {
    context.trust.push_back({.kind = tls::TrustKind::Material,
                             .material = material,
                             .note = "KrakenD adds the served certificate file to the issuers of client certificates"});
  }
}

void add_endpoint(tls::TlsContext& context, const Configuration& configuration) {
  const Member* written = listen_address(configuration);
  const std::string_view address = written == nullptr ? std::string_view{} : written->value.scalar;
  const bool resolved = written == nullptr || !written->value.unresolved;
  context.loopback = resolved && !address.empty() && is_loopback(address);
  const std::optional<std::int64_t> port = listen_port(configuration);
  if (!port || !resolved) return;
  const bool six = address.find(':') != std::string_view::npos;
  context.endpoint = fmt::format(fmt::runtime(six ? "[{}]:{}" : "{}:{}"), address.empty() ? "0.0.0.0" : address, *port);
}

std::string start_failure(const tls::TlsContext& context, const Configuration& configuration,
                          const std::vector<const KeyPair*>& pairs) {
  if (const std::optional<std::int64_t> version = config_version(configuration);
      version && *version != kConfigVersion && !is_for_krakend_3(configuration)) {
    return fmt::format("unsupported version: {} (want: {})", *version, kConfigVersion);
  }
  if (panics_at_start(configuration)) return "KrakenD panics: allow_insecure_connections is true without client_tls";
  if (!context.start_failure.empty()) return context.start_failure;
  if (!context.enabled) return {};
  if (std::string failure = missing_key_failure(configuration.tls, pairs); !failure.empty()) return failure;
  if (!context.cipher_list.written() || !context.ciphers.known() || !context.min_version.known()) return {};
  std::vector<tls::CipherSuite> listed;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (entry.suite) listed.push_back(*entry.suite);
  }
  if (go::http2_starts(context.min_version.value, listed)) return {};
  return "http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher";
}

tls::TlsContext listener(const Configuration& configuration, const ReadOptions& options) {
  const TlsBlock& block = configuration.tls;
  tls::TlsContext context = blank(configuration, tls::Role::Listener, "tls");
  add_endpoint(context, configuration);
  if (block.member != nullptr) {
    context.section = block.member->value.where;
    context.section_key = block.member->key_where;
  }
  if (block.presence == Presence::Unknown) {
    apply_unknown(context, "a template may bring in tls");
    context.alpn.origin = context.client_auth.origin = tls::Origin::Unresolved;
    context.trust_unknown = true;
    return context;
  }
  if (!tls_active(configuration)) {
    context.enabled = false;
    context.why_not = block.presence == Presence::Present ? "tls.disabled is true"
                      : block.member != nullptr           ? "tls is null"
                                                          : "there is no tls";
    if (!is_empty(configuration.listen_ip) && listen_address(configuration) == nullptr)
      context.why_not += fmt::format("; KrakenD {} ignores listen_ip", context.gateway_version);
    context.start_failure = start_failure(context, configuration, {});
    return context;
  }
  apply_settings(context, block, build_of(configuration.version.number));
  context.alpn = {.value = {"h2", "http/1.1"}, .because = "Go's net/http offers both, always"};
  const std::vector<const KeyPair*> pairs = served_pairs(configuration);
  add_identities(context, pairs, options);
  add_client_auth(context, configuration, pairs, options);
  restrict_to_keys(context);
  context.start_failure = start_failure(context, configuration, pairs);
  context.notes.push_back("session tickets on, renegotiation and compression off: Go's crypto/tls");
  if (!block.disabled.known()) context.notes.push_back("tls.disabled is not known; TLS is assumed to be on");
  return context;
}

// --- Upstreams ------------------------------------------------------------------------------------------------------

void add_client_certificates(tls::TlsContext& context, const ClientTls& block, const ReadOptions& options) {
  constexpr std::string_view kEffect = "KrakenD only logs it and connects without a client certificate";
  for (const ClientCertificate& entry : block.client_certificates) {
    tls::Identity identity;
    identity.certificate = add_file(context, entry.certificate, entry.path + ".certificate",
                                    tls::MaterialUse::Certificate, tls::MaterialPart::Certificate, kEffect, options);
    identity.key = add_file(context, entry.private_key, entry.path + ".private_key", tls::MaterialUse::Certificate,
                            tls::MaterialPart::Key, kEffect, options);
    if (identity.certificate != tls::kNoMaterial || identity.key != tls::kNoMaterial) {
      context.identities.push_back(identity);
    }
  }
}

void add_verification(tls::TlsContext& context, const tls::Setting<bool>& insecure) {
  context.verify_peer.value = insecure.value ? tls::VerifyPeer::None : tls::VerifyPeer::Full;
  context.verify_peer.origin = context.server_name_check.origin = insecure.origin;
  context.verify_peer.where = context.server_name_check.where = insecure.where;
  context.verify_peer.because = context.server_name_check.because =
      insecure.origin == tls::Origin::Default
          ? default_of(context, "verifies chain and subject alternative name unless allow_insecure_connections is true")
          : insecure.because;
  context.server_name_check.value = !insecure.value;
  context.verify_note = "use ca_certs for self-signed backends";
}

void add_client_block(tls::TlsContext& context, const ClientTls& block, const Configuration& configuration,
                      const ReadOptions& options) {
  context.section = block.node->where;
  context.section_key = block.key;
  apply_settings(context, block, build_of(configuration.version.number));
  add_trust(context, block, "KrakenD only logs it and trusts what is left", options);
  add_client_certificates(context, block, options);
}

void add_hosts(tls::TlsContext& context, std::span<const Host> hosts, std::set<std::string>& seen) {
  for (const Host& host : hosts) {
    if (host.scheme != Scheme::Https) continue;
    std::string known = parse_address(host.text).host;
    if (seen.insert(known).second) context.hosts.push_back(std::move(known));
  }
}

bool all_loopback(const std::vector<std::string>& hosts) {
  return !hosts.empty() && std::all_of(hosts.begin(), hosts.end(), [](const std::string& h) { return is_loopback(h); });
}

void finish_upstream(tls::TlsContext& context) {
  context.alpn.because = "KrakenD's transport offers no ALPN: HTTP/1.1";
  context.loopback = all_loopback(context.hosts);
}

// The deprecated root switch creates client_tls where it is absent, and with it the minimum of TLS 1.3; before 2.3 it
// only switches verification off.
const tls::Setting<bool>& insecure_of(const Configuration& configuration) {
  const tls::Setting<bool>& root = configuration.allow_insecure;
  const ClientTls* client = root_client_tls(configuration);
  if (client == nullptr) return root;
  const tls::Setting<bool>& block = client->allow_insecure_connections;
  return root.value || (!root.known() && !block.value) ? root : block;
}

// What holds without client_tls.
void apply_switch(tls::TlsContext& context, const Configuration& configuration, const go::Build& build) {
  const bool creates_block = configuration.allow_insecure.value && configuration.version.number >= kClientTlsSince;
  if (creates_block) {
    apply_settings(context, Settings{}, build);
  } else {
    apply_go_defaults(context, build);
  }
  if (!configuration.allow_insecure.value) return;
  context.section = configuration.allow_insecure_connections->value.where;
  context.section_key = configuration.allow_insecure_connections->key_where;
}

tls::TlsContext all_backends(const Configuration& configuration, const ReadOptions& options) {
  tls::TlsContext context = blank(configuration, tls::Role::Upstream, "client_tls");
  context.peers = "all HTTP backends";
  const go::Build build = build_of(configuration.version.number);
  const bool reads_block = configuration.version.number >= kClientTlsSince;
  const bool may_have_block = reads_block && configuration.client_tls_presence == Presence::Unknown;
  if (const ClientTls* client = root_client_tls(configuration)) {
    add_client_block(context, *client, configuration, options);
  } else if (may_have_block || (reads_block && !configuration.allow_insecure.known())) {
    apply_unknown(context, "a template may bring in client_tls");
    context.trust_unknown = true;
  } else {
    apply_switch(context, configuration, build);
    trust_system(context);
  }
  add_verification(context, insecure_of(configuration));
  if (may_have_block) context.verify_peer.origin = tls::Origin::Unresolved;
  std::set<std::string> seen;
  for (const Backend& backend : configuration.backends) {
    if (uses_root_client_tls(backend, options.edition)) add_hosts(context, hosts_of(configuration, backend), seen);
  }
  finish_upstream(context);
  return context;
}

bool is_link(const ClientTls& block) {
  return block.name_space == "redis" || block.name_space.find("kafka") != std::string::npos;
}

tls::TlsContext enterprise_block(const Configuration& configuration, const ClientTls& block,
                                 const ReadOptions& options) {
  tls::TlsContext context = blank(configuration, tls::Role::Upstream, block.subject);
  context.peers = block.peers;
  context.reach = is_link(block) ? tls::Reach::Link : tls::Reach::Backend;
  add_client_block(context, block, configuration, options);
  add_verification(context, block.allow_insecure_connections);
  if (block.backend != ClientTls::kNoBackend) {
    std::set<std::string> seen;
    add_hosts(context, hosts_of(configuration, configuration.backends[block.backend]), seen);
  }
  finish_upstream(context);
  context.notes.push_back("Enterprise Edition; its source is closed and is taken to read client_tls as the root does");
  return context;
}

std::optional<tls::TlsContext> cleartext_hosts(const Configuration& configuration) {
  tls::TlsContext context = blank(configuration, tls::Role::Upstream, "upstreams");
  context.enabled = false;
  context.why_not = "the hosts are called over http://";
  std::set<std::string, std::less<>> seen;
  for (const Backend& backend : configuration.backends) {
    if (!backend.speaks_http) continue;
    for (const Host& host : hosts_of(configuration, backend)) {
      if (host.scheme != Scheme::Http || seen.count(host.text) != 0) continue;
      seen.emplace(host.text);
      std::string known = parse_address(host.text).host;
      if (is_loopback(known)) continue;
      if (context.hosts.empty()) {
        context.section = context.section_key = host.where;
        context.endpoint =
            fmt::format("{}{}", host.text.find("://") == std::string_view::npos ? "http://" : "", host.text);
      }
      if (std::find(context.hosts.begin(), context.hosts.end(), known) == context.hosts.end()) {
        context.hosts.push_back(std::move(known));
      }
    }
  }
  if (context.hosts.empty()) return std::nullopt;
  const std::size_t others = context.hosts.size() - 1;
  if (others > 0) context.endpoint += fmt::format(" and {} other{}", others, others == 1 ? "" : "s");
  return context;
}

}  // namespace

std::vector<tls::TlsContext> contexts_of(const Configuration& configuration, const ReadOptions& options) {
  std::vector<tls::TlsContext> result;
  result.push_back(listener(configuration, options));
  if (root_client_tls(configuration) || configuration.allow_insecure.value || calls_https(configuration)) {
    result.push_back(all_backends(configuration, options));
  }
  for (const ClientTls* block : client_blocks(configuration, options.edition)) {
    if (!block->name_space.empty()) result.push_back(enterprise_block(configuration, *block, options));
  }
  if (std::optional<tls::TlsContext> plain = cleartext_hosts(configuration)) result.push_back(std::move(*plain));
  return result;
}

}  // namespace tlsward::gateways::krakend
