// Heads of HTTP/2: pseudo-header fields and the rest (RFC 9113, 8.3). Private to serve/http/.
#pragma once

#include <optional>
#include <string>

#include "serve/http/head_checks.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// A request from its fields, pseudo-header fields first, as nghttp2 let them through. Nullopt with `problem`: how it
/// is answered.
std::optional<RequestHead> http2_request(const Fields& fields, bool end_stream, const HttpLimits& limits,
                                         MessageProblem& problem);
/// A response from its fields. Nullopt with `problem` where the status is none.
std::optional<ResponseHead> http2_response(const Fields& fields, bool end_stream, MessageProblem& problem);

/// The fields of a head as they go out: pseudo-header fields, lower-case names, nothing that is for one hop.
Fields http2_fields(const RequestHead& head);
Fields http2_fields(const ResponseHead& head);
/// Trailers as they go out.
Fields http2_trailers(const Fields& trailers);

}  // namespace tlsward::serve
