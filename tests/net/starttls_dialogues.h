// A dialogue of each protocol that comes to TLS, in literal bytes; and pieces of them for dialogues that do not.
#pragma once

#include <string>
#include <vector>

#include "net/starttls.h"
#include "tests/net/dialogue_player.h"

namespace tlsward::test {

using std::string_literals::operator""s;

inline const Turns kSmtp = {
    {"220 mail.example ESMTP\r\n", "EHLO tlsward.invalid\r\n"},
    {"250-mail.example\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 8BITMIME\r\n", "STARTTLS\r\n"},
    {"220 2.0.0 Ready to start TLS\r\n", ""},
};
inline const Turns kImap = {
    {"* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n", "a STARTTLS\r\n"},
    {"a OK Begin TLS negotiation now.\r\n", ""},
};
inline const Turns kPop3 = {{"+OK <1.2@mail.example>\r\n", "STLS\r\n"}, {"+OK Begin TLS\r\n", ""}};
inline const Turns kFtp = {{"220 (vsFTPd 3.0.3)\r\n", "AUTH TLS\r\n"}, {"234 Proceed with negotiation.\r\n", ""}};
inline const Turns kNntp = {{"200 news.example ready\r\n", "STARTTLS\r\n"}, {"382 Continue\r\n", ""}};
inline const Turns kSieve = {
    {"\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"SIEVE\" \"fileinto\"\r\n\"STARTTLS\"\r\nOK \"ready.\"\r\n",
     "STARTTLS\r\n"},
    {"OK \"Begin TLS negotiation now.\"\r\n", ""},
};
inline const Turns kIrc = {
    {"", "CAP LS 302\r\n"},
    {":irc.example NOTICE * :*** Looking up your hostname...\r\n:irc.example CAP * LS :multi-prefix tls\r\n",
     "STARTTLS\r\n"},
    {":irc.example 670 * :STARTTLS successful, go ahead with TLS handshake\r\n", ""},
};
inline const std::string kXmppOpening =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "to='mail.example' version='1.0'>";
inline const std::string kXmppStream =
    "<?xml version='1.0'?>\n<stream:stream id='7' version='1.0' from='mail.example' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";
inline const std::string kXmppAsk = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
inline const Turns kXmpp = {
    {"", kXmppOpening},
    {kXmppStream + "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>\n"
                   "</stream:features>",
     kXmppAsk},
    {"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", ""},
};
inline const std::string kLdapAsk = "\x30\x1d\x02\x01\x01\x77\x18\x80\x16"s + "1.3.6.1.4.1.1466.20037";
inline const Turns kLdap = {
    {"", kLdapAsk},
    {"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00"s, ""},
};
inline const std::string kPostgresAsk = "\x00\x00\x00\x08\x04\xd2\x16\x2f"s;
inline const Turns kPostgres = {{"", kPostgresAsk}, {"S", ""}};
inline std::string mysql_greeting(const std::string& version, char capabilities_high) {
  const std::string payload = "\x0a"s + version + "\0"s + "\x05\0\0\0"s + "abcdefgh" + "\0"s + "\xff"s +
                              std::string(1, capabilities_high) + "\x21\x02\0\xff\xc1\x15"s;
  return std::string(1, static_cast<char>(payload.size())) + "\0\0\0"s + payload;
}
inline const std::string kMysqlAsk = "\x20\0\0\x01\x01\x8a\0\0\0\0\0\x01\x21"s + std::string(23, '\0');
inline const Turns kMysql = {{mysql_greeting("8.0.36", '\xff'), kMysqlAsk}};
inline const std::string kRdpAsk = "\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x03\0\0\0"s;
inline std::string rdp_answer(char kind, char value) {
  return "\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0"s + kind + "\0\x08\0"s + value + "\0\0\0"s;
}
inline const Turns kRdp = {{"", kRdpAsk}, {rdp_answer('\x02', '\x01'), ""}};

/// A dialogue that comes to TLS.
struct Good {
  net::StartTls protocol;
  const Turns& turns;
};
inline std::vector<Good> good_dialogues() {
  return {{net::StartTls::Smtp, kSmtp},   {net::StartTls::Imap, kImap},         {net::StartTls::Pop3, kPop3},
          {net::StartTls::Ftp, kFtp},     {net::StartTls::Nntp, kNntp},         {net::StartTls::Sieve, kSieve},
          {net::StartTls::Irc, kIrc},     {net::StartTls::Xmpp, kXmpp},         {net::StartTls::Ldap, kLdap},
          {net::StartTls::Mysql, kMysql}, {net::StartTls::Postgres, kPostgres}, {net::StartTls::Rdp, kRdp}};
}

}  // namespace tlsward::test
