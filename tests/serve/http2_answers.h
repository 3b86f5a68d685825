// What the servers of the HTTP/2 tests answer.
#pragma once

#include "serve/http/exchange.h"

namespace tlsward::test {

/// The request's target says what it does:
///   /hello         200, "hello\n"
///   /describe      200, the head as text: "GET https example /describe", then a line for each field
///   /echo          200, the body as it comes in, then its trailers
///   /early         200 and "early\n" at once, then as /echo
///   /interim       103 with a link, then 200
///   /continue      100, then as /echo
///   /bytes/N       200, N bytes
///   /slow          200, "a\n", then reads the body to its end before "b\n"
///   /hold          waits until the body of the request ends or breaks, then as /hello
///   /deaf          200, "deaf\n"; never reads
///   /abort         200, a few bytes, then a reset
///   /nothing/N     the status N, no body
///   /tunnel        takes the switch that `upgrade` asks for, and echoes
/// Anything else: 404.
Task<void> answer_by_target(serve::ServerExchange& exchange);

/// The byte at a place of /bytes/N, and of bodies that tests send.
char byte_at(std::size_t place);

}  // namespace tlsward::test
