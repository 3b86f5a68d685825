// The words that make a proxy connect to somebody. Private to net/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/task.h"
#include "net/address.h"
#include "net/connect.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/stream.h"

namespace tlsward::net {

/// How much of a proxy's answer is read.
inline constexpr std::size_t kMaxProxyAnswer = std::size_t{16} * 1024;

/// Whom the proxy is to connect to.
struct ProxyTarget {
  std::optional<Address> address;  // or else `host`, for the proxy to resolve
  std::string host;
  std::uint16_t port = 0;
};

/// Whether the user gave a user name or a password.
inline bool has_login(const Proxy& proxy) {
  return !proxy.user.empty() || !proxy.password.empty();
}

/// HTTP CONNECT (RFC 9110, 9.3.6). What the target said at once is put back into `stream`.
Task<Outcome<Nothing>> http_connect(Stream& stream, const Proxy& proxy, const ProxyTarget& target, Deadline deadline);
/// SOCKS5 (RFC 1928), with user name and password (RFC 1929) where the proxy wants them.
Task<Outcome<Nothing>> socks5_connect(Stream& stream, const Proxy& proxy, const ProxyTarget& target, Deadline deadline);

/// What happened to the connection to the proxy itself.
Failure at_proxy(Failure failure);

}  // namespace tlsward::net
