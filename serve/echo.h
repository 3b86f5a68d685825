// An upstream that answers every request with what it got.
#pragma once

#include "core/task.h"
#include "serve/http/exchange.h"

namespace tlsward::serve {

/// 200 with the request line, the fields and the body, as text/plain. A body is passed back as it comes.
Task<void> echo(ServerExchange& exchange);

}  // namespace tlsward::serve
