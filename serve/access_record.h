// One request as the access log tells it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "net/address.h"
#include "serve/http/message.h"
#include "serve/tls/handshake_facts.h"

namespace tlsward::serve {

struct AccessRecord {
  std::chrono::system_clock::time_point time;  // of the request's head
  std::chrono::microseconds duration{0};
  net::Address client;
  std::string method, host, path;  // the path without its query, which may hold secrets
  HttpVersion version = HttpVersion::Http11;
  int status = 0;  // 0: no answer was given
  std::uint64_t bytes_in = 0, bytes_out = 0;
  std::string route, upstream;
  std::string error, details;  // of RFC 9209; empty where all went well
};

/// One line of JSON with stable keys (docs/serve.md lists them). `tls` is null for plain text.
std::string access_line(const AccessRecord& record, const HandshakeFacts* tls);
/// One line of JSON for a handshake that failed: what, why and what to change.
std::string handshake_line(std::chrono::system_clock::time_point time, const net::Address& client,
                           const HandshakeFacts& tls, const std::string& explanation);

}  // namespace tlsward::serve
