// What a peer may ask of a connection, and how long it may take.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tlsward::serve {

struct HttpLimits {
  std::size_t head_bytes = 64 * 1024;    // request line and fields of one message; trailers count on their own
  std::size_t head_fields = 200;         // of one message
  std::size_t target_bytes = 16 * 1024;  // more: 414
  std::uint64_t body_bytes = 0;          // 0: no limit; more: 413
  std::size_t concurrent_streams = 100;  // HTTP/2
  std::size_t requests = 100'000;        // of one connection, then it is closed in good order

  std::chrono::milliseconds head_timeout{10'000};   // from its first byte to the end of the head
  std::chrono::milliseconds idle_timeout{60'000};   // between two requests, and before the first
  std::chrono::milliseconds body_timeout{15'000};   // without a byte of the body
  std::chrono::milliseconds write_timeout{15'000};  // the peer takes no byte
};

}  // namespace tlsward::serve
