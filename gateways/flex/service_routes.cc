#include "gateways/flex/service_routes.h"

#include <fmt/format.h>

#include "gateways/flex/model.h"

namespace tlsward::gateways::flex {
namespace {

/// A rule's regular expression; empty where it is absent. `known` is cleared, with a note, for a reference.
std::string expression_of(const Node& rule, std::string_view key, const std::string& place, bool& known,
                          ServiceNotes& notes) {
  const Node* value = rule.find(key);
  if (value == nullptr || (value->is_null() && !value->unresolved)) return {};
  if (value->is_scalar() && is_known(*value)) return std::string(value->scalar);
  known = false;
  notes.say(fmt::format("{}.{} is {}, which is not known, so the rule is left aside", place, key, shown(*value)));
  return {};
}

void add_headers(const Node& rule, const std::string& place, RequestConditions& conditions, bool& known,
                 ServiceNotes& notes) {
  const Node* headers = rule.find("headers");
  if (headers == nullptr) return;
  for (const Member& member : headers->members) {
    const std::string value = expression_of(*headers, member.key, place + ".headers", known, notes);
    conditions.headers.emplace_back(member.key, value);
  }
}

void note_other_keys(const Node& rule, const std::string& place, ServiceNotes& notes) {
  for (const Member& member : rule.members) {
    const bool is_served =
        member.key == "path" || member.key == "methods" || member.key == "host" || member.key == "headers";
    if (!is_served) notes.add(place, fmt::format("{} is left aside", member.key));
  }
}

/// Every path, as it is behind the address of the instance.
void take_every_path(ServiceRoute& route) {
  route.kind = PatternKind::Prefix;
  route.pattern = "/";
}

}  // namespace

std::vector<ServiceRoute> routes_of_rules(const ServiceRoute& base, const Node* rules, const std::string& place,
                                          ServiceNotes& notes) {
  std::vector<ServiceRoute> routes;
  if (rules == nullptr || rules->items.empty()) {
    routes.push_back(base);
    take_every_path(routes.back());
    return routes;
  }
  for (std::size_t i = 0; i < rules->items.size(); ++i) {
    const Node& rule = rules->items[i];
    const std::string here = fmt::format("{}[{}]", place, i);
    ServiceRoute route = base;
    bool known = true;
    route.pattern = expression_of(rule, "path", here, known, notes);
    route.conditions.method = expression_of(rule, "methods", here, known, notes);
    route.conditions.host = expression_of(rule, "host", here, known, notes);
    add_headers(rule, here, route.conditions, known, notes);
    note_other_keys(rule, here, notes);
    if (!known) continue;
    if (route.pattern.empty()) {
      take_every_path(route);
    } else {
      route.kind = PatternKind::Regex;
      route.strip_prefix = true;
    }
    routes.push_back(std::move(route));
  }
  return routes;
}

bool add_destination_path(const Node* config, const std::string& place, ServiceRoute& route, ServiceNotes& notes) {
  const Node* value = config != nullptr ? config->find("destinationPath") : nullptr;
  if (value == nullptr || (value->is_null() && !value->unresolved)) return true;
  if (!value->is_scalar() || !is_known(*value)) {
    notes.say(
        fmt::format("{}.destinationPath is {}, which is not known, so the route is left aside", place, shown(*value)));
    return false;
  }
  std::string path(value->scalar);
  while (path.ends_with('/')) path.pop_back();
  if (!path.empty() && !path.starts_with('/')) path.insert(path.begin(), '/');
  route.base_path += path;
  return true;
}

bool is_route_policy(std::string_view policy) {
  return policy == "route" || policy == "route-weighted";
}

}  // namespace tlsward::gateways::flex
