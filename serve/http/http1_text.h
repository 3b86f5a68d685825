// Heads of HTTP/1.1 as bytes.
#pragma once

#include <string>
#include <string_view>

#include "serve/http/message.h"

namespace tlsward::serve {

/// Method, target and authority can stand in a head. They may come from HTTP/2, where other bytes do no harm.
bool can_write(const RequestHead& head);
/// Appends a request's head, which can be written. Where it has a body without a length it says Transfer-Encoding:
/// chunked.
void write_request_head(const RequestHead& head, std::string& out);
/// How the body behind a response is framed.
enum class ResponseFraming { Length, Chunked, UntilClose };
/// Appends a response's head. `keep_alive`: whether the connection goes on; said in Connection where `version` would
/// mean the other.
void write_response_head(const ResponseHead& head, ResponseFraming framing, bool keep_alive, HttpVersion version,
                         std::string& out);
/// Appends fields, one line each, and no empty line. A name that is no token and a value with a control character are
/// left out: they may come from HTTP/2, where they do no harm.
void write_fields(const Fields& fields, std::string& out);
/// Appends the last chunk with the trailers, without those that must not stand there.
void write_last_chunk(const Fields& trailers, std::string& out);
/// Appends "SIZE\r\n" as a chunk begins.
void write_chunk_size(std::size_t size, std::string& out);

}  // namespace tlsward::serve
