// How the proxy runs, beside what the configuration says.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "net/address.h"
#include "serve/fault.h"
#include "serve/http/limits.h"

namespace tlsward::serve {

struct ServeOptions {
  std::size_t threads = 1;
  /// In place of what the configuration says, for its ports in order; empty: the written ports on 127.0.0.1 and ::1.
  std::vector<net::Address> listen;
  bool ipv6 = true;  // this machine has ::1

  Fault fault = Fault::None;
  HttpLimits inbound, outbound;
  std::size_t connections = 20'000;  // of each thread; more are closed at once
  std::size_t handshakes = 1'000;    // in flight, of each thread; more wait to be accepted
  std::chrono::milliseconds handshake_timeout{10'000};
  std::chrono::milliseconds lifetime{0};                        // of a connection, then it is drained; 0: no limit
  std::chrono::milliseconds upstream_connect_timeout{5'000};    // name, TCP and TLS handshake together
  std::chrono::milliseconds upstream_response_timeout{60'000};  // from the end of the request to the head
  std::chrono::milliseconds upstream_idle_timeout{30'000};      // of a pooled connection
  std::chrono::milliseconds tunnel_timeout{3'600'000};          // without a byte either way
  std::chrono::milliseconds linger{2'000};                      // for the peer to see what was said last
  std::chrono::milliseconds drain{10'000};                      // for requests in flight, when it ends
};

}  // namespace tlsward::serve
