// Dialogues with literal servers, each heard in one piece, byte by byte, and with every line split.
#include "net/starttls.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "net/server_text.h"
#include "net/starttls_dialogue.h"
#include "tests/catch.h"

namespace tlsward {
namespace {

using namespace std::string_literals;
using net::StartTls;

/// What the server says, and what is sent when it has said it.
struct Turn {
  std::string server, client;
};
using Turns = std::vector<Turn>;

enum class Portions { Whole, Bytes, SplitLines };
constexpr Portions kAllPortions[] = {Portions::Whole, Portions::Bytes, Portions::SplitLines};

std::vector<std::string> split_lines(const std::string& said) {
  std::vector<std::string> portions;
  for (std::size_t begin = 0; begin < said.size();) {
    const std::size_t end = std::min(said.find('\n', begin), said.size() - 1);
    const std::size_t middle = begin + (end - begin) / 2;
    for (const std::string& portion :
         {said.substr(begin, middle - begin), said.substr(middle, end - middle), said.substr(end, 1)}) {
      if (!portion.empty()) portions.push_back(portion);
    }
    begin = end + 1;
  }
  return portions;
}

std::vector<std::string> portions_of(const std::string& said, Portions how) {
  if (how == Portions::SplitLines) return split_lines(said);
  if (how == Portions::Whole) return said.empty() ? std::vector<std::string>{} : std::vector{said};
  std::vector<std::string> bytes;
  for (const char c : said) bytes.emplace_back(1, c);
  return bytes;
}

struct Ending {
  bool tls = false;
  net::Failure::Kind kind = net::Failure::Kind::Local;
  std::string message;
  std::string rest;
};

/// Plays the dialogue; what is sent too early or is not what the turn says fails the test.
Ending play(StartTls protocol, const Turns& turns, Portions how) {
  net::StartTlsDialogue dialogue(protocol, "mail.example");
  for (const Turn& turn : turns) {
    std::string sent;
    for (const std::string& portion : portions_of(turn.server, how)) {
      CHECK(sent.empty());
      if (dialogue.ending()) break;
      dialogue.hear(net::bytes_of(portion));
      sent = dialogue.take_output();
    }
    if (turn.server.empty()) sent = dialogue.take_output();
    CHECK(sent == turn.client);
  }
  REQUIRE(dialogue.ending());
  const auto& outcome = *dialogue.ending();
  const std::string rest(net::text_of(dialogue.rest()));
  if (outcome) return {true, {}, {}, rest};
  return {false, outcome.error().kind, outcome.error().message, rest};
}

void check_tls(StartTls protocol, const Turns& turns) {
  for (const Portions how : kAllPortions) {
    INFO(net::name(protocol) << ", portions " << static_cast<int>(how));
    const Ending ending = play(protocol, turns, how);
    CHECK(ending.message.empty());
    CHECK(ending.tls);
    CHECK(ending.rest.empty());
  }
}

void check_refused(StartTls protocol, const Turns& turns, const std::string& message) {
  for (const Portions how : kAllPortions) {
    INFO(net::name(protocol) << ", portions " << static_cast<int>(how));
    const Ending ending = play(protocol, turns, how);
    CHECK_FALSE(ending.tls);
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message == message);
  }
}

const Turns kSmtp = {
    {"220 mail.example ESMTP\r\n", "EHLO tlsward.invalid\r\n"},
    {"250-mail.example\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 8BITMIME\r\n", "STARTTLS\r\n"},
    {"220 2.0.0 Ready to start TLS\r\n", ""},
};
const Turns kImap = {
    {"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n", "a STARTTLS\r\n"},
    {"a OK Begin TLS negotiation now.\r\n", ""},
};
const Turns kPop3 = {{"+OK <1.2@mail.example>\r\n", "STLS\r\n"}, {"+OK Begin TLS\r\n", ""}};
const Turns kFtp = {{"220 (vsFTPd 3.0.3)\r\n", "AUTH TLS\r\n"}, {"234 Proceed with negotiation.\r\n", ""}};
const Turns kNntp = {{"200 news.example ready\r\n", "STARTTLS\r\n"}, {"382 Continue\r\n", ""}};
const Turns kSieve = {
    {"\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"SIEVE\" \"fileinto\"\r\n\"STARTTLS\"\r\nOK \"ready.\"\r\n",
     "STARTTLS\r\n"},
    {"OK \"Begin TLS negotiation now.\"\r\n", ""},
};
const Turns kIrc = {
    {"", "CAP LS 302\r\n"},
    {":irc.example NOTICE * :*** Looking up your hostname...\r\n:irc.example CAP * LS :multi-prefix tls\r\n",
     "STARTTLS\r\n"},
    {":irc.example 670 * :STARTTLS successful, go ahead with TLS handshake\r\n", ""},
};
const std::string kXmppOpening =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "to='mail.example' version='1.0'>";
const std::string kXmppStream =
    "<?xml version='1.0'?>\n<stream:stream id='7' version='1.0' from='mail.example' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";
const std::string kXmppAsk = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
const Turns kXmpp = {
    {"", kXmppOpening},
    {kXmppStream + "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>\n"
                   "</stream:features>",
     kXmppAsk},
    {"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", ""},
};
const std::string kLdapAsk = "\x30\x1d\x02\x01\x01\x77\x18\x80\x16"s + "1.3.6.1.4.1.1466.20037";
const Turns kLdap = {
    {"", kLdapAsk},
    {"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00"s, ""},
};
const std::string kPostgresAsk = "\x00\x00\x00\x08\x04\xd2\x16\x2f"s;
const Turns kPostgres = {{"", kPostgresAsk}, {"S", ""}};
std::string mysql_greeting(const std::string& version, char capabilities_high) {
  const std::string payload = "\x0a"s + version + "\0"s + "\x05\0\0\0"s + "abcdefgh" + "\0"s + "\xff"s +
                              std::string(1, capabilities_high) + "\x21\x02\0\xff\xc1\x15"s;
  return std::string(1, static_cast<char>(payload.size())) + "\0\0\0"s + payload;
}
const std::string kMysqlAsk = "\x20\0\0\x01\x01\x8a\0\0\0\0\0\x01\x21"s + std::string(23, '\0');
const Turns kMysql = {{mysql_greeting("8.0.36", '\xff'), kMysqlAsk}};
const std::string kRdpAsk = "\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x03\0\0\0"s;
std::string rdp_answer(char kind, char value) {
  return "\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0"s + kind + "\0\x08\0"s + value + "\0\0\0"s;
}
const Turns kRdp = {{"", kRdpAsk}, {rdp_answer('\x02', '\x01'), ""}};

struct Good {
  StartTls protocol;
  const Turns& turns;
};
std::vector<Good> good_dialogues() {
  return {{StartTls::Smtp, kSmtp}, {StartTls::Imap, kImap},   {StartTls::Pop3, kPop3},         {StartTls::Ftp, kFtp},
          {StartTls::Nntp, kNntp}, {StartTls::Sieve, kSieve}, {StartTls::Irc, kIrc},           {StartTls::Xmpp, kXmpp},
          {StartTls::Ldap, kLdap}, {StartTls::Mysql, kMysql}, {StartTls::Postgres, kPostgres}, {StartTls::Rdp, kRdp}};
}

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
    const Ending ending = play(good.protocol, turns, Portions::Whole);
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
        "smtp: server closed the connection before TLS, after \"220 mail.example ESMTP 250-mail\"");
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

TEST_CASE("starttls smtp: a greeting of several lines, of digits alone, and other letter cases will do") {
  check_tls(StartTls::Smtp, {{"220-mail.example ESMTP\r\n220-No spam\r\n220 please\r\n", "EHLO tlsward.invalid\r\n"},
                             {"250-mail.example\r\n250 starttls\r\n", "STARTTLS\r\n"},
                             {"220\r\n", ""}});
  check_tls(StartTls::Smtp, {{"220 mail.example\n", "EHLO tlsward.invalid\r\n"},
                             {"250-mail.example\n250-StartTLS \n250 HELP\n", "STARTTLS\r\n"},
                             {"220 go\n", ""}});
}

TEST_CASE("starttls smtp: each step can be refused") {
  check_refused(StartTls::Smtp, {{"421 4.7.0 too many connections\r\n", ""}},
                "smtp: greeting is \"421 4.7.0 too many connections\", not 220");
  check_refused(StartTls::Smtp, {{"554-no\r\n554 service\r\n", ""}},
                "smtp: greeting is \"554-no 554 service\", not 220");
  check_refused(StartTls::Smtp, {{"SSH-2.0-OpenSSH_9.2\r\n", ""}},
                "smtp: greeting is \"SSH-2.0-OpenSSH_9.2\", not 220");
  const Turn greeting = kSmtp[0];
  check_refused(StartTls::Smtp, {greeting, {"502 5.5.1 HELO, please\r\n", ""}},
                "smtp: answer to EHLO is \"502 5.5.1 HELO, please\", not 250");
  check_refused(StartTls::Smtp, {greeting, {"250-mail.example\r\n250-PIPELINING\r\n250 XSTARTTLS\r\n", ""}},
                "smtp: server does not offer STARTTLS, only \"PIPELINING XSTARTTLS\"");
  check_refused(StartTls::Smtp, {greeting, {"250 STARTTLS\r\n", ""}},
                "smtp: server does not offer STARTTLS, only \"\"");
  check_refused(StartTls::Smtp, {greeting, kSmtp[1], {"454 4.7.0 TLS not available due to local problem\r\n", ""}},
                "smtp: answer to STARTTLS is \"454 4.7.0 TLS not available due to local problem\", not 220");
}

TEST_CASE("starttls lmtp: LHLO stands for EHLO") {
  check_tls(StartTls::Lmtp, {{"220 mail.example LMTP Dovecot\r\n", "LHLO tlsward.invalid\r\n"},
                             {"250-mail.example\r\n250-STARTTLS\r\n250 CHUNKING\r\n", "STARTTLS\r\n"},
                             {"220 2.0.0 Begin TLS\r\n", ""}});
  check_refused(StartTls::Lmtp, {{"220 mail.example\r\n", "LHLO tlsward.invalid\r\n"}, {"250 mail.example\r\n", ""}},
                "lmtp: server does not offer STARTTLS, only \"\"");
}

TEST_CASE("starttls ftp: lines in the middle of a greeting need no number") {
  check_tls(StartTls::Ftp, {{"220-Welcome\r\n to ftp.example\r\n\r\nNo robots\r\n220 ready\r\n", "AUTH TLS\r\n"},
                            {"234 AUTH TLS OK.\r\n", ""}});
  check_refused(StartTls::Ftp, {kFtp[0], {"530 Please login with USER and PASS.\r\n", ""}},
                "ftp: answer to AUTH TLS is \"530 Please login with USER and PASS.\", not 234");
  check_refused(StartTls::Ftp, {{"421 Too many users\r\n", ""}}, "ftp: greeting is \"421 Too many users\", not 220");
}

TEST_CASE("starttls nntp: readers with and without posting are greeted differently") {
  check_tls(StartTls::Nntp, {{"201 no posting\r\n", "STARTTLS\r\n"}, {"382 Begin TLS negotiation now\r\n", ""}});
  check_refused(StartTls::Nntp, {{"400 loadav 12\r\n", ""}}, "nntp: greeting is \"400 loadav 12\", not 200 or 201");
  check_refused(StartTls::Nntp, {kNntp[0], {"580 Can not initiate TLS negotiation\r\n", ""}},
                "nntp: answer to STARTTLS is \"580 Can not initiate TLS negotiation\", not 382");
}

TEST_CASE("starttls imap: untagged lines before the answer are passed over") {
  check_tls(StartTls::Imap, {kImap[0], {"* CAPABILITY IMAP4rev1\r\n* OK still here\r\na ok begin\r\n", ""}});
  check_refused(StartTls::Imap, {kImap[0], {"a BAD Unknown command\r\n", ""}},
                "imap: answer to STARTTLS is \"a BAD Unknown command\", not \"a OK\"");
  check_refused(StartTls::Imap, {kImap[0], {"* BYE too many\r\n", ""}},
                "imap: answer to STARTTLS is \"* BYE too many\", not \"a OK\"");
  check_refused(StartTls::Imap, {{"* PREAUTH welcome\r\n", ""}},
                "imap: greeting is \"* PREAUTH welcome\", not \"* OK\"");
}

TEST_CASE("starttls pop3: -ERR is a refusal") {
  check_refused(StartTls::Pop3, {{"-ERR [SYS/TEMP] busy\r\n", ""}},
                "pop3: greeting is \"-ERR [SYS/TEMP] busy\", not +OK");
  check_refused(StartTls::Pop3, {kPop3[0], {"-ERR Unknown command\r\n", ""}},
                "pop3: answer to STLS is \"-ERR Unknown command\", not +OK");
}

TEST_CASE("starttls sieve: capabilities and answers may be literals") {
  check_tls(StartTls::Sieve, {{"\"IMPLEMENTATION\" {9}\r\nOK \"no\"\r\n\r\n\"STARTTLS\"\r\nOK\r\n", "STARTTLS\r\n"},
                              {"OK {6}\r\nbegin!\r\n", ""}});
  check_tls(StartTls::Sieve, {{"\"STARTTLS\"\r\nOK (TAG \"1\") {2+}\r\nhi\r\n", "STARTTLS\r\n"}, {"ok\r\n", ""}});
  check_refused(StartTls::Sieve, {{"\"SIEVE\" \"fileinto\"\r\nOK \"ready\"\r\n", ""}},
                "sieve: server does not offer STARTTLS, only \"\"SIEVE\" \"fileinto\"\"");
  check_refused(StartTls::Sieve, {{"BYE \"Too many connections\"\r\n", ""}},
                "sieve: greeting is \"BYE \"Too many connections\"\", not OK");
  check_refused(StartTls::Sieve, {kSieve[0], {"NO {4}\r\nsad.\r\n", ""}},
                "sieve: answer to STARTTLS is \"NO {4} sad.\", not OK");
}

TEST_CASE("starttls irc: a capability list of several lines, tags and sources are understood") {
  check_tls(StartTls::Irc, {{"", "CAP LS 302\r\n"},
                            {"@time=1 :irc.example CAP * LS * :sasl=PLAIN,EXTERNAL cap-notify\r\n"
                             "CAP * LS :away-notify tls=x\r\n",
                             "STARTTLS\r\n"},
                            {":irc.example NOTICE * :soon\r\n:irc.example 670 * :go\r\n", ""}});
}

TEST_CASE("starttls irc: a server that knows no CAP is asked for TLS all the same, and one that pings is answered") {
  check_tls(StartTls::Irc, {{"", "CAP LS 302\r\n"},
                            {":irc.example 451 * CAP :You have not registered\r\n", "STARTTLS\r\n"},
                            {":irc.example 670 * :go\r\n", ""}});
  check_tls(StartTls::Irc, {{"", "CAP LS 302\r\n"},
                            {"PING :12345\r\n", "PONG :12345\r\n"},
                            {":irc.example CAP * LS tls\r\n", "STARTTLS\r\n"},
                            {":irc.example 670 * :go\r\n", ""}});
}

TEST_CASE("starttls irc: each step can be refused") {
  check_refused(StartTls::Irc, {kIrc[0], {"ERROR :Trying to reconnect too fast.\r\n", ""}},
                "irc: answer to CAP LS is \"ERROR :Trying to reconnect too fast.\", not a list of capabilities");
  check_refused(StartTls::Irc, {kIrc[0], {":irc.example CAP * LS :sasl notls\r\n", ""}},
                "irc: server does not offer tls, only \"sasl notls\"");
  check_refused(StartTls::Irc, {kIrc[0], kIrc[1], {":irc.example 691 * :STARTTLS failed (Wrong moon phase)\r\n", ""}},
                "irc: answer to STARTTLS is \":irc.example 691 * :STARTTLS failed (Wrong moon phase)\", not 670");
  check_refused(StartTls::Irc, {kIrc[0], kIrc[1], {":irc.example 421 * STARTTLS :Unknown command\r\n", ""}},
                "irc: answer to STARTTLS is \":irc.example 421 * STARTTLS :Unknown command\", not 670");
}

TEST_CASE("starttls xmpp: servers talk to servers in another namespace") {
  std::string opening = kXmppOpening;
  opening.replace(opening.find("jabber:client"), 13, "jabber:server");
  check_tls(StartTls::XmppServer, {{"", opening}, kXmpp[1], kXmpp[2]});
}

TEST_CASE("starttls xmpp: a host name cannot break out of its attribute") {
  net::StartTlsDialogue dialogue(StartTls::Xmpp, "a'><b c='&");
  CHECK(dialogue.take_output().find("to='a&apos;>&lt;b c=&apos;&amp;' version") != std::string::npos);
}

TEST_CASE("starttls xmpp: other prefixes, quotes, attributes with > and elements with an end tag are understood") {
  check_tls(StartTls::Xmpp, {kXmpp[0],
                             {"<s:stream note=\"a > 'b'\" version=\"1.0\" xmlns:s=\"x\"> <s:features>don't\n"
                              "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></s:features>",
                              kXmppAsk},
                             {" <proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'></proceed>", ""}});
}

TEST_CASE("starttls xmpp: each step can be refused") {
  check_refused(StartTls::Xmpp,
                {kXmpp[0],
                 {kXmppStream + "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-"
                                "streams'/></stream:error></stream:stream>",
                  ""}},
                "xmpp: server opened its stream with the error \"host-unknown\"");
  check_refused(StartTls::Xmpp,
                {kXmpp[0], {kXmppStream + "<stream:features><bind xmlns='b'/><sm xmlns='s'/></stream:features>", ""}},
                "xmpp: server does not offer starttls, only \"bind sm\"");
  check_refused(StartTls::Xmpp, {kXmpp[0], {"<stream:stream id='1' xmlns='jabber:client'>", ""}},
                "xmpp: server speaks XMPP before version 1.0, which has no STARTTLS");
  check_refused(StartTls::Xmpp, {kXmpp[0], {kXmppStream + "</stream:stream>", ""}},
                "xmpp: server closed its stream before TLS");
  check_refused(StartTls::Xmpp, {kXmpp[0], {"HTTP/1.1 400 Bad Request\r\n\r\n<html>", ""}},
                "xmpp: greeting is \"HTTP/1.1 400 Bad Request <html>\", not a stream of XMPP");
  check_refused(StartTls::Xmpp, {kXmpp[0], kXmpp[1], {"<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", ""}},
                "xmpp: answer to starttls is \"<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>\", not <proceed/>");
  check_refused(StartTls::Xmpp, {kXmpp[0], kXmpp[1], {"<stream:error><policy-violation/>", ""}},
                "xmpp: server answered starttls with the error \"policy-violation\"");
}

TEST_CASE("starttls ldap: lengths may be long, and more fields may follow") {
  check_tls(StartTls::Ldap, {kLdap[0],
                             {"\x30\x81\x28\x02\x01\x01\x78\x82\x00\x21\x0a\x01\x00\x04\x00\x04\x00\x8a\x18"s +
                                  "1.3.6.1.4.1.1466.20037  ",
                              ""}});
}

TEST_CASE("starttls ldap: the result code and its words are told") {
  check_refused(StartTls::Ldap,
                {kLdap[0], {"\x30\x1a\x02\x01\x01\x78\x15\x0a\x01\x34\x04\x00\x04\x0e"s + "TLS not set up", ""}},
                "ldap: answer to StartTLS is unavailable (52): \"TLS not set up\"");
  check_refused(StartTls::Ldap, {kLdap[0], {"\x30\x0d\x02\x01\x01\x78\x08\x0a\x02\x12\x67\x04\x00\x04\x00"s, ""}},
                "ldap: answer to StartTLS is code 4711: \"\"");
  check_refused(StartTls::Ldap, {kLdap[0], {"\x30\x10\x02\x01\x00\x78\x0b\x0a\x01\x33\x04\x00\x04\x04"s + "busy", ""}},
                "ldap: answer to StartTLS is busy (51): \"busy\"");
}

TEST_CASE("starttls ldap: what is no extended response is not taken for one") {
  for (const std::string& answer : {
           "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"s,  // a bind response
           "\x30\x0c\x02\x01\x01\x78\x7f\x0a\x01\x00\x04\x00\x04\x00"s,  // an inner length beyond the message
           "\x30\x0c\x02\x01\x01\x78\x80\x0a\x01\x00\x04\x00\x04\x00"s,  // the indefinite form
           "\x30\x0c\x02\x01\xff\x78\x07\x0a\x01\x00\x04\x00\x04\x00"s,  // a negative message number
           "\x30\x10\x02\x05\x01\x01\x01\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00"s,
           "\x30\x00"s,
       }) {
    const Ending ending = play(StartTls::Ldap, {kLdap[0], {answer, ""}}, Portions::Whole);
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message.find("not an extended response of LDAP") != std::string::npos);
  }
  const Ending http = play(StartTls::Ldap, {kLdap[0], {"HTTP/1.1 400 Bad Request\r\n", ""}}, Portions::Whole);
  CHECK(http.message == "ldap: answer to StartTLS is \"HTTP/1.1 400 Bad Request\", not LDAP");
}

TEST_CASE("starttls postgres: N is a refusal, and errors of both forms are told") {
  check_refused(StartTls::Postgres, {kPostgres[0], {"N", ""}},
                "postgres: server answered SSLRequest with N: it does not offer TLS");
  const std::string fields = "SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0"s;
  const std::string error = "E\0\0\0"s + static_cast<char>(fields.size() + 4) + fields;
  check_refused(StartTls::Postgres, {kPostgres[0], {error, ""}},
                "postgres: answer to SSLRequest is \"FATAL: sorry, too many clients already\", not S");
  check_refused(StartTls::Postgres, {kPostgres[0], {"Ecould not fork new process for connection: no memory\n\0"s, ""}},
                "postgres: answer to SSLRequest is \"could not fork new process for connection: no memory\", not S");
  const Ending ssh = play(StartTls::Postgres, {kPostgres[0], {"Unknown\r\n", ""}}, Portions::Whole);
  CHECK(ssh.message == "postgres: answer to SSLRequest is \"Unknown\", not S");
}

TEST_CASE("starttls mysql: a server without TLS, with errors, or that is no such server is refused") {
  check_refused(StartTls::Mysql, {{mysql_greeting("5.5.5-10.11.6-MariaDB", '\xf7'), ""}},
                "mysql: server \"5.5.5-10.11.6-MariaDB\" does not offer TLS");
  const std::string blocked = "Host '10.0.0.7' is blocked";
  check_refused(StartTls::Mysql, {{static_cast<char>(blocked.size() + 3) + "\0\0\0\xff\x69\x04"s + blocked, ""}},
                "mysql: greeting is error 1129: \"Host '10.0.0.7' is blocked\"");
  const std::string many = "#08004Too many connections";
  check_refused(StartTls::Mysql, {{static_cast<char>(many.size() + 3) + "\0\0\0\xff\x10\x04"s + many, ""}},
                "mysql: greeting is error 1040: \"Too many connections\"");
  const Ending http = play(StartTls::Mysql, {{"HTTP/1.1 400 Bad Request\r\n", ""}}, Portions::Whole);
  CHECK(http.message == "mysql: greeting is \"HTTP/1.1 400 Bad Request\", not one of MySQL's protocol 10");
  const Ending old = play(StartTls::Mysql,
                          {{"\x08\0\0\0\x09"
                            "3.20.1\0"s,
                            ""}},
                          Portions::Whole);
  CHECK(old.message.find("not one of MySQL's protocol 10") != std::string::npos);
}

TEST_CASE("starttls rdp: TLS and CredSSP both begin with TLS") {
  check_tls(StartTls::Rdp, {kRdp[0], {rdp_answer('\x02', '\x02'), ""}});
}

TEST_CASE("starttls rdp: other choices and failures are refusals") {
  check_refused(StartTls::Rdp, {kRdp[0], {rdp_answer('\x02', '\x00'), ""}},
                "rdp: server picks RDP's own security instead of TLS");
  check_refused(StartTls::Rdp, {kRdp[0], {"\x03\0\0\x0b\x06\xd0\0\0\x12\x34\0"s, ""}},
                "rdp: server picks RDP's own security instead of TLS");
  check_refused(StartTls::Rdp, {kRdp[0], {rdp_answer('\x03', '\x02'), ""}},
                "rdp: server refuses TLS: SSL_NOT_ALLOWED_BY_SERVER (2)");
  check_refused(StartTls::Rdp, {kRdp[0], {rdp_answer('\x03', '\x09'), ""}}, "rdp: server refuses TLS: code 9");
  for (const std::string& answer : {"\x03\0\0\x0b\x06\x80\0\0\0\0\0"s, "\x03\0\0\x0d\x08\xd0\0\0\0\0\0\x02\0"s,
                                    "\x03\0\0\x04"s, "\x02\0\0\x0b\x06\xd0\0\0\0\0\0"s, "220 mail.example\r\n"s}) {
    const Ending ending = play(StartTls::Rdp, {kRdp[0], {answer, ""}}, Portions::Whole);
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message.find("rdp: answer to the connection request is ") == 0);
  }
}

}  // namespace tlsward
