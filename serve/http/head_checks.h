// What must hold for the head of an HTTP/1.1 message before anybody acts on it: the shapes that two parsers could read
// differently are refused (RFC 9112, 11.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// What is wrong with a message, and how a server answers it.
struct MessageProblem {
  int status = 400;
  std::string what;  // one sentence, with the actual value where that is short and harmless
};

/// A request line that ends with a version of HTTP, though none of those that are spoken here.
bool has_other_version(std::string_view head);

/// A head as bytes, from its first line to the empty line: line ends are CRLF, no control bytes, no folded lines, no
/// blank before a colon or in front of a name, no more fields and bytes than `limits` allow.
std::optional<MessageProblem> check_raw_head(std::string_view head, const HttpLimits& limits);

/// The last chunk as bytes, from its size to the empty line: its trailers are as strict as fields.
std::optional<MessageProblem> check_raw_trailers(std::string_view last_chunk);
/// The line of a chunk's size that `bytes` begin with has come, and a quoted string in it goes on behind its end.
bool has_open_quote(std::string_view bytes);

/// What the framing fields say: several of them, or ones that contradict each other, are a problem.
struct Framing {
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
};
/// Nullopt with `problem` set where they cannot be trusted (RFC 9112, 6.1 to 6.3).
std::optional<Framing> read_framing(const Fields& fields, HttpVersion version, MessageProblem& problem);

/// Host of a request: exactly one for HTTP/1.1, a valid authority (RFC 3986, 3.2; without user information).
std::optional<MessageProblem> check_host(const Fields& fields, HttpVersion version);
/// "host", "host:port", "[::1]:port".
bool is_authority(std::string_view text);
/// A token of RFC 9110, 5.6.2.
bool is_token(std::string_view text);

/// Method and target: origin form, absolute form (http and https), `*` with OPTIONS alone. CONNECT in authority form is
/// not implemented.
std::optional<MessageProblem> check_request_line(std::string_view method, std::string_view target,
                                                 const HttpLimits& limits);
/// Expect: nothing other than 100-continue.
std::optional<MessageProblem> check_expect(const Fields& fields);

/// A trailer that must not stand behind a body (RFC 9110, 6.5.1): framing, routing, authentication.
bool is_forbidden_trailer(std::string_view name);

}  // namespace tlsward::serve
