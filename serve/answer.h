// Answers that the proxy gives itself.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/task.h"
#include "gateways/service.h"
#include "net/failure.h"
#include "serve/http/exchange.h"
#include "serve/http/message.h"

namespace tlsward::serve {

struct Answer {
  int status = 200;
  Fields fields;  // Content-Type among them
  std::string body;
};

/// Sends it and ends the exchange; a HEAD request gets no body.
Task<net::Outcome<Nothing>> send_answer(ServerExchange& exchange, const Answer& answer,
                                        std::chrono::milliseconds write_timeout);

/// What the gateway answers itself.
Answer gateway_answer(const gateways::GatewayAnswer& answer);
/// Why the upstream gave no response: text, and `Proxy-Status: tlsward; error=…; details="…"` (RFC 9209). 503 comes
/// with Retry-After.
Answer failure_answer(int status, std::string_view error, std::string_view details);

}  // namespace tlsward::serve
