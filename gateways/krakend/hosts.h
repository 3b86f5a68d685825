// What KrakenD makes of the entries of a host list at start.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tlsward::gateways::krakend {

/// The host that KrakenD calls for this text: the scheme, http:// where none is written, the name and the port. Nullopt
/// where it panics with "invalid host": a path, a user, a port of one digit, most addresses of IPv6. A backend with
/// disable_host_sanitize takes its hosts as they stand.
/// Source: lura, config/uri.go, CleanHost; krakend-ce, issue 516 (read 2026-11-28).
std::optional<std::string> cleaned_host(std::string_view text);

}  // namespace tlsward::gateways::krakend
