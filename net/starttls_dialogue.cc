// A script says how a protocol asks for TLS; here is what all scripts share: what is heard goes to the script, and a
// server that closes, is lost, or never comes to an end finishes the dialogue over the script's head.
#include "net/starttls_dialogue.h"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "net/server_text.h"

namespace tlsward::net {
namespace {

Script script_of(StartTls protocol, Conversation& server, const std::string& host) {
  switch (protocol) {
    case StartTls::None:
      break;
    case StartTls::Smtp:
      return talk_smtp(server);
    case StartTls::Lmtp:
      return talk_lmtp(server);
    case StartTls::Imap:
      return talk_imap(server);
    case StartTls::Pop3:
      return talk_pop3(server);
    case StartTls::Ftp:
      return talk_ftp(server);
    case StartTls::Ldap:
      return talk_ldap(server);
    case StartTls::Xmpp:
      return talk_xmpp(server, "jabber:client", host);
    case StartTls::XmppServer:
      return talk_xmpp(server, "jabber:server", host);
    case StartTls::Postgres:
      return talk_postgres(server);
    case StartTls::Mysql:
      return talk_mysql(server);
    case StartTls::Irc:
      return talk_irc(server);
    case StartTls::Nntp:
      return talk_nntp(server);
    case StartTls::Sieve:
      return talk_sieve(server);
    case StartTls::Rdp:
      return talk_rdp(server);
  }
  return [](Conversation&) -> Script { co_return Nothing{}; }(server);
}

}  // namespace

StartTlsDialogue::StartTlsDialogue(StartTls protocol, const std::string& host) : protocol_(protocol) {
  script_.spawn(follow(script_of(protocol, conversation_, host)));
}

void StartTlsDialogue::hear(std::span<const std::uint8_t> bytes) {
  assert(!ending_);
  conversation_.hear(bytes);
  if (ending_ || conversation_.heard().size() < Conversation::kLimit) return;
  end(refusal(fmt::format("server sent {} KiB and no answer, beginning with {}", Conversation::kLimit / 1024,
                          quoted(conversation_.heard()))));
}

void StartTlsDialogue::hear_close() {
  lose(Failure{Failure::Kind::Closed, "server closed the connection"});
}

void StartTlsDialogue::lose(const Failure& failure) {
  assert(!ending_);
  const std::string_view heard = conversation_.heard();
  const std::string after = heard.empty() ? "without a word" : fmt::format("after the words {}", quoted(heard));
  end(Failure{failure.kind, fmt::format("{} {}", failure.message, after)});
}

std::span<const std::uint8_t> StartTlsDialogue::rest() const {
  return bytes_of(conversation_.rest());
}

Task<void> StartTlsDialogue::follow(Script script) {
  end(co_await script);
}

void StartTlsDialogue::end(const Outcome<Nothing>& outcome) {
  if (outcome) {
    ending_ = outcome;
  } else {
    ending_ = Failure{outcome.error().kind, fmt::format("{}: {}", name(protocol_), outcome.error().message)};
  }
}

Failure unexpected(std::string_view what, std::string_view said, std::string_view wanted) {
  return refusal(fmt::format("{} is {}, not {}", what, quoted(said), wanted));
}

Failure refusal(std::string message) {
  return Failure{Failure::Kind::Protocol, std::move(message)};
}

std::string quoted(std::string_view said) {
  constexpr std::size_t kMostCharacters = 120;
  return fmt::format("\"{}\"", printable(said, kMostCharacters));
}

}  // namespace tlsward::net
