// Tyk's files carry no marker of their own: a classic definition and tyk.conf are told by the keys that only they have.
// Keys that other programs use as well (`listen_port`, `storage`, `api_id`) are weak signs, and Tyk's other programs
// (dashboard, pump, MDCB) have configurations that share keys with tyk.conf.
#include "gateways/tyk/kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kExtension = "x-tyk-api-gateway";

struct Signs {
  int strength = 0;
  std::string_view first;

  void add(int weight, std::string_view sign) {
    if (strength == 0) first = sign;
    strength += weight;
  }
};

/// Looks for members of `map`: `weight` each.
template <std::size_t N>
void look_for(const Node& map, const std::array<std::string_view, N>& keys, int weight, Signs& signs) {
  for (std::string_view key : keys) {
    if (map.find(key)) signs.add(weight, key);
  }
}

/// True for the configuration of the dashboard, the pump or MDCB.
/// Sources: tyk.io/docs/5.14, configuration references of the three (2026-11-27).
bool is_of_another_program(const Node& root) {
  static constexpr std::array<std::string_view, 7> kForeign = {
      "tyk_api_config", "mongo_url", "admin_secret", "license_key", "license", "pumps", "healthcheck_port"};
  return std::any_of(kForeign.begin(), kForeign.end(), [&](std::string_view key) { return root.find(key) != nullptr; });
}

/// Tyk knows one kind of storage; `storage` of other programs says where they keep their files.
bool is_redis(const Node& storage) {
  if (!storage.is_map()) return false;
  const Node* type = storage.find("type");
  return (type && type->scalar == "redis") || storage.find("host") || storage.find("hosts") || storage.find("addrs");
}

Signs conf_signs(const Node& root) {
  static constexpr std::array<std::string_view, 14> kOwn = {"http_server_options",
                                                            "node_secret",
                                                            "slave_options",
                                                            "db_app_conf_options",
                                                            "use_db_app_configs",
                                                            "control_api_port",
                                                            "control_api_hostname",
                                                            "enable_custom_domains",
                                                            "proxy_ssl_insecure_skip_verify",
                                                            "proxy_ssl_min_version",
                                                            "proxy_ssl_max_version",
                                                            "proxy_ssl_ciphers",
                                                            "proxy_ssl_disable_renegotiation",
                                                            "ssl_force_common_name_check"};
  static constexpr std::array<std::string_view, 4> kSecurity = {"private_certificate_encoding_secret",
                                                                "control_api_use_mutual_tls", "pinned_public_keys",
                                                                "allow_unsafe_dynamic_mtls_token"};
  static constexpr std::array<std::string_view, 2> kShared = {"listen_port", "app_path"};
  Signs signs;
  if (is_of_another_program(root)) return signs;
  look_for(root, kOwn, 2, signs);
  if (const Node* security = root.find("security"); security && security->is_map()) {
    look_for(*security, kSecurity, 2, signs);
    if (const Node* certificates = security->find("certificates"); certificates && certificates->is_map()) {
      signs.add(1, "security.certificates");
    }
  }
  look_for(root, kShared, 1, signs);
  if (const Node* storage = root.find("storage"); storage && is_redis(*storage)) signs.add(1, "storage");
  return signs;
}

Signs classic_signs(const Node& root) {
  static constexpr std::array<std::string_view, 6> kOwn = {
      "use_mutual_tls_auth", "upstream_certificates",          "client_certificates",
      "use_keyless",         "upstream_certificates_disabled", "use_standard_auth"};
  Signs signs;
  static constexpr std::array<std::string_view, 3> kShared = {"api_id", "org_id", "version_data"};
  look_for(root, kShared, 1, signs);
  if (const Node* proxy = root.find("proxy"); proxy && proxy->find("target_url")) signs.add(2, "proxy.target_url");
  look_for(root, kOwn, 2, signs);
  return signs;
}

}  // namespace

const Node& definition_of(const Node& root) {
  const Node* wrapped = root.find("api_definition");
  return wrapped && wrapped->is_map() ? *wrapped : root;
}

DocumentKind kind_of(const Node& root) {
  if (root.find(kExtension)) return DocumentKind::Oas;
  return classic_signs(definition_of(root)).strength > conf_signs(root).strength ? DocumentKind::Classic
                                                                                 : DocumentKind::Conf;
}

std::optional<Detection> detect(const Document& document) {
  const Node& root = document.root;
  if (!root.is_map()) return std::nullopt;
  const DocumentKind kind = kind_of(root);
  if (kind == DocumentKind::Oas) return Detection{fmt::format("key \"{}\"", kExtension), 3};
  const bool classic = kind == DocumentKind::Classic;
  const Signs signs = classic ? classic_signs(definition_of(root)) : conf_signs(root);
  if (signs.strength == 0) return std::nullopt;
  return Detection{fmt::format("key \"{}\" of {}", signs.first, classic ? "an API definition" : "tyk.conf"),
                   signs.strength > 3 ? 3 : signs.strength};
}

std::string companion_folder(const Document& document) {
  const Node& root = document.root;
  if (!root.is_map() || kind_of(root) != DocumentKind::Conf) return "";
  const Node* path = root.find("app_path");
  const Node* elsewhere = root.find("use_db_app_configs");
  if (path == nullptr || !path->is_text() || path->unresolved || (elsewhere != nullptr && elsewhere->is_true()))
    return "";
  std::string_view text = path->scalar;
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::string name(text.substr(text.rfind('/') + 1));
  return name == "." || name == ".." ? "" : name;
}

}  // namespace tlsward::gateways::tyk
