// Whom to scan, as people name it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/starttls.h"

namespace tlsward::probe {

struct Target {
  std::string text;  // as given, without query and fragment: "api.example:8443", "[::1]", "https://api.example/v1"
  std::string host;  // lower case, without a dot at the end: "api.example"; an address in its usual form: "::1"
  std::uint16_t port = 443;
  bool port_given = false;
  std::optional<net::StartTls> starttls;  // by scheme ("smtp://mail.example"); nullopt: by port
  friend bool operator==(const Target&, const Target&) = default;
};

/// HOST, HOST:PORT, IPv4, [IPv6], [IPv6]:PORT, bare IPv6, or a URL whose scheme gives port and STARTTLS (https, smtp,
/// smtps, imap, …; path and query are ignored). International names are accepted as A-labels only; user names and
/// passwords are not, and are never repeated. Error: "'api:70000': port 70000 is out of range; 1 to 65535".
Result<Target> parse_target(std::string_view text, std::uint16_t default_port = 443);

}  // namespace tlsward::probe
