#include "gateways/krakend/service_router.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace tlsward::gateways::krakend {
namespace {

constexpr std::string_view kPlain = "text/plain";
constexpr std::string_view kJson = "application/json; charset=utf-8";
/// Options that `read_router_options` and `add_own_routes` follow.
constexpr std::string_view kFollowed[] = {"disable_redirect_trailing_slash",
                                          "disable_redirect_fixed_path",
                                          "disable_handle_method_not_allowed",
                                          "disable_health",
                                          "health_path",
                                          "auto_options",
                                          "hide_version_header"};

const Node* options_of(const Configuration& configuration) {
  const Node* extra = configuration.root->find("extra_config");
  if (extra == nullptr) return nullptr;
  const Node* options = extra->find("router");
  return options != nullptr ? options : extra->find("github_com/luraproject/lura/router/gin");
}

bool is_on(const Node* options, std::string_view key) {
  const Node* value = options != nullptr ? options->find(key) : nullptr;
  return value != nullptr && decode_bool(*value).value_or(false);
}

std::pair<std::string, std::string> version_field(const Configuration& configuration) {
  const bool hidden = is_on(options_of(configuration), "hide_version_header");
  return {"X-Krakend", "Version " + (hidden ? std::string("undefined") : name(configuration.version.number))};
}

ServiceRoute own_route(std::string name, std::string pattern, GatewayAnswer answer) {
  ServiceRoute route;
  route.name = std::move(name);
  route.port = 0;
  route.kind = PatternKind::Template;
  route.pattern = std::move(pattern);
  route.answer = std::move(answer);
  return route;
}

void add_health(const Node* options, Service& service) {
  if (is_on(options, "disable_health")) return;
  const Node* path = options != nullptr ? options->find("health_path") : nullptr;
  const bool is_own = path != nullptr && path->is_text() && !path->unresolved && path->scalar.starts_with('/');
  ServiceRoute route = own_route("health", is_own ? std::string(path->scalar) : "/__health",
                                 {200, std::string(kJson), R"({"agents":{},"status":"ok"})", {}});
  route.methods = {"GET"};
  service.routes.push_back(std::move(route));
}

/// An answer to OPTIONS for every path, with the methods that it has.
void add_options(const Configuration& configuration, Service& service) {
  std::map<std::string, std::set<std::string>> methods;
  for (const ServiceRoute& route : service.routes)
    methods[route.pattern].insert(route.methods.begin(), route.methods.end());
  for (const auto& [pattern, allowed] : methods) {
    GatewayAnswer answer{200, "", "", {{"Allow", fmt::format("{}", fmt::join(allowed, ", "))}}};
    answer.fields.push_back(version_field(configuration));
    ServiceRoute route = own_route("OPTIONS " + pattern, pattern, std::move(answer));
    route.methods = {"OPTIONS"};
    service.routes.push_back(std::move(route));
  }
}

}  // namespace

void read_router_options(const Configuration& configuration, Service& service, ServiceNotes& notes) {
  const Node* options = options_of(configuration);
  const std::vector<std::pair<std::string, std::string>> fields = {version_field(configuration),
                                                                   {"X-Krakend-Completed", "false"}};
  service.not_found = {404, std::string(kPlain), "404 page not found", fields};
  service.paths.decoded = true;
  service.paths.plain_parameters = true;
  service.paths.redirect_slash = !is_on(options, "disable_redirect_trailing_slash");
  service.paths.redirect_fixed = !is_on(options, "disable_redirect_fixed_path");
  if (!is_on(options, "disable_handle_method_not_allowed"))
    service.paths.wrong_method = GatewayAnswer{405, std::string(kPlain), "405 method not allowed", fields};
  if (options == nullptr) return;
  if (!options->is_map()) return notes.say("extra_config.router is no map that is known, so the defaults are served");
  for (const Member& member : options->members) {
    const bool followed = std::find(std::begin(kFollowed), std::end(kFollowed), member.key) != std::end(kFollowed);
    if (followed && member.value.unresolved) {
      notes.say(fmt::format("extra_config.router.{} is {}, which is not known, so its default is served", member.key,
                            shown(member.value)));
    } else if (!followed && !is_inert(member.value)) {
      notes.add("extra_config.router", fmt::format("{} is left aside", member.key));
    }
  }
}

void add_own_routes(const Configuration& configuration, Service& service) {
  const Node* options = options_of(configuration);
  if (is_on(options, "auto_options")) add_options(configuration, service);
  add_health(options, service);
  const Node* debug = configuration.root->find("debug_endpoint");
  if (debug != nullptr && decode_bool(*debug).value_or(false))
    service.routes.push_back(own_route("debug", "/__debug/*", {200, std::string(kJson), R"({"message":"pong"})", {}}));
}

}  // namespace tlsward::gateways::krakend
