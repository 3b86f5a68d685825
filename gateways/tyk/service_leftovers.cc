#include "gateways/tyk/service_leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace tlsward::gateways::tyk {
namespace {

using Keys = std::span<const std::string_view>;

/// What is served, or only names and describes the API. Whatever else switches something on is left aside.
constexpr std::string_view kClassic[] = {"api_id",
                                         "id",
                                         "_id",
                                         "name",
                                         "slug",
                                         "org_id",
                                         "active",
                                         "internal",
                                         "is_oas",
                                         "created_at",
                                         "proxy",
                                         "domain",
                                         "domain_disabled",
                                         "listen_port",
                                         "protocol",
                                         "certificates",
                                         "use_mutual_tls_auth",
                                         "client_certificates",
                                         "upstream_certificates",
                                         "upstream_certificates_disabled",
                                         "pinned_public_keys",
                                         "certificate_pinning_disabled",
                                         "strip_auth_data",
                                         "use_keyless",
                                         "use_standard_auth",
                                         "auth",
                                         "auth_configs",
                                         "base_identity_provided_by",
                                         "definition",
                                         "version_data",
                                         "auth_provider",
                                         "session_provider",
                                         "config_data"};
constexpr std::string_view kProxy[] = {
    "listen_path",           "strip_listen_path", "target_url", "preserve_host_header",
    "enable_load_balancing", "target_list",       "transport"};
constexpr std::string_view kOas[] = {"info", "server", "upstream", "middleware"};
constexpr std::string_view kOasServer[] = {"listenPath", "clientCertificates", "customDomain",
                                           "port",       "protocol",           "authentication"};
constexpr std::string_view kOasUpstream[] = {"url",          "mutualTLS",          "certificatePinning",
                                             "tlsTransport", "preserveHostHeader", "loadBalancing"};
/// Of tyk.conf, which is mostly about the gateway's own affairs.
constexpr std::string_view kConfKeys[] = {"allow_master_keys", "close_connections",     "db_app_conf_options",
                                          "max_conn_time",     "proxy_default_timeout", "control_api_hostname"};
constexpr std::string_view kConfServerKeys[] = {"skip_url_cleaning", "skip_target_path_escaping", "read_timeout",
                                                "write_timeout",     "max_request_body_size",     "enable_websockets"};

void note_others(const Node* object, Keys served, const std::string& parent, const Api& api, ServiceNotes& notes) {
  if (object == nullptr) return;
  for (const Member& member : object->members) {
    const bool is_served = std::find(served.begin(), served.end(), member.key) != served.end();
    if (!is_served && !is_inert(member.value))
      notes.add(api.subject, fmt::format("{}{} is left aside", parent, member.key));
  }
}

/// An unversioned API has its middleware in the one version that it has all the same.
void note_versions(const Node* data, const Api& api, ServiceNotes& notes) {
  if (data == nullptr) return;
  const Node* unversioned = data->find("not_versioned");
  if (unversioned == nullptr || !unversioned->is_true()) {
    if (!is_inert(*data)) notes.add(api.subject, "version_data is left aside: all versions are served as one");
    return;
  }
  const Node* versions = data->find("versions");
  if (versions == nullptr) return;
  for (const Member& version : versions->members)
    note_others(version.value.find("extended_paths"), {}, "extended_paths.", api, notes);
}

void note_selected(const Node* object, Keys keys, std::string_view parent, ServiceNotes& notes) {
  if (object == nullptr) return;
  for (const std::string_view key : keys) {
    const Node* value = object->find(key);
    if (value != nullptr && !is_inert(*value)) notes.add("tyk.conf", fmt::format("{}{} is left aside", parent, key));
  }
}

}  // namespace

void note_api_leftovers(const Api& api, const Node& definition, ServiceNotes& notes) {
  if (api.form == ApiForm::Classic) {
    note_others(&definition, kClassic, "", api, notes);
    note_others(definition.find("proxy"), kProxy, "proxy.", api, notes);
    note_versions(definition.find("version_data"), api, notes);
    return;
  }
  note_others(&definition, kOas, "", api, notes);
  note_others(definition.find("server"), kOasServer, "server.", api, notes);
  note_others(definition.find("upstream"), kOasUpstream, "upstream.", api, notes);
  const Node* middleware = definition.find("middleware");
  if (middleware == nullptr) return;
  note_others(middleware->find("global"), {}, "middleware.global.", api, notes);
  const Node* operations = middleware->find("operations");
  if (operations == nullptr) return;
  for (const Member& operation : operations->members)
    note_others(&operation.value, {}, "middleware.operations.*.", api, notes);
}

void note_conf_leftovers(const Node& conf, ServiceNotes& notes) {
  note_selected(&conf, kConfKeys, "", notes);
  note_selected(conf.find("http_server_options"), kConfServerKeys, "http_server_options.", notes);
}

}  // namespace tlsward::gateways::tyk
