// The client of HTTP/1.1 and a server that says what bytes it likes.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/task.h"
#include "serve/http/exchange.h"
#include "tests/serve/raw_peer.h"

namespace tlsward::test {

using Http1ClientScript = std::function<Task<void>(RawPeer&, serve::ClientConnection&)>;
/// Runs `script` with both ends of a connection.
void with_http1_client(const Http1ClientScript& script, const serve::HttpLimits& limits = {});

/// METHOD /b?c of "a".
serve::RequestHead http1_request(const std::string& method = "GET");
/// Sends all of a request; a failure fails the test.
Task<void> send(serve::ClientExchange& exchange, const serve::RequestHead& head, std::string body = "",
                serve::Fields trailers = {});
/// "STATUS REASON [BODY] trailers", or the failure's words.
Task<std::string> receive(serve::ClientExchange& exchange);

}  // namespace tlsward::test
