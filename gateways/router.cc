#include "gateways/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "gateways/router_conditions.h"
#include "gateways/router_path.h"
#include "gateways/router_pattern.h"
#include "gateways/router_target.h"

namespace tlsward::gateways {
namespace {

/// A route made ready.
struct Prepared {
  std::size_t index = kNoIndex;  // into Service::routes
  ServiceRoute facts;
  RoutePattern pattern;
  RouteConditions conditions;
};

struct PreparedPort {
  std::vector<Prepared> routes;
  GatewayAnswer not_found;
};

CutPath cut(std::string_view path) {
  return {path, segments_of(path)};
}

/// What is left of the path behind `prefix`; nullopt where it goes on within the prefix's last segment.
std::optional<std::string_view> behind(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return {};
  path.remove_prefix(prefix.size());
  if (path.empty()) return "/";
  if (path.front() != '/') return {};
  return path;
}

/// True where the path goes on within the last segment of a pattern that counts by segments.
bool goes_on(const ServiceRoute& route, std::string_view path) {
  if (!route.whole_segments || route.kind != PatternKind::Prefix || route.pattern.ends_with('/')) return false;
  return path.size() > route.pattern.size() && path[route.pattern.size()] != '/';
}

bool holds_escape(std::string_view text) {
  return text.find_first_of("%?#") != std::string_view::npos;
}

}  // namespace

struct Router::Table {
  PathRules rules;
  GatewayAnswer not_found;
  std::vector<PreparedPort> ports;

  std::optional<GatewayAnswer> refuse(const TargetParts& parts) const;
  RouteMatch take(const Prepared& route, std::string_view path, const TargetParts& parts,
                  const Captures& captures) const;
  RouteMatch match(const PreparedPort& port, const TargetParts& parts, std::string_view authority,
                   std::string_view method, const HeaderLookup& header) const;
  std::optional<std::string> better_path(const PreparedPort& port, std::string_view method,
                                         const TargetParts& parts) const;
  std::optional<GatewayAnswer> wrong_method(const PreparedPort& port, std::string_view path) const;
  GatewayAnswer nothing_fits(const PreparedPort& port, std::string_view method, const TargetParts& parts) const;

  std::string_view compared(const TargetParts& parts) const {
    return rules.decoded ? std::string_view(parts.decoded) : parts.path;
  }
};

/// What is said before any route is asked.
std::optional<GatewayAnswer> Router::Table::refuse(const TargetParts& parts) const {
  if (rules.decoded && parts.broken) return GatewayAnswer{400, "text/plain; charset=utf-8", "400 Bad Request", {}};
  if (!rules.redirect_unclean) return {};
  const std::string clean = clean_path(parts.decoded);
  if (clean == parts.decoded) return {};
  return moved(clean, parts);
}

RouteMatch Router::Table::take(const Prepared& route, std::string_view path, const TargetParts& parts,
                               const Captures& captures) const {
  const bool is_template = route.facts.kind == PatternKind::Template;
  if (rules.plain_parameters && is_template && std::any_of(captures.begin(), captures.end(), holds_escape))
    return {kNoIndex, {}, GatewayAnswer{400, "", "", {}}};
  std::string target = upstream_target(route.facts, route.pattern, rules, path, parts, captures);
  // The groups of an expression may come together as "..", and "/a../b" without "/a" begins with it.
  const bool is_cut = route.facts.kind == PatternKind::Regex || route.facts.strip_prefix;
  const bool climbs = is_cut && read_target(target).has_dots;
  if (climbs) return {kNoIndex, {}, ports[route.facts.port].not_found};
  return {route.index, std::move(target), {}};
}

RouteMatch Router::Table::match(const PreparedPort& port, const TargetParts& parts, std::string_view authority,
                                std::string_view method, const HeaderLookup& header) const {
  const CutPath whole = cut(compared(parts));
  for (const Prepared& route : port.routes) {
    const std::string& start = route.facts.path_prefix.empty() ? route.pattern.start() : route.facts.path_prefix;
    if (!whole.text.starts_with(start) || !route.conditions.fit(authority, method, header)) continue;
    CutPath rest;
    if (!route.facts.path_prefix.empty()) {
      const auto left = behind(route.facts.path_prefix, whole.text);
      if (!left) continue;
      rest = cut(*left);
    }
    const CutPath& path = route.facts.path_prefix.empty() ? whole : rest;
    const auto captures = route.pattern.match(path);
    if (!captures) continue;
    if (goes_on(route.facts, path.text)) return {kNoIndex, {}, port.not_found};
    return take(route, path.text, parts, *captures);
  }
  return {kNoIndex, {}, nothing_fits(port, method, parts)};
}

/// The place that Gin redirects to: with another slash at the end, or cleaned and in the route's letter case.
std::optional<std::string> Router::Table::better_path(const PreparedPort& port, std::string_view method,
                                                      const TargetParts& parts) const {
  const std::string_view path = compared(parts);
  if (path == "/") return {};
  const std::string toggled = toggle_slash(path), clean = clean_path(path), clean_toggled = toggle_slash(clean);
  const auto find = [&](const std::string& candidate, bool any_case) -> std::optional<std::string> {
    const CutPath cut_candidate = cut(candidate);
    for (const Prepared& route : port.routes) {
      if (!route.conditions.fits_method(method)) continue;
      if (any_case) {
        if (auto corrected = route.pattern.corrected(cut_candidate)) return corrected;
      } else if (route.pattern.match(cut_candidate)) {
        return candidate;
      }
    }
    return {};
  };
  std::optional<std::string> found;
  if (rules.redirect_slash && !parts.has_dots) found = find(toggled, false);
  if (!found && rules.redirect_fixed) found = find(clean, true);
  if (!found && rules.redirect_fixed) found = find(clean_toggled, true);
  return found;
}

/// The 405 of a path that fits routes of other methods.
std::optional<GatewayAnswer> Router::Table::wrong_method(const PreparedPort& port, std::string_view path) const {
  if (!rules.wrong_method) return {};
  const CutPath whole = cut(path);
  std::vector<std::string> allowed;
  for (const Prepared& route : port.routes) {
    if (!route.pattern.match(whole)) continue;
    for (const std::string& method : route.facts.methods) {
      if (std::find(allowed.begin(), allowed.end(), method) == allowed.end()) allowed.push_back(method);
    }
  }
  if (allowed.empty()) return {};
  GatewayAnswer answer = *rules.wrong_method;
  answer.fields.emplace_back("Allow", fmt::format("{}", fmt::join(allowed, ", ")));
  return answer;
}

GatewayAnswer Router::Table::nothing_fits(const PreparedPort& port, std::string_view method,
                                          const TargetParts& parts) const {
  const std::string_view path = compared(parts);
  if (const auto better = better_path(port, method, parts)) return moved_with_page(method, *better, parts);
  if (parts.has_dots) return port.not_found;
  return wrong_method(port, path).value_or(port.not_found);
}

Router::Router(std::unique_ptr<const Table> table) : table_(std::move(table)) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Result<Router> Router::make(const Service& service) {
  auto table = std::make_unique<Table>();
  table->rules = service.paths;
  table->not_found = service.not_found;
  for (const ServicePort& port : service.ports)
    table->ports.push_back({{}, port.not_found.value_or(service.not_found)});
  for (std::size_t i = 0; i < service.routes.size(); ++i) {
    const ServiceRoute& route = service.routes[i];
    auto pattern = RoutePattern::make(route);
    if (!pattern) return pattern.error();
    auto conditions = RouteConditions::make(route);
    if (!conditions) return conditions.error();
    if (route.port >= table->ports.size()) continue;
    table->ports[route.port].routes.push_back({i, route, std::move(*pattern), std::move(*conditions)});
  }
  return Router(std::move(table));
}

RouteMatch Router::find(std::size_t port, std::string_view authority, std::string_view method, std::string_view target,
                        const HeaderLookup& header) const {
  if (port >= table_->ports.size()) return {kNoIndex, {}, table_->not_found};
  const PreparedPort& prepared = table_->ports[port];
  if (!target.starts_with('/')) return {kNoIndex, {}, prepared.not_found};
  const TargetParts parts = read_target(target);
  if (auto answer = table_->refuse(parts)) return {kNoIndex, {}, std::move(answer)};
  if (parts.has_dots) return {kNoIndex, {}, table_->nothing_fits(prepared, method, parts)};
  return table_->match(prepared, parts, authority, method, header);
}

}  // namespace tlsward::gateways
