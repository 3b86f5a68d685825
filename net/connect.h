// Connections: to an address, to the first of several that answers, through a proxy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/task.h"
#include "net/address.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"
#include "net/resolve.h"
#include "net/stream.h"

namespace tlsward::net {

enum class ProxyKind : std::uint8_t { HttpConnect, Socks5 };

/// A proxy as named by the user.
struct Proxy {
  ProxyKind kind = ProxyKind::HttpConnect;
  std::string host;
  std::uint16_t port = 0;
  std::string user, password;  // may be empty; never printed

  /// Its addresses, filled in by the caller once (resolve), so that each connection need not ask again. Empty: each
  /// asks.
  std::vector<Address> addresses;
};
/// "http://user:password@proxy:3128", "socks5://[::1]:1080", "socks5h://…", "proxy:3128" (HTTP). Without a port: 80 for
/// http://, 1080 for socks5://. User name and password are percent-decoded. Error: what is wrong, without the password.
Result<Proxy> parse_proxy(std::string_view text);

/// Where a connection goes.
struct Destination {
  /// Direct: the addresses to try, in order. One address: no race.
  std::vector<Address> addresses;
  /// Through a proxy: the proxy resolves `host` unless `addresses` names one.
  std::optional<Proxy> proxy;
  std::string host;
  std::uint16_t port = 0;
};

/// Connects to one address. TCP_NODELAY is set. Failures: Refused, Unreachable, TimedOut, Local, Interrupted.
Task<Outcome<Stream>> connect(Loop& loop, Address address, Deadline deadline);

/// Connects to the first address that answers, starting the next one 250 ms after the last or as soon as it failed
/// (RFC 8305, 5; families alternate, IPv6 first). The failure is the one of the last address. Losers are closed.
Task<Outcome<Stream>> connect_first(Loop& loop, std::vector<Address> addresses, Deadline deadline);

/// Connects as `destination` says: directly, by HTTP CONNECT (RFC 9110, 9.3.6) or SOCKS5 (RFC 1928, 1929). A proxy that
/// says no is a failure of kind Protocol with its words; "host unreachable" and "connection refused" by SOCKS5 are
/// Unreachable and Refused. What happens to the connection to the proxy itself keeps its kind and says "proxy: ". A
/// proxy's answer is read to at most 16 KiB.
Task<Outcome<Stream>> connect(Loop& loop, Destination destination, Deadline deadline);

}  // namespace tlsward::net
