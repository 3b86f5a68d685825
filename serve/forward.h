// One request to an upstream, and its response back to the client.
#pragma once

#include <cstddef>

#include "core/task.h"
#include "serve/access_record.h"
#include "serve/http/exchange.h"
#include "serve/proxy.h"

namespace tlsward::serve {

/// Sends `request` with the exchange's body to site.upstreams[upstream] and passes the response on: interim ones, body,
/// trailers, a switch of protocols. A request that a kept connection did not take is sent again on a fresh one. Ends
/// the exchange and writes down in `record` what came of it.
Task<void> forward(ServerExchange& exchange, const RequestHead& request, std::size_t upstream, const ProxyScope& scope,
                   AccessRecord& record);

}  // namespace tlsward::serve
