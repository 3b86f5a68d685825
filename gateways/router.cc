#include "gateways/router.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tlsward::gateways {
namespace {

using Captures = std::map<std::string, std::string, std::less<>>;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Without its port; an IPv6 literal keeps its brackets.
std::string_view host_of(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  return authority.substr(0, colon);
}

bool fits_host(const std::vector<std::string>& hosts, std::string_view authority) {
  if (hosts.empty()) return true;
  const std::string_view host = host_of(authority);
  return std::any_of(hosts.begin(), hosts.end(), [&](std::string_view pattern) {
    pattern = host_of(pattern);
    if (equal_ignoring_case(pattern, host)) return true;
    const std::size_t dot = host.find('.');
    return pattern.starts_with("*.") && dot != std::string_view::npos &&
           equal_ignoring_case(pattern.substr(1), host.substr(dot));
  });
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return segments;
}

/// "." or "..", also in percent-encoding.
bool is_dots(std::string_view segment) {
  std::string decoded;
  while (!segment.empty() && decoded.size() < 3) {
    if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && lower(segment[2]) == 'e') {
      decoded += '.';
      segment.remove_prefix(3);
    } else {
      decoded += segment.front();
      segment.remove_prefix(1);
    }
  }
  return segment.empty() && (decoded == "." || decoded == "..");
}

bool leaves_its_place(std::string_view path) {
  const auto segments = segments_of(path);
  return std::any_of(segments.begin(), segments.end(), is_dots);
}

/// `pattern` begins with a slash, as does `path`.
std::optional<Captures> match_template(std::string_view pattern, std::string_view path) {
  const auto wanted = segments_of(pattern);
  const auto given = segments_of(path);
  const bool open = !wanted.empty() && wanted.back() == "*";
  const std::size_t fixed = open ? wanted.size() - 1 : wanted.size();
  if (open ? given.size() < fixed : given.size() != fixed) return {};
  Captures captures;
  for (std::size_t i = 0; i < fixed; ++i) {
    const std::string_view want = wanted[i];
    const bool parameter = want.size() > 2 && want.front() == '{' && want.back() == '}';
    if (parameter && !given[i].empty()) {
      captures.emplace(want.substr(1, want.size() - 2), given[i]);
    } else if (parameter || want != given[i]) {
      return {};
    }
  }
  return captures;
}

bool fits_prefix(std::string_view prefix, std::string_view path) {
  return path.starts_with(prefix);
}

/// {name} replaced by what was captured; an unknown name stays as it is.
std::string fill(std::string_view text, const Captures& captures) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}', std::min(open, text.size()));
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const auto found = captures.find(text.substr(open + 1, close - open - 1));
    result += text.substr(0, open);
    if (found != captures.end())
      result += found->second;
    else
      result += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  result += text;
  return result;
}

std::string upstream_path(const ServiceRoute& route, std::string_view path, const Captures& captures) {
  if (route.rewrite) return fill(route.base_path, captures);
  if (route.kind == PatternKind::Prefix && route.strip_prefix) path.remove_prefix(route.pattern.size());
  std::string result = route.base_path;
  if (result.ends_with('/')) result.pop_back();
  if (!path.starts_with('/')) result += '/';
  result += path;
  return result;
}

std::string kept_query(const ServiceRoute& route, std::string_view query) {
  if (route.forward_all_query) return std::string(query);
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    const std::string_view name = parameter.substr(0, parameter.find('='));
    const auto& names = route.query_names;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      kept += kept.empty() ? "" : "&";
      kept += parameter;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

}  // namespace

struct Router::Route {
  ServiceRoute facts;
  std::unique_ptr<RE2> expression;  // of a Regex

  std::optional<Captures> match(std::string_view path) const {
    if (facts.kind == PatternKind::Template) return match_template(facts.pattern, path);
    if (facts.kind == PatternKind::Regex) return match_expression(path);
    if (!fits_prefix(facts.pattern, path)) return {};
    return Captures{};
  }

  std::optional<Captures> match_expression(std::string_view path) const {
    const int groups = expression->NumberOfCapturingGroups();
    std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups) + 1);
    const re2::StringPiece text(path.data(), path.size());
    if (!expression->Match(text, 0, text.size(), RE2::ANCHOR_BOTH, found.data(), groups + 1)) return {};
    Captures captures;
    for (std::size_t i = 1; i < found.size(); ++i)
      captures.emplace(std::to_string(i), std::string(found[i].data() ? found[i].data() : "", found[i].size()));
    return captures;
  }
};

struct Router::Table {
  std::vector<Route> routes;
};

Router::Router(std::unique_ptr<Table> table) : table_(std::move(table)) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Result<Router> Router::make(const Service& service) {
  auto table = std::make_unique<Table>();
  for (const ServiceRoute& facts : service.routes) {
    Route route{facts, nullptr};
    if (facts.kind == PatternKind::Regex) {
      route.expression = std::make_unique<RE2>(facts.pattern, RE2::Quiet);
      if (!route.expression->ok())
        return Error{
            fmt::format("{}: '{}' is no regular expression: {}", facts.name, facts.pattern, route.expression->error())};
    }
    table->routes.push_back(std::move(route));
  }
  return Router(std::move(table));
}

RouteMatch Router::find(std::size_t port, std::string_view authority, std::string_view method,
                        std::string_view target) const {
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, question);
  if (!path.starts_with('/') || leaves_its_place(path)) return {};
  for (std::size_t i = 0; i < table_->routes.size(); ++i) {
    const ServiceRoute& route = table_->routes[i].facts;
    if (route.port != port || !fits_host(route.hosts, authority)) continue;
    const auto& methods = route.methods;
    if (!methods.empty() && std::find(methods.begin(), methods.end(), method) == methods.end()) continue;
    const auto captures = table_->routes[i].match(path);
    if (!captures) continue;
    RouteMatch found{i, upstream_path(route, path, *captures)};
    const std::string query = question < target.size() ? kept_query(route, target.substr(question + 1)) : std::string();
    if (!query.empty()) found.target += (found.target.find('?') == std::string::npos ? "?" : "&") + query;
    return found;
  }
  return {};
}

}  // namespace tlsward::gateways
