#include "gateways/krakend/service_paths.h"

#include <algorithm>

#include "gateways/router_path.h"

namespace tlsward::gateways::krakend {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// "{id}", ":id", "*", "*rest" or plain text, as a segment of a Template; nullopt for a mixture.
std::optional<std::string> template_segment(std::string_view segment) {
  if (segment.starts_with('*')) return "*";
  if (segment.size() > 1 && segment.front() == ':') return "{" + std::string(segment.substr(1)) + "}";
  const bool is_plain = segment.find_first_of("{}:*") == std::string_view::npos;
  const bool is_whole = is_parameter(segment) && segment.find_first_of("{}", 1) == segment.size() - 1;
  if (!is_plain && !is_whole) return {};
  return std::string(segment);
}

/// All texts in braces.
std::vector<std::string> names_in_braces(std::string_view text) {
  std::vector<std::string> names;
  std::size_t open = 0;
  while ((open = text.find('{', open)) != std::string_view::npos) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
    open = close;
  }
  return names;
}

/// 0 literal, 1 parameter, 2 wildcard; for each segment.
std::string rank_of(const ServiceRoute& route) {
  std::string rank;
  for (const std::string_view segment : segments_of(route.pattern))
    rank += segment == "*" ? '2' : is_parameter(segment) ? '1' : '0';
  return rank;
}

}  // namespace

std::optional<std::string> endpoint_pattern(std::string_view endpoint) {
  const std::string path = endpoint.starts_with('/') ? std::string(endpoint) : "/" + std::string(endpoint);
  std::string result;
  const auto segments = segments_of(path);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto segment = template_segment(segments[i]);
    if (!segment || (*segment == "*" && i + 1 < segments.size())) return {};
    result += "/" + *segment;
  }
  return result;
}

bool is_wildcard(std::string_view pattern) {
  return pattern.ends_with("/*");
}

std::vector<std::string> parameters_of(std::string_view pattern) {
  return names_in_braces(pattern);
}

std::vector<std::string> missing_parameters(std::string_view url_pattern, std::string_view pattern) {
  const std::vector<std::string> given = parameters_of(pattern);
  std::vector<std::string> missing;
  for (std::string& name : names_in_braces(url_pattern)) {
    if (std::find(given.begin(), given.end(), name) == given.end()) missing.push_back(std::move(name));
  }
  return missing;
}

std::string backend_path(std::string_view url_pattern, std::string_view pattern) {
  std::string path(url_pattern);
  if (!path.starts_with('/')) path.insert(path.begin(), '/');
  if (!is_wildcard(pattern)) return path;
  const std::size_t question = std::min(path.find('?'), path.size());
  std::string base = path.substr(0, question);
  if (base.ends_with("/*")) base.pop_back();
  if (!base.ends_with('/')) base += '/';
  return base + "{*}" + path.substr(question);
}

void sort_as_gin(std::vector<ServiceRoute>& routes) {
  std::stable_sort(routes.begin(), routes.end(),
                   [](const ServiceRoute& a, const ServiceRoute& b) { return rank_of(a) < rank_of(b); });
}

}  // namespace tlsward::gateways::krakend
