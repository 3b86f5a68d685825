// tyk.conf to Conf: one line a field.
// Source: https://tyk.io/docs/tyk-oss-gateway/configuration/ and config/config.go (read 2026-11-22).
#include <optional>

#include "gateways/tyk/read.h"
#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

std::optional<tls::Material> half_of_pair(const Object& pair, std::string_view key, tls::MaterialPart part,
                                          CertificateReader& certificates) {
  const Member* file = pair.member(key);
  if (!file || !file->value.is_text() || file->value.scalar.empty()) return std::nullopt;
  return certificates.file(file->value, pair.path(key), tls::MaterialUse::Certificate, part);
}

bool holds_nothing(const Node& list) {
  return list.is_list() ? list.items.empty() && !list.open : list.is_null() && !list.unresolved;
}

void read_server(const Object& root, CertificateReader& certificates, Conf& conf) {
  const Object server = root.object("http_server_options");
  conf.server_object = server.exists() ? server.where() : Span{};
  conf.server_key = server.key();
  conf.use_ssl = server.flag("use_ssl");
  conf.enable_http2 = server.flag("enable_http2");
  conf.server_insecure = server.flag("ssl_insecure_skip_verify");
  conf.skip_client_ca_announcement = server.flag("skip_client_ca_announcement");
  conf.server_versions = {server.number("min_version"), server.number("max_version")};
  conf.server_ciphers = server.names("ssl_ciphers");
  conf.server_certificates = certificates.list(server, "ssl_certificates", Purpose::Server);

  const Member* pairs = server.member("certificates");
  if (!pairs || holds_nothing(pairs->value)) return;
  conf.legacy_key = pairs->key_where;
  if (!pairs->value.is_list()) return;
  std::size_t index = 0;
  for (const Node& item : pairs->value.items) {
    const std::string path = join_path(server.path("certificates"), index++);
    if (!item.is_map()) continue;
    const Object object(item, path);
    LegacyPair pair;
    pair.domain = object.word("domain_name");
    pair.certificate = half_of_pair(object, "cert_file", tls::MaterialPart::Certificate, certificates);
    pair.key = half_of_pair(object, "key_file", tls::MaterialPart::Key, certificates);
    const bool unseen_half = item.open && (!pair.certificate || !pair.key);
    if (unseen_half) continue;
    conf.legacy_pairs.push_back(std::move(pair));
  }
}

void read_security(const Object& root, CertificateReader& certificates, Conf& conf) {
  const Object security = root.object("security");
  conf.security_key = security.key();
  conf.security_object = security.exists() ? security.where() : Span{};
  conf.encoding_secret = security.is_set("private_certificate_encoding_secret");
  conf.allow_unsafe_token = security.flag("allow_unsafe_dynamic_mtls_token");
  conf.control_api_use_mutual_tls = security.flag("control_api_use_mutual_tls");
  conf.pinned_public_keys = certificates.host_map(security, "pinned_public_keys", true);
  const Object lists = security.object("certificates");
  conf.apis = certificates.list(lists, "apis", Purpose::AllowList);
  conf.control_api = certificates.list(lists, "control_api", Purpose::Link);
  conf.dashboard_api = certificates.list(lists, "dashboard_api", Purpose::Link);
  conf.mdcb_api = certificates.list(lists, "mdcb_api", Purpose::Link);
  conf.upstream_certificates = certificates.host_map(lists, "upstream", false);
}

void read_links(const Object& root, Conf& conf) {
  const Object slave = root.object("slave_options");
  conf.slave_key = slave.key();
  conf.slave_object = slave.exists() ? slave.where() : Span{};
  conf.use_rpc = slave.flag("use_rpc");
  conf.rpc_use_ssl = slave.flag("use_ssl");
  conf.rpc_insecure = slave.flag("ssl_insecure_skip_verify");
  const Object storage = root.object("storage");
  conf.storage_use_ssl = storage.flag("use_ssl");
  conf.storage_insecure = storage.flag("ssl_insecure_skip_verify");
  conf.jwt_insecure = root.flag("jwt_ssl_insecure_skip_verify");
  conf.bundle_insecure = root.flag("bundle_insecure_skip_verify");
}

void read_proxy(const Object& root, Conf& conf) {
  conf.proxy_versions = {root.number("proxy_ssl_min_version"), root.number("proxy_ssl_max_version")};
  conf.proxy_ciphers = root.names("proxy_ssl_ciphers");
  conf.proxy_insecure = root.flag("proxy_ssl_insecure_skip_verify");
  conf.proxy_http2 = root.flag("proxy_enable_http2");
  conf.force_common_name = root.flag("ssl_force_common_name_check");
  conf.disable_renegotiation = root.flag("proxy_ssl_disable_renegotiation");
}

/// In https://github.com/TykTechnologies/tyk/blob/master/tyk.conf.example (read 2026-11-22): public, so no secret.
constexpr std::string_view kSampleSecret = "352d20ee67be67f6340b4c0605b044b7";

void note_sample(const Object& object, std::string_view key, Conf& conf) {
  const Member* member = object.member(key);
  if (member && member->value.is_text() && member->value.scalar == kSampleSecret)
    conf.sample_secrets.push_back(member->value.where);
}

Span first_mutual_tls_key(const Conf& conf) {
  if (is_on(conf.control_api_use_mutual_tls)) return conf.control_api_use_mutual_tls.key;
  for (const CertificateList* list : {&conf.apis, &conf.control_api, &conf.dashboard_api, &conf.mdcb_api}) {
    if (!list->entries.empty()) return list->key;
  }
  return conf.upstream_certificates.entries.empty() ? Span{} : conf.upstream_certificates.key;
}

/// Releases without mutual TLS read past its fields.
void forget_mutual_tls(Conf& conf) {
  if (conf.version >= kMutualTls) return;
  conf.control_api_use_mutual_tls = {};
  conf.apis = {};
  conf.control_api = {};
  conf.dashboard_api = {};
  conf.mdcb_api = {};
  conf.upstream_certificates = {};
  conf.pinned_public_keys = {};
}

void forget_maximum_versions(Conf& conf) {
  if (knows_maximum_version(conf.version)) return;
  conf.server_versions.max = {};
  conf.proxy_versions.max = {};
}

}  // namespace

Conf read_conf(const Claimed& claimed, CertificateReader& certificates) {
  const Node& node = claimed.document->root;
  const Object root(node, {});
  Conf conf;
  conf.version = claimed.version.number;
  conf.version_guessed = claimed.version.guessed;
  conf.object = node.where;
  conf.head = head_of(*claimed.document, node);
  conf.open = node.open;
  conf.listen_port = root.number("listen_port");
  conf.listen_address = root.word("listen_address");
  conf.enable_custom_domains = root.flag("enable_custom_domains");
  conf.control_api_port = root.number("control_api_port");
  conf.control_api_hostname = root.word("control_api_hostname");
  conf.use_db_app_configs = root.flag("use_db_app_configs");
  conf.policy_source = root.object("policies").word("policy_source");
  conf.dashboard_url = root.object("db_app_conf_options").word("connection_string");
  if (const Member* secret = root.member("secret")) conf.secret_key = secret->key_where;
  read_server(root, certificates, conf);
  read_security(root, certificates, conf);
  note_sample(root, "secret", conf);
  note_sample(root, "node_secret", conf);
  note_sample(root.object("security"), "private_certificate_encoding_secret", conf);
  read_links(root, conf);
  read_proxy(root, conf);
  conf.first_mutual_tls_key = first_mutual_tls_key(conf);
  forget_mutual_tls(conf);
  forget_maximum_versions(conf);
  return conf;
}

}  // namespace tlsward::gateways::tyk
