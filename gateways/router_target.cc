#include "gateways/router_target.h"

#include <fmt/format.h>

#include <algorithm>

namespace tlsward::gateways {
namespace {

std::string join(const ServiceRoute& route, std::string_view path) {
  std::string result = route.base_path;
  if (!route.one_slash) {
    if (result.ends_with('/')) result.pop_back();
    if (!path.starts_with('/')) result += '/';
    return result.append(path);
  }
  while (result.ends_with('/')) result.pop_back();
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  if (!path.empty()) result.append("/").append(path);
  return result;
}

/// The path without the pattern in front: as it came where it is spelled as the pattern, else encoded anew.
std::string without_pattern(const ServiceRoute& route, std::string_view path, const TargetParts& parts) {
  if (parts.path.starts_with(route.pattern)) return std::string(parts.path.substr(route.pattern.size()));
  return escape_path(path.substr(route.pattern.size()));
}

std::string upstream_path(const ServiceRoute& route, const RoutePattern& pattern, const PathRules& rules,
                          std::string_view path, const TargetParts& parts, const Captures& captures) {
  if (route.rewrite) return pattern.fill(captures, rules.decoded);
  const auto as_sent = [&](const std::string& text) { return rules.decoded ? escape_path(text) : text; };
  if (route.kind == PatternKind::Regex && route.strip_prefix) return join(route, as_sent(pattern.everything(captures)));
  if (!route.path_prefix.empty()) return join(route, as_sent(std::string(path)));
  const bool strips = route.kind == PatternKind::Prefix && route.strip_prefix;
  return join(route, strips ? without_pattern(route, path, parts) : std::string(parts.path));
}

void add_query(std::string& target, std::string_view query) {
  if (query.empty()) return;
  target += target.find('?') == std::string::npos ? '?' : '&';
  target += query;
}

/// Never "//host": that would lead elsewhere.
std::string location_of(std::string_view decoded_path, const TargetParts& parts) {
  while (decoded_path.starts_with("//")) decoded_path.remove_prefix(1);
  std::string location = escape_path(decoded_path);
  add_query(location, parts.query);
  return location;
}

std::string escape_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&#34;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

std::string upstream_target(const ServiceRoute& route, const RoutePattern& pattern, const PathRules& rules,
                            std::string_view path, const TargetParts& parts, const Captures& captures) {
  std::string target = upstream_path(route, pattern, rules, path, parts, captures);
  if (!target.starts_with('/')) target.insert(target.begin(), '/');
  add_query(target, route.base_query);
  add_query(target,
            route.forward_all_query ? std::string(parts.query) : keep_parameters(parts.query, route.query_names));
  return target;
}

GatewayAnswer moved(std::string_view decoded_path, const TargetParts& parts) {
  return {301, "", "", {{"Location", location_of(decoded_path, parts)}}};
}

GatewayAnswer moved_with_page(std::string_view method, std::string_view decoded_path, const TargetParts& parts) {
  GatewayAnswer answer = moved(decoded_path, parts);
  if (method != "GET") {
    answer.status = 307;
    return answer;
  }
  answer.content_type = "text/html; charset=utf-8";
  answer.body = fmt::format("<a href=\"{}\">Moved Permanently</a>.\n\n", escape_html(answer.fields.front().second));
  return answer;
}

}  // namespace tlsward::gateways
