// Which key of a host map Tyk uses for a host: client certificates for upstreams, and pinned public keys.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateways/key.h"

namespace tlsward::gateways::tyk {

/// The host of a URL as Go gives it. Case is kept: the lookups are case-sensitive.
struct UrlHost {
  std::string text;  // URL.Host: "api.example:8443", "[::1]:8443"
  std::string name;  // URL.Hostname(): "api.example", "::1"
  std::string port;  // URL.Port(): "8443"; empty where absent
  friend bool operator==(const UrlHost&, const UrlHost&) = default;
};

/// The host of "scheme://user@host:port/path?query", with or without scheme; nullopt where there is none.
std::optional<UrlHost> host_of_url(std::string_view url);

/// Index of the key that decides for `host` in one map of client certificates; the last of equal keys counts. Since
/// 5.8.9 and 5.11.0 the order, each hit beating the one before, is `*`, `*.rest`, `*.rest:port`, `host`, `host:port`;
/// earlier versions compare with the port as the URL has it: `*`, `*.rest[:port]`, `host[:port]`.
/// Source: gateway/cert.go getCertificateIDForHost and, before, getUpstreamCertificate (read 2026-11-22).
std::optional<std::size_t> find_upstream_key(std::span<const std::string_view> keys, const UrlHost& host,
                                             ProductVersion version);
/// The same for pinned public keys, where ports never count: `*`, `*.rest`, `host`. Source: getPinnedPublicKeys.
std::optional<std::size_t> find_pin_key(std::span<const std::string_view> keys, const UrlHost& host);

/// True where the stars of the key, if it has any, are understood: `*` alone, or `*.` in front of the rest.
bool has_sound_stars(std::string_view key);
/// The key without protocol, path and blanks: "https://api.x:443/" gives "api.x:443".
std::string without_protocol(std::string_view key);
/// The host that a key is meant for, in small letters, without blanks, protocol, path and the dot of the root; all
/// empty where there is none.
UrlHost meant_host(std::string_view key);
/// What follows the first dot: "api.x.y" gives "x.y"; empty where there is no dot.
std::string_view after_first_dot(std::string_view host);
/// The text with its ASCII letters as small ones.
std::string lower_case(std::string_view text);

}  // namespace tlsward::gateways::tyk
