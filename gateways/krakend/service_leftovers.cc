#include "gateways/krakend/service_leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "gateways/gateway.h"
#include "gateways/krakend/krakend.h"

namespace tlsward::gateways::krakend {
namespace {

using Keys = std::span<const std::string_view>;

/// What is served, or only names the file. Whatever else stands in an object is left aside.
constexpr std::string_view kRoot[] = {"$schema",   "version",   "name",         "port",
                                      "listen_ip", "tls",       "client_tls",   "allow_insecure_connections",
                                      "host",      "endpoints", "extra_config", "debug_endpoint"};
constexpr std::string_view kRootModules[] = {"router", "github_com/luraproject/lura/router/gin"};
constexpr std::string_view kEndpoint[] = {"endpoint",           "method",          "backend",
                                          "input_headers",      "headers_to_pass", "input_query_strings",
                                          "querystring_params", "extra_config",    "output_encoding"};
constexpr std::string_view kBackend[] = {"url_pattern",
                                         "method",
                                         "host",
                                         "disable_host_sanitize",
                                         "input_headers",
                                         "input_query_strings",
                                         "extra_config",
                                         "encoding",
                                         "sd",
                                         "sd_scheme"};
constexpr std::string_view kClient[] = {"client_tls"};

bool holds(Keys keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Each member that is not in `served` and switches something on.
template <class Say>
void for_each_other(const Node* object, Keys served, const Say& say) {
  if (object == nullptr) return;
  for (const Member& member : object->members) {
    const bool is_comment = is_comment_key(gateway, member.key);
    if (!is_comment && !holds(served, member.key) && !is_inert(member.value)) say(member.key);
  }
}

void note_members(const Node* object, Keys served, std::string_view parent, std::string_view place,
                  ServiceNotes& notes) {
  for_each_other(object, served,
                 [&](std::string_view key) { notes.add(place, fmt::format("{}{} is left aside", parent, key)); });
}

}  // namespace

void note_service_leftovers(const Configuration& configuration, ServiceNotes& notes) {
  std::string keys;
  const auto list = [&](std::string_view key) { keys += fmt::format("{}{}", keys.empty() ? "" : ", ", key); };
  for_each_other(configuration.root, kRoot, list);
  for_each_other(configuration.root->find("extra_config"), kRootModules,
                 [&](std::string_view key) { list(fmt::format("extra_config.{}", key)); });
  if (!keys.empty()) notes.say(fmt::format("left aside at the root: {}", keys));
}

void note_endpoint_leftovers(const Node& endpoint, std::string_view name, ServiceNotes& notes) {
  note_members(&endpoint, kEndpoint, "", name, notes);
  note_members(endpoint.find("extra_config"), {}, "extra_config.", name, notes);
  const Node* encoding = endpoint.find("output_encoding");
  if (encoding == nullptr || encoding->scalar != "no-op")
    notes.add(name, "the answer goes on as the backend gives it; KrakenD decodes it and encodes it anew");
}

void note_backend_leftovers(const Node& backend, std::string_view name, ServiceNotes& notes) {
  note_members(&backend, kBackend, "backend.", name, notes);
  const Node* extra = backend.find("extra_config");
  constexpr std::string_view kHttpClient = "backend/http/client";
  note_members(extra, std::span(&kHttpClient, 1), "backend.extra_config.", name, notes);
  if (extra != nullptr)
    note_members(extra->find(kHttpClient), kClient, "backend.extra_config.backend/http/client.", name, notes);
}

}  // namespace tlsward::gateways::krakend
