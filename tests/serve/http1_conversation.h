// A server of HTTP/1.1 and a client that sends what bytes it likes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/task.h"
#include "serve/http/exchange.h"
#include "tests/serve/raw_peer.h"

namespace tlsward::test {

/// Reads the request and answers 200 with "METHOD SCHEME AUTHORITY TARGET [BODY]\n", trailers behind the body; where
/// the body fails, with its failure status and the failure's words, or aborts.
Task<void> reflect(serve::ServerExchange& exchange);

/// Answers with `head` and `pieces`, then finishes with `trailers`. Does not read the request's body.
serve::ExchangeHandler answer_with(serve::ResponseHead head, std::vector<std::string> pieces = {},
                                   serve::Fields trailers = {});

struct Http1Setup {
  serve::ExchangeHandler handler = reflect;
  serve::HttpLimits limits = {};
};

using Http1Script = std::function<Task<void>(RawPeer&, serve::ServerConnection&)>;
/// Runs a server beside `script`, until both have ended.
void converse(const Http1Setup& setup, const Http1Script& script);
/// All that a server says to `request` until it closes.
std::string answer_to(std::string_view request, const Http1Setup& setup = {});

/// The number in a status line at the beginning of `response`, or all of it where there is none.
std::string status_of(const std::string& response);
/// What follows the first empty line.
std::string body_of(const std::string& response);

}  // namespace tlsward::test
