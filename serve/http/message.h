// The head of an HTTP message as plain data, the same for HTTP/1.1 and HTTP/2 (RFC 9110).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::serve {

enum class HttpVersion : std::uint8_t { Http10, Http11, Http2 };
/// "HTTP/1.0", "HTTP/1.1", "HTTP/2".
std::string_view name(HttpVersion version);

/// One field line. HTTP/2 gives names in lower case, HTTP/1.1 as they came.
struct Field {
  std::string name, value;
};
/// In the order in which they came; a name may stand there several times.
using Fields = std::vector<Field>;

/// Field names are compared without regard to case (RFC 9110, 5.1).
bool same_name(std::string_view a, std::string_view b);
/// The value of the first field with this name, or nullptr.
const std::string* find(const Fields& fields, std::string_view name);
/// Number of fields with this name.
std::size_t count(const Fields& fields, std::string_view name);
/// Removes all fields with this name.
void remove(Fields& fields, std::string_view name);
/// Removes all fields with this name and adds one.
void replace(Fields& fields, std::string_view name, std::string value);
/// The comma-separated entries of all fields with this name, trimmed, empty ones left out.
std::vector<std::string> entries(const Fields& fields, std::string_view name);

/// A request, taken apart. `fields` are without what the other members say: no Host, Content-Length, Transfer-Encoding
/// and, where `upgrade` is set, no Upgrade. What stands in Connection and is meant for one hop is still there; see
/// remove_hop_by_hop.
struct RequestHead {
  HttpVersion version = HttpVersion::Http11;
  std::string method;
  std::string scheme;     // "https"; HTTP/1.1: as the connection is
  std::string authority;  // host and port as the client names them: Host, :authority or absolute form; may be empty
  std::string target;     // origin form "/path?query", or "*"; empty for CONNECT without `upgrade`
  /// What a protocol switch is asked for: the token of Upgrade ("websocket"), or :protocol (RFC 8441). Else empty.
  std::string upgrade;
  Fields fields;
  std::optional<std::uint64_t> content_length;
  bool has_body = false;          // a body (perhaps an empty one) follows
  bool expects_continue = false;  // Expect: 100-continue; its field is removed
};

/// A response, taken apart; `fields` are without Content-Length and Transfer-Encoding.
struct ResponseHead {
  int status = 200;
  std::string reason;  // HTTP/1.1 alone; empty: the usual words
  Fields fields;
  std::optional<std::uint64_t> content_length;
  /// False: the message ends with its head, whatever `content_length` says (answers to HEAD, 1xx, 204, 304).
  bool has_body = true;
  std::string upgrade;  // with status 101: the protocol that both sides switch to
};

/// Removes the fields that are for one hop (RFC 9110, 7.6.1): Connection and all that it names, Keep-Alive,
/// Proxy-Connection, Transfer-Encoding, Upgrade, and TE unless it is `trailers`.
void remove_hop_by_hop(Fields& fields);

/// The usual words for a status: "Not Found"; empty for an unknown one (IANA "HTTP Status Codes").
std::string_view reason_phrase(int status);

}  // namespace tlsward::serve
