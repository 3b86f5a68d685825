// Answers one request: finds its route, checks who asks, passes it on and the response back.
#pragma once

#include <cstddef>
#include <memory>

#include "core/task.h"
#include "net/address.h"
#include "serve/http/exchange.h"
#include "serve/line_log.h"
#include "serve/options.h"
#include "serve/site.h"
#include "serve/statistics.h"
#include "serve/tls/handshake_facts.h"
#include "serve/upstream_pool.h"

namespace tlsward::serve {

/// What a request needs of its surroundings. Outlives the exchanges.
struct ProxyScope {
  const Site& site;
  std::size_t port = 0;  // into site.service.ports
  UpstreamPool& pool;
  const ServeOptions& options;
  Statistics& statistics;
  LineLog* access_log = nullptr;  // null: none
  LineLog& messages;              // upstreams that fail
  net::Address client;
  const HandshakeFacts* tls = nullptr;  // null: plain text
};

/// Ends the exchange, whatever happens, and logs it. Failures of the upstream become 502, 503 or 504 with
/// `Proxy-Status` (RFC 9209).
Task<void> answer_request(ServerExchange& exchange, const ProxyScope& scope);

}  // namespace tlsward::serve
