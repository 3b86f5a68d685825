#include "net/service.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "net/server_text.h"
#include "tests/catch.h"

namespace tlsward {
namespace {

using namespace std::string_literals;
using net::StartTls;

net::Service recognise(std::string_view sent) {
  return net::recognise_service(net::bytes_of(sent));
}

struct Sample {
  std::string sent;
  std::string name;
  StartTls starttls;
  std::string banner;
};

const std::string kMysqlPayload =
    "\x0a"s + "8.0.36\0\x05\0\0\0"s + "abcdefgh" + "\0\xff\xff\xff\x02\0\xff\xdf\x15"s + std::string(10, '\0');
const std::string kMariaPayload =
    "\x0a"s + "5.5.5-10.11.6-MariaDB-0+deb12u1\0\x05\0\0\0"s + "abcdefgh" + "\0\xfe\xf7\x2d\x02\0\xff\x81\x15"s;
std::string mysql_packet(const std::string& payload) {
  return std::string(1, static_cast<char>(payload.size())) + "\0\0\0"s + payload;
}
const std::string kPostgresFields = "SFATAL\0VFATAL\0C0A000\0Munsupported frontend protocol 3633.0\0\0"s;
const std::string kDisconnection = "\x30\x30\x02\x01\x00\x78\x2b\x0a\x01\x02\x04\x00\x04\x0c"s + "bad protocol" +
                                   "\x8a\x16"s + "1.3.6.1.4.1.1466.20036";

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kSamples = {
      {"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n<html>", "HTTP", StartTls::None, "HTTP/1.1 400 Bad Request"},
      {"HTTP/1.0 400 Bad Request\r\n\r\n", "HTTP", StartTls::None, "HTTP/1.0 400 Bad Request"},
      {"HTTP/2.0 400\r\n\r\n", "HTTP", StartTls::None, "HTTP/2.0 400"},
      {"<html>\r\n<head><title>400 Bad Request</title></head>\r\n", "HTTP", StartTls::None, "<html>"},
      {"\r\n<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html>", "HTTP", StartTls::None,
       "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">"},
      {"400 Bad Request\r\n", "HTTP", StartTls::None, "400 Bad Request"},
      {"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\0\x10\0\0\0\x06\0\x10\x01\x40"s, "HTTP", StartTls::None, "HTTP/2"},
      {"\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01"s, "HTTP", StartTls::None, "HTTP/2"},
      {"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2\r\n", "SSH", StartTls::None, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2"},
      {"220 mx1.example.com ESMTP Postfix\r\n", "SMTP", StartTls::Smtp, "220 mx1.example.com ESMTP Postfix"},
      {"220-host.example Exim 4.96\r\n220 go\r\n", "SMTP", StartTls::Smtp, "220-host.example Exim 4.96"},
      {"554 5.7.1 no service for you\r\n", "SMTP", StartTls::Smtp, "554 5.7.1 no service for you"},
      {"421 4.7.0 Too many connections\r\n", "SMTP", StartTls::Smtp, "421 4.7.0 Too many connections"},
      {"220 ftp.example.com ESMTP\r\n", "SMTP", StartTls::Smtp, "220 ftp.example.com ESMTP"},
      {"220 host ready\r\n500 5.5.2 Error: bad syntax\r\n502 smtp", "SMTP", StartTls::Smtp, "220 host ready"},
      {"220 backend.example LMTP Cyrus 3.6\r\n", "LMTP", StartTls::Lmtp, "220 backend.example LMTP Cyrus 3.6"},
      {"220 (vsFTPd 3.0.3)\r\n", "FTP", StartTls::Ftp, "220 (vsFTPd 3.0.3)"},
      {"220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n", "FTP", StartTls::Ftp,
       "220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------"},
      {"220 mail.example.com FTP server ready\r\n", "FTP", StartTls::Ftp, "220 mail.example.com FTP server ready"},
      {"220 FileZilla Server 1.8.0\r\n", "FTP", StartTls::Ftp, "220 FileZilla Server 1.8.0"},
      {"220 ready\r\n", "SMTP or FTP", StartTls::None, "220 ready"},
      {"421 Too many connections\r\n", "SMTP or FTP", StartTls::None, "421 Too many connections"},
      {"220 ftp and mail gateway\r\n", "SMTP or FTP", StartTls::None, "220 ftp and mail gateway"},
      {"+OK POP3 ready\r\n", "POP3", StartTls::Pop3, "+OK POP3 ready"},
      {"-ERR [IN-USE] try again\r\n", "POP3", StartTls::Pop3, "-ERR [IN-USE] try again"},
      {"* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready.\r\n", "IMAP", StartTls::Imap,
       "* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready."},
      {"* PREAUTH hello\r\n", "IMAP", StartTls::Imap, "* PREAUTH hello"},
      {"* BYE too many\r\n", "IMAP", StartTls::Imap, "* BYE too many"},
      {"200 news.example InterNetNews ready (posting ok)\r\n", "NNTP", StartTls::Nntp,
       "200 news.example InterNetNews ready (posting ok)"},
      {"201 no posting\r\n", "NNTP", StartTls::Nntp, "201 no posting"},
      {"502 You have no permission to talk. News server closed.\r\n", "NNTP", StartTls::Nntp,
       "502 You have no permission to talk. News server closed."},
      {":irc.example NOTICE * :*** Looking up your hostname...\r\n", "IRC", StartTls::Irc,
       ":irc.example NOTICE * :*** Looking up your hostname..."},
      {":irc.example 451 * :You have not registered\r\n", "IRC", StartTls::Irc,
       ":irc.example 451 * :You have not registered"},
      {"NOTICE AUTH :*** Checking Ident\r\n", "IRC", StartTls::Irc, "NOTICE AUTH :*** Checking Ident"},
      {"ERROR :Closing Link: [127.0.0.1] (Throttled)\r\n", "IRC", StartTls::Irc,
       "ERROR :Closing Link: [127.0.0.1] (Throttled)"},
      {"\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"STARTTLS\"\r\nOK\r\n", "Sieve", StartTls::Sieve,
       "\"IMPLEMENTATION\" \"Dovecot Pigeonhole\""},
      {mysql_packet(kMysqlPayload), "MySQL", StartTls::Mysql, "8.0.36"},
      {mysql_packet(kMariaPayload), "MariaDB", StartTls::Mysql, "5.5.5-10.11.6-MariaDB-0+deb12u1"},
      {mysql_packet("\xff\x69\x04Host '10.0.0.7' is blocked because of many connection errors"s), "MySQL",
       StartTls::Mysql, "Host '10.0.0.7' is blocked because of many connection errors"},
      {mysql_packet("\xff\x6a\x04Host '10.0.0.7' is not allowed to connect to this MariaDB server"s), "MariaDB",
       StartTls::Mysql, "Host '10.0.0.7' is not allowed to connect to this MariaDB server"},
      {"E\0\0\0"s + static_cast<char>(kPostgresFields.size() + 4) + kPostgresFields, "PostgreSQL", StartTls::Postgres,
       "FATAL: unsupported frontend protocol 3633.0"},
      {"EFATAL:  sorry, too many clients already\n\0"s, "PostgreSQL", StartTls::Postgres,
       "FATAL: sorry, too many clients already"},
      {"-ERR unknown command `\x16\x03`\r\n", "Redis", StartTls::None, "-ERR unknown command `..`"},
      {"-ERR max number of clients reached\r\n", "Redis", StartTls::None, "-ERR max number of clients reached"},
      {"-DENIED Redis is running in protected mode because\r\n", "Redis", StartTls::None,
       "-DENIED Redis is running in protected mode because"},
      {"AMQP\0\0\x09\x01"s, "AMQP", StartTls::None, "AMQP 0-9-1"},
      {kDisconnection, "LDAP", StartTls::Ldap, "bad protocol"},
      {"<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='x'><stream:error>", "XMPP", StartTls::Xmpp,
       "<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='x'><stream:error>"},
      {"<stream:stream xmlns=\"jabber:server\" id=\"1\">\n", "XMPP", StartTls::XmppServer,
       "<stream:stream xmlns=\"jabber:server\" id=\"1\">"},
      {"\x03\0\0\x0b\x06\xd0\0\0\x12\x34\0"s, "RDP", StartTls::Rdp, ""},
      {"\x03\0\0\x0b\x06\x80\0\0\x12\x34\0"s, "RDP", StartTls::Rdp, ""},
      {"RFB 003.008\n", "VNC", StartTls::None, "RFB 003.008"},
      {"ERROR\r\n", "memcached", StartTls::None, "ERROR"},
      {"CLIENT_ERROR bad command line format\r\n", "memcached", StartTls::None, "CLIENT_ERROR bad command line format"},
  };
  return kSamples;
}

/// Services that differ in their later words only; 0: this one differs from all others in its first.
int family(const std::string& name) {
  if (name == "SMTP" || name == "LMTP" || name == "FTP" || name == "SMTP or FTP" || name == "NNTP") return 1;
  if (name == "POP3" || name == "Redis") return 2;
  if (name == "MySQL" || name == "MariaDB") return 3;
  return 0;
}

}  // namespace

TEST_CASE("services: each is known by its first bytes") {
  for (const Sample& sample : samples()) {
    INFO(net::printable(sample.sent, 200));
    const net::Service service = recognise(sample.sent);
    CHECK(service.name == sample.name);
    CHECK(service.starttls == sample.starttls);
    CHECK(service.banner == sample.banner);
  }
}

TEST_CASE("services: half a greeting is the same service, one that begins alike, or an open question") {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size < sample.sent.size(); ++size) {
      const std::string name = recognise(sample.sent.substr(0, size)).name;
      INFO(net::printable(sample.sent, 200) << ", the first " << size << " bytes: " << name);
      CHECK((name.empty() || name == sample.name || (family(name) != 0 && family(name) == family(sample.name))));
    }
  }
}

TEST_CASE("services: what nobody knows has no name, and a banner only where it is text") {
  CHECK(recognise("").name.empty());
  CHECK(recognise("").banner.empty());
  const net::Service text = recognise("Welcome to the machine\r\nlogin: ");
  CHECK(text.name.empty());
  CHECK(text.starttls == StartTls::None);
  CHECK(text.banner == "Welcome to the machine");
  CHECK(recognise("\x15\x03\x01\0\x02\x02\x28"s).name.empty());
  CHECK(recognise("\x16\x03\x03\0\x7a\x02\0\0\x76"s).banner.empty());
  for (const char* other : {"100 what", "331 user", "2000 years", "22", "ERROR: no", "EARLY\r\n", "E", "* LIST",
                            ":no space", ": x", "<xml>", "<?xml version='1.0'?><svg/>", "- ERR", "-ERROR"}) {
    INFO(other);
    CHECK(recognise(other).name.empty());
  }
}

TEST_CASE("services: packets that only look like one are not taken for it") {
  for (const std::string& sent : {
           "\x4a\0\0\x01\x0a"s + "8.0.36\0"s,                      // MySQL's second packet
           "\0\0\0\0\x0a"s,                                        // an empty one
           "\x05\0\0\0\x09"s + "3.20"s,                            // protocol 9
           "\x03\0\0\0\xff\0\0"s,                                  // error 0
           "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\0\x04\0\x04\0"s,  // LDAP's answer to a bind
           "\x03\0\0\x0b\x06\xe0\0\0\0\0\0"s,                      // RDP's request
           "\x03\0\0\x0b\x0f\xd0\0\0\0\0\0"s,                      // longer inside than outside
           "\0\0\x11\x04\0\0\0\0\0"s,                              // settings of 17 bytes
           "\0\0\0\x04\0\0\0\0\x01"s,                              // settings of a stream
           "E\0\0\0\x03S"s,
       }) {
    INFO(net::printable(sent, 100));
    CHECK(recognise(sent).name.empty());
  }
}

TEST_CASE("services: banners are printable and at most 80 characters, however much is sent") {
  const net::Service service = recognise("SSH-2.0-\x1b[31m\a\xff" + std::string(10'000'000, 'x'));
  CHECK(service.name == "SSH");
  CHECK(service.banner == "SSH-2.0-.[31m.." + std::string(62, 'x') + "...");
  CHECK(service.banner.size() == 80);
}

TEST_CASE("services: changed bytes never break the recognition") {
  std::mt19937 random(21);  // NOLINT: the same changes in every run
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  for (const Sample& sample : samples()) {
    for (int round = 0; round < 300; ++round) {
      std::string mutant = sample.sent;
      for (std::size_t change = 1 + below(4); change > 0; --change) {
        mutant[below(mutant.size())] = static_cast<char>(below(256));
      }
      mutant.resize(1 + below(mutant.size()));
      const net::Service service = recognise(mutant);
      CHECK(service.banner.size() <= 80);
      CHECK(std::all_of(service.banner.begin(), service.banner.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
  }
}

}  // namespace tlsward
