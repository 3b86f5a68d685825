// IMAP, POP3 and ManageSieve: the server greets, and a word at the start of a line says how a command went.
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

// RFC 5804, 4: a string may be given as {number} at the end of the line, or {number+}, and that many bytes after it.
std::optional<std::size_t> literal_bytes(std::string_view line) {
  if (!line.ends_with('}')) return {};
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return {};
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(line.data() + open + 1, line.data() + line.size(), count);
  if (error != std::errc() || end == line.data() + open + 1) return {};
  const std::string_view behind(end, static_cast<std::size_t>(line.data() + line.size() - end));
  if (behind != "}" && behind != "+}") return {};
  return count;
}

struct SieveResponse {
  std::string status;        // the line with OK, NO or BYE
  std::string capabilities;  // the lines before it
  bool offers_starttls = false;
  bool ok() const { return starts_with_word(status, "OK"); }
};

bool is_status(std::string_view line) {
  return starts_with_word(line, "OK") || starts_with_word(line, "NO") || starts_with_word(line, "BYE");
}

Task<SieveResponse> read_sieve(Conversation& server) {
  SieveResponse response;
  for (;;) {
    std::string line = co_await server.line();
    while (const auto count = literal_bytes(line)) {
      line += "\n" + co_await server.bytes(*count);
      line += co_await server.line();
    }
    if (is_status(line)) {
      response.status = line;
      co_return response;
    }
    if (starts_with_word(line, "\"STARTTLS\"")) response.offers_starttls = true;
    response.capabilities += line + "\n";
  }
}

}  // namespace

Script talk_imap(Conversation& server) {
  const std::string greeting = co_await server.line();
  // "* PREAUTH" too: RFC 9051, 7.1.4: a connection that is authenticated already cannot use STARTTLS.
  if (!starts_with_word(greeting, "* OK")) co_return unexpected("greeting", greeting, "\"* OK\"");
  server.send("a STARTTLS\r\n");
  for (;;) {
    const std::string line = co_await server.line();
    if (starts_with_word(line, "a OK")) co_return Nothing{};
    const bool untagged = line.starts_with('*') && !starts_with_word(line, "* BYE");
    if (!untagged) co_return unexpected("answer to STARTTLS", line, "\"a OK\"");
  }
}

Script talk_pop3(Conversation& server) {
  const std::string greeting = co_await server.line();
  if (!starts_with_word(greeting, "+OK")) co_return unexpected("greeting", greeting, "+OK");
  server.send("STLS\r\n");
  const std::string answer = co_await server.line();
  if (!starts_with_word(answer, "+OK")) co_return unexpected("answer to STLS", answer, "+OK");
  co_return Nothing{};
}

Script talk_sieve(Conversation& server) {
  const SieveResponse greeting = co_await read_sieve(server);
  if (!greeting.ok()) co_return unexpected("greeting", greeting.status, "OK");
  if (!greeting.offers_starttls) {
    co_return refusal(fmt::format("server does not offer STARTTLS, only {}", quoted(greeting.capabilities)));
  }
  server.send("STARTTLS\r\n");
  const SieveResponse answer = co_await read_sieve(server);
  if (!answer.ok()) co_return unexpected("answer to STARTTLS", answer.status, "OK");
  co_return Nothing{};
}

}  // namespace tlsward::net
