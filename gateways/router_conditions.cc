#include "gateways/router_conditions.h"

#include <algorithm>

#include "gateways/router_pattern.h"

namespace tlsward::gateways {
namespace {

/// Lower case and without its port; an IPv6 literal keeps its brackets.
std::string host_of(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::string host(authority.substr(0, colon));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return host;
}

/// Null for an empty text.
Result<std::shared_ptr<const re2::RE2>> compile(const std::string& text, bool any_case, const ServiceRoute& route) {
  if (text.empty()) return std::shared_ptr<const re2::RE2>();
  return compile_expression(text, any_case, route.name);
}

}  // namespace

Result<RouteConditions> RouteConditions::make(const ServiceRoute& route) {
  RouteConditions conditions;
  conditions.methods_ = route.methods;
  for (const std::string& name : route.hosts) {
    const std::string host = host_of(name);
    if (host.starts_with("*."))
      conditions.suffixes_.push_back(host.substr(1));
    else
      conditions.hosts_.push_back(host);
  }
  auto host = compile(route.conditions.host, true, route);
  if (!host) return host.error();
  conditions.host_ = *host;
  auto method = compile(route.conditions.method, false, route);
  if (!method) return method.error();
  conditions.method_ = *method;
  for (const auto& [name, value] : route.conditions.headers) {
    auto expression = compile(value.empty() ? ".*" : value, false, route);
    if (!expression) return expression.error();
    conditions.headers_.emplace_back(name, *expression);
  }
  return conditions;
}

bool RouteConditions::fit(std::string_view authority, std::string_view method, const HeaderLookup& header) const {
  if (!fits_method(method)) return false;
  const bool any_host = hosts_.empty() && suffixes_.empty() && !host_;
  return (any_host || fits_host(host_of(authority))) && fits_headers(header);
}

bool RouteConditions::fits_method(std::string_view method) const {
  if (!methods_.empty() && std::find(methods_.begin(), methods_.end(), method) == methods_.end()) return false;
  return !method_ || fits_whole(*method_, method);
}

bool RouteConditions::fits_host(std::string_view host) const {
  if (host_ && !fits_whole(*host_, host)) return false;
  if (hosts_.empty() && suffixes_.empty()) return true;
  if (std::find(hosts_.begin(), hosts_.end(), host) != hosts_.end()) return true;
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return std::find(suffixes_.begin(), suffixes_.end(), host.substr(dot)) != suffixes_.end();
}

bool RouteConditions::fits_headers(const HeaderLookup& header) const {
  return std::all_of(headers_.begin(), headers_.end(), [&](const auto& wanted) {
    const auto value = header ? header(wanted.first) : std::nullopt;
    return value && fits_whole(*wanted.second, *value);
  });
}

}  // namespace tlsward::gateways
