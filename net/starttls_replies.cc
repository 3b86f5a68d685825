// SMTP, LMTP, FTP and NNTP: the server greets, and each command has a reply with a number that says how it went.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "net/reply.h"
#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

struct Reply {
  int code = 0;
  std::string said;   // all lines, each with its LF
  std::string offer;  // what stands behind the codes, from the second line on: the extensions of EHLO
};

// In FTP a line in the middle need not have a number (RFC 959, 4.2), so only the first must.
Task<Reply> read_reply(Conversation& server) {
  Reply reply;
  for (;;) {
    const std::string line = co_await server.line();
    const ReplyLine parsed = parse_reply_line(line);
    const bool first = reply.said.empty();
    reply.said += line + "\n";
    if (first && parsed.code == 0) co_return reply;
    if (!first) reply.offer += fmt::format("{}\n", parsed.text);
    if (!parsed.last) continue;
    reply.code = parsed.code;
    co_return reply;
  }
}

bool has_line(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::string_view line = first_line(text);
    if (starts_with_word(line, word)) return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

Script talk_mail(Conversation& server, std::string_view hello) {
  const Reply greeting = co_await read_reply(server);
  if (greeting.code != 220) co_return unexpected("greeting", greeting.said, "220");

  // No name of the server's and none of anybody's: servers take those who use theirs for senders of spam.
  server.send(fmt::format("{} tlsward.invalid\r\n", hello));
  const Reply answer = co_await read_reply(server);
  if (answer.code != 250) co_return unexpected(fmt::format("answer to {}", hello), answer.said, "250");
  if (!has_line(answer.offer, "STARTTLS")) {
    co_return refusal(fmt::format("server does not offer STARTTLS, only {}", quoted(answer.offer)));
  }

  server.send("STARTTLS\r\n");
  const Reply go = co_await read_reply(server);
  if (go.code != 220) co_return unexpected("answer to STARTTLS", go.said, "220");
  co_return Nothing{};
}

}  // namespace

Script talk_smtp(Conversation& server) {
  return talk_mail(server, "EHLO");
}

Script talk_lmtp(Conversation& server) {
  return talk_mail(server, "LHLO");
}

Script talk_ftp(Conversation& server) {
  const Reply greeting = co_await read_reply(server);
  if (greeting.code != 220) co_return unexpected("greeting", greeting.said, "220");
  server.send("AUTH TLS\r\n");
  const Reply go = co_await read_reply(server);
  if (go.code != 234) co_return unexpected("answer to AUTH TLS", go.said, "234");
  co_return Nothing{};
}

Script talk_nntp(Conversation& server) {
  const Reply greeting = co_await read_reply(server);
  // RFC 3977, 5.1: posting allowed, posting prohibited.
  if (greeting.code != 200 && greeting.code != 201) co_return unexpected("greeting", greeting.said, "200 or 201");
  server.send("STARTTLS\r\n");
  const Reply go = co_await read_reply(server);
  if (go.code != 382) co_return unexpected("answer to STARTTLS", go.said, "382");
  co_return Nothing{};
}

}  // namespace tlsward::net
