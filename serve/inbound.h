// One inbound connection, from its first byte to its last.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "core/task.h"
#include "net/loop.h"
#include "net/stream.h"
#include "serve/line_log.h"
#include "serve/open_connections.h"
#include "serve/options.h"
#include "serve/site.h"
#include "serve/statistics.h"
#include "serve/upstream_pool.h"

namespace tlsward::serve {

/// A site with what one thread has for it. Connections keep the one that they began with.
struct Generation {
  Generation(net::Loop& loop, std::shared_ptr<const Site> its_site, const ServeOptions& options)
      : site(its_site), pool(loop, std::move(its_site), options) {}

  std::shared_ptr<const Site> site;
  UpstreamPool pool;
};

/// What connections of one thread share. Outlives them.
struct InboundSurroundings {
  const ServeOptions& options;
  Statistics& statistics;
  LineLog* access_log = nullptr;  // null: none
  LineLog& messages;              // handshakes that failed
  OpenConnections& open;
  std::size_t& handshakes;      // in flight
  net::Event& handshake_ended;  // is told of each
};

/// Shakes hands as port `port` of the site does, then answers requests until the connection ends. A failed handshake is
/// explained in `messages`; a client that speaks plain HTTP to a TLS port is told so.
Task<void> serve_inbound(net::Stream stream, std::shared_ptr<Generation> generation, std::size_t port,
                         const InboundSurroundings& around);

}  // namespace tlsward::serve
