// A small service of plain HTTP beside the proxy: status and metrics, the echo upstream.
#pragma once

#include <memory>

#include "core/task.h"
#include "net/listener.h"
#include "net/loop.h"
#include "serve/http/exchange.h"
#include "serve/options.h"

namespace tlsward::serve {

/// Accepts until the listener is closed or the loop interrupted, and has `handler` answer every request. `listener` and
/// `options` outlive it and its connections.
Task<void> serve_plain(net::Listener& listener, net::Loop& loop, const ServeOptions& options, ExchangeHandler handler);

}  // namespace tlsward::serve
