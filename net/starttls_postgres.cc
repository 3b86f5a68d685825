// PostgreSQL: a request of eight bytes and an answer of one. A server that is in trouble sends an error instead.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "net/postgres_error.h"
#include "net/server_text.h"
#include "net/starttls_scripts.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

using namespace std::string_view_literals;

// "Message Formats", SSLRequest: length 8, code 80877103.
constexpr std::string_view kSslRequest = "\x00\x00\x00\x08\x04\xd2\x16\x2f"sv;

/// An error behind its 'E': with a length in front, or plain text up to a zero byte.
Task<std::string> read_error(Conversation& server) {
  std::string error = "E" + co_await server.bytes(1);
  if (error.back() == '\0') {
    error += co_await server.bytes(3);
    tls::wire::Reader reader(bytes_of(error).subspan(1));
    const std::uint32_t length = reader.u32();
    if (length > 4) error += co_await server.bytes(length - 4);
    co_return error;
  }
  while (error.back() != '\0') error += co_await server.bytes(1);
  co_return error;
}

}  // namespace

Script talk_postgres(Conversation& server) {
  server.send(kSslRequest);
  const std::string answer = co_await server.bytes(1);
  if (answer == "S") co_return Nothing{};
  if (answer == "N") co_return refusal("server answered SSLRequest with N: it does not offer TLS");
  if (answer != "E") co_return unexpected("answer to SSLRequest", server.heard(), "S");
  const std::string error = co_await read_error(server);
  co_return unexpected("answer to SSLRequest", parse_postgres_error(error).value_or(error), "S");
}

}  // namespace tlsward::net
