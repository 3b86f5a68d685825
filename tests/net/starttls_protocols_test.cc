// What each protocol accepts and refuses.
#include <string>

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

}  // namespace

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
    const Ending ending = play(StartTls::Ldap, {kLdap[0], {answer, ""}});
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message.find("not an extended response of LDAP") != std::string::npos);
  }
  const Ending http = play(StartTls::Ldap, {kLdap[0], {"HTTP/1.1 400 Bad Request\r\n", ""}});
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
  const Ending ssh = play(StartTls::Postgres, {kPostgres[0], {"Unknown\r\n", ""}});
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
  const Ending http = play(StartTls::Mysql, {{"HTTP/1.1 400 Bad Request\r\n", ""}});
  CHECK(http.message == "mysql: greeting is \"HTTP/1.1 400 Bad Request\", not one of MySQL's protocol 10");
  const Ending old = play(StartTls::Mysql, {{"\x08\0\0\0\x09"
                                             "3.20.1\0"s,
                                             ""}});
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
    const Ending ending = play(StartTls::Rdp, {kRdp[0], {answer, ""}});
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message.find("rdp: answer to the connection request is ") == 0);
  }
}

}  // namespace tlsward
