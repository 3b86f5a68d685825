// What all dialogues share: names, ports, endings, bounds. What each protocol says: starttls_protocols_test.cc.
#include "net/starttls.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/server_text.h"
#include "net/starttls_dialogue.h"
#include "tests/catch.h"
#include "tests/net/dialogue_player.h"
#include "tests/net/starttls_dialogues.h"

namespace tlsward {
namespace {

using namespace std::string_literals;
using namespace test;
using net::StartTls;

std::vector<StartTls> all_protocols() {
  std::vector<StartTls> protocols;
  for (const std::string_view name : net::starttls_names()) protocols.push_back(*net::parse_starttls(name));
  return protocols;
}

}  // namespace

TEST_CASE("starttls: each protocol has one name, and none has no protocol") {
  std::set<StartTls> protocols;
  for (const std::string_view name : net::starttls_names()) {
    INFO(name);
    const auto protocol = net::parse_starttls(name);
    REQUIRE(protocol);
    CHECK(*protocol != StartTls::None);
    CHECK(net::name(*protocol) == name);
    protocols.insert(*protocol);
  }
  CHECK(protocols.size() == 14);
  CHECK(net::name(StartTls::XmppServer) == "xmpp-server");
  CHECK(net::parse_starttls("none") == StartTls::None);
  CHECK(net::name(StartTls::None) == "none");
  for (const char* unknown : {"", "SMTP", "smtps", "https", "smtp "}) CHECK_FALSE(net::parse_starttls(unknown));
}

TEST_CASE("starttls: the port of a clear-text service gives its protocol, a port of TLS gives none") {
  CHECK(net::starttls_by_port(25) == StartTls::Smtp);
  CHECK(net::starttls_by_port(587) == StartTls::Smtp);
  CHECK(net::starttls_by_port(2525) == StartTls::Smtp);
  CHECK(net::starttls_by_port(24) == StartTls::Lmtp);
  CHECK(net::starttls_by_port(143) == StartTls::Imap);
  CHECK(net::starttls_by_port(110) == StartTls::Pop3);
  CHECK(net::starttls_by_port(21) == StartTls::Ftp);
  CHECK(net::starttls_by_port(389) == StartTls::Ldap);
  CHECK(net::starttls_by_port(3268) == StartTls::Ldap);
  CHECK(net::starttls_by_port(5222) == StartTls::Xmpp);
  CHECK(net::starttls_by_port(5269) == StartTls::XmppServer);
  CHECK(net::starttls_by_port(5432) == StartTls::Postgres);
  CHECK(net::starttls_by_port(3306) == StartTls::Mysql);
  CHECK(net::starttls_by_port(6665) == StartTls::Irc);
  CHECK(net::starttls_by_port(6669) == StartTls::Irc);
  CHECK(net::starttls_by_port(119) == StartTls::Nntp);
  CHECK(net::starttls_by_port(4190) == StartTls::Sieve);
  CHECK(net::starttls_by_port(3389) == StartTls::Rdp);
  for (const int port : {0, 22, 80, 443, 465, 563, 636, 853, 990, 993, 995, 5223, 6664, 6670, 6697, 8443, 65535}) {
    INFO(port);
    CHECK(net::starttls_by_port(static_cast<std::uint16_t>(port)) == StartTls::None);
  }
}

TEST_CASE("starttls: no protocol needs no words") {
  net::StartTlsDialogue dialogue(StartTls::None, "mail.example");
  REQUIRE(dialogue.ending());
  CHECK(*dialogue.ending());
  CHECK(dialogue.take_output().empty());
}

TEST_CASE("starttls: every protocol comes to TLS, however the server's bytes are cut") {
  for (const Good& good : good_dialogues()) check_tls(good.protocol, good.turns);
}

TEST_CASE("starttls: bytes behind the server's last word are left for TLS") {
  for (const Good& good : good_dialogues()) {
    INFO(net::name(good.protocol));
    Turns turns = good.turns;
    turns.back().server += "\x16\x03\x03\0\x02\r\n"s;
    const Ending ending = play(good.protocol, turns);
    CHECK(ending.tls);
    CHECK(ending.rest == "\x16\x03\x03\0\x02\r\n"s);
  }
}

TEST_CASE("starttls: a server that closes is told from one that refuses") {
  for (const StartTls protocol : all_protocols()) {
    net::StartTlsDialogue dialogue(protocol, "mail.example");
    dialogue.hear_close();
    REQUIRE(dialogue.ending());
    REQUIRE_FALSE(*dialogue.ending());
    CHECK(dialogue.ending()->error().kind == net::Failure::Kind::Closed);
    CHECK(dialogue.ending()->error().message ==
          std::string(net::name(protocol)) + ": server closed the connection without a word");
  }
  net::StartTlsDialogue half(StartTls::Smtp, "mail.example");
  half.hear(net::bytes_of("220 mail.example ESMTP\r\n250-mail"));
  half.hear_close();
  CHECK(half.ending()->error().message ==
        "smtp: server closed the connection after the words \"220 mail.example ESMTP 250-mail\"");
}

TEST_CASE("starttls: a stream that fails ends the dialogue with what the server had said") {
  net::StartTlsDialogue dialogue(StartTls::Xmpp, "mail.example");
  dialogue.hear(net::bytes_of("220 (vsFTPd 3.0.3)\r\n"));
  dialogue.lose({net::Failure::Kind::TimedOut, "timed out"});
  REQUIRE(dialogue.ending());
  REQUIRE_FALSE(*dialogue.ending());
  CHECK(dialogue.ending()->error().kind == net::Failure::Kind::TimedOut);
  CHECK(dialogue.ending()->error().message == "xmpp: timed out after the words \"220 (vsFTPd 3.0.3)\"");
}

TEST_CASE("starttls: a server without an end is cut off at 64 KiB") {
  struct Endless {
    StartTls protocol;
    std::string portion;
  };
  const std::vector<Endless> servers = {
      {StartTls::Smtp, "220-welcome\r\n"},
      {StartTls::Lmtp, "220-\r\n"},
      {StartTls::Ftp, "220-welcome\r\nx\n"},
      {StartTls::Nntp, "200-\r\n"},
      {StartTls::Imap, "x"},
      {StartTls::Pop3, "+OK"},
      {StartTls::Sieve, "\"A\" \"b\"\r\n"},
      {StartTls::Irc, ":irc.example NOTICE * :wait\r\n"},
      {StartTls::Irc, "\n"},
      {StartTls::Irc, "PING :1\n"},
      {StartTls::Xmpp, "<a"},
      {StartTls::Xmpp, "<stream version='1.0'><a b='>'/>"},
      {StartTls::Sieve, "a {0}\r\n"},
      {StartTls::Sieve, "a {99999999999}\r\n"},
      {StartTls::Postgres, "Ex"},
      {StartTls::Ldap, "\x30\x83\xff\xff\xff"s},
  };
  constexpr std::size_t kTenMegabytes = 10'000'000;
  for (const Endless& server : servers) {
    INFO(net::name(server.protocol) << " " << server.portion);
    net::StartTlsDialogue dialogue(server.protocol, "mail.example");
    std::string portion;
    while (portion.size() < 4000) portion += server.portion;
    std::size_t heard = 0;
    while (!dialogue.ending() && heard < kTenMegabytes) {
      dialogue.hear(net::bytes_of(portion));
      dialogue.take_output();
      heard += portion.size();
    }
    CHECK(heard <= net::Conversation::kLimit + portion.size());
    REQUIRE(dialogue.ending());
    REQUIRE_FALSE(*dialogue.ending());
    CHECK(dialogue.ending()->error().kind == net::Failure::Kind::Protocol);
    CHECK(dialogue.ending()->error().message.find("server sent 64 KiB and no answer") != std::string::npos);
    CHECK(dialogue.ending()->error().message.size() < 250);
  }
}

TEST_CASE("starttls: ten megabytes without an end of line end every dialogue early") {
  const std::string portion(4096, 'x');
  for (const StartTls protocol : all_protocols()) {
    INFO(net::name(protocol));
    net::StartTlsDialogue dialogue(protocol, "mail.example");
    std::size_t heard = 0;
    for (; !dialogue.ending() && heard < 10'000'000; heard += portion.size()) dialogue.hear(net::bytes_of(portion));
    CHECK(heard <= net::Conversation::kLimit);
    REQUIRE(dialogue.ending());
    CHECK_FALSE(*dialogue.ending());
  }
}

TEST_CASE("starttls: 64 KiB byte by byte are read in time that grows with their number") {
  const std::string quotes = "<stream version='" + std::string(net::Conversation::kLimit, '>');
  const std::string line(net::Conversation::kLimit, ' ');
  for (const auto& [protocol, said] : {std::pair{StartTls::Xmpp, quotes}, std::pair{StartTls::Irc, line}}) {
    net::StartTlsDialogue dialogue(protocol, "mail.example");
    for (std::size_t at = 0; !dialogue.ending(); ++at)
      dialogue.hear(net::bytes_of(std::string_view(said).substr(at, 1)));
    CHECK_FALSE(*dialogue.ending());
  }
}

TEST_CASE("starttls: changed, cut and doubled answers never break a dialogue") {
  std::mt19937 random(20);  // NOLINT: the same changes in every run
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  for (const Good& good : good_dialogues()) {
    std::string said;
    for (const Turn& turn : good.turns) said += turn.server;
    for (int round = 0; round < 500; ++round) {
      std::string mutant = said;
      for (std::size_t change = below(4); change > 0; --change)
        mutant[below(mutant.size())] = static_cast<char>(below(256));
      if (below(3) == 0) mutant.resize(below(mutant.size()));
      if (below(3) == 0) mutant += mutant;
      net::StartTlsDialogue dialogue(good.protocol, "mail.example");
      for (std::size_t at = 0; at < mutant.size() && !dialogue.ending();) {
        const std::size_t count = 1 + below(mutant.size() - at);
        dialogue.hear(net::bytes_of(std::string_view(mutant).substr(at, count)));
        at += count;
      }
      if (!dialogue.ending()) dialogue.hear_close();
      REQUIRE(dialogue.ending());
      if (*dialogue.ending()) continue;
      const std::string& message = dialogue.ending()->error().message;
      CHECK(std::all_of(message.begin(), message.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
  }
}

TEST_CASE("starttls: the server's words are printable and at most 120 characters") {
  const std::string bell = "421 \a\x1b[31m" + std::string(200, 'y') + "\r\n";
  check_refused(StartTls::Smtp, {{bell, ""}},
                "smtp: greeting is \"421 ..[31m" + std::string(107, 'y') + "...\", not 220");
  check_refused(StartTls::Imap, {{"* BYE \xc3\xa9t\xc3\xa9\r\n", ""}},
                "imap: greeting is \"* BYE ..t..\", not \"* OK\"");
}

}  // namespace tlsward
