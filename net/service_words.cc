// Services that begin with a line of text. Most have a first word of their own. Replies with a number (SMTP, FTP and
// others) look alike, so that the words behind the number decide, and IRC names the server first.
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "net/reply.h"
#include "net/server_text.h"
#include "net/service_recognisers.h"

namespace tlsward::net {
namespace {

struct Beginning {
  std::string_view text;
  std::string_view name;
  StartTls starttls;
};
constexpr std::array kBeginnings = {
    Beginning{"SSH-", "SSH", StartTls::None},    // RFC 4253, 4.2
    Beginning{"HTTP/", "HTTP", StartTls::None},  // RFC 9112, 4
    Beginning{"RFB ", "VNC", StartTls::None},    // RFC 6143, 7.1.1
    Beginning{"* OK", "IMAP", StartTls::Imap},   // RFC 9051, 7.1
    Beginning{"* PREAUTH", "IMAP", StartTls::Imap},
    Beginning{"* BYE", "IMAP", StartTls::Imap},
    Beginning{"+OK", "POP3", StartTls::Pop3},                   // RFC 1939, 4
    Beginning{"\"IMPLEMENTATION\"", "Sieve", StartTls::Sieve},  // RFC 5804, 1.7
    Beginning{"-DENIED ", "Redis", StartTls::None},             // protected mode
    Beginning{"-NOAUTH ", "Redis", StartTls::None},
    Beginning{"-NOPERM ", "Redis", StartTls::None},
    Beginning{"ERROR\r\n", "memcached", StartTls::None},  // "protocol.txt", error strings
    Beginning{"CLIENT_ERROR ", "memcached", StartTls::None},
    Beginning{"SERVER_ERROR ", "memcached", StartTls::None},
    Beginning{"ERROR :", "IRC", StartTls::Irc},  // RFC 2812, 3.7.4
    Beginning{"NOTICE ", "IRC", StartTls::Irc},
};

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<Service> recognise_beginning(std::string_view sent) {
  for (const Beginning& beginning : kBeginnings) {
    if (sent.starts_with(beginning.text)) return make_service(beginning.name, beginning.starttls, sent);
  }
  return {};
}

// Both Redis and POP3 refuse with -ERR; POP3 does so at once only where it is in trouble.
std::optional<Service> recognise_err(std::string_view sent) {
  if (!starts_with_word(first_line(sent), "-ERR")) return {};
  const std::string said = lower_case(sent);
  if (has_any(said, {"pop", "mail", "[in-use]", "[sys/", "[login-delay]"})) {
    return make_service("POP3", StartTls::Pop3, sent);
  }
  return make_service("Redis", StartTls::None, sent);
}

// HTTP/0.9 has no status line (and servers that cannot read the version of a request answer in it).
std::optional<Service> recognise_html(std::string_view sent) {
  const std::size_t begin = sent.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  const std::string_view page = sent.substr(begin);
  const std::string said = lower_case(page);
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<title", "<body", "<h1", "400 bad request"}) {
    if (said.starts_with(tag)) return make_service("HTTP", StartTls::None, page);
  }
  return {};
}

std::optional<Service> recognise_xmpp(std::string_view sent) {
  if (!sent.starts_with("<?xml") && !sent.starts_with("<stream:")) return {};
  if (!has_any(sent, {"<stream:", "jabber:client", "jabber:server"})) return {};
  const bool server = has_any(sent, {"'jabber:server'", "\"jabber:server\""});
  return make_service("XMPP", server ? StartTls::XmppServer : StartTls::Xmpp, sent);
}

// ":irc.example NOTICE * :*** Looking up your hostname", ":irc.example 451 * :You have not registered"
std::optional<Service> recognise_irc(std::string_view sent) {
  const std::string_view line = first_line(sent);
  const std::size_t space = line.find(' ');
  if (!line.starts_with(':') || space == std::string_view::npos) return {};
  const std::string_view message = line.substr(space + 1);
  if (!starts_with_word(message, "NOTICE") && parse_reply_line(message).code == 0) return {};
  return make_service("IRC", StartTls::Irc, sent);
}

/// `text` begins with an enhanced status code of SMTP (RFC 3463, 2): "5.5.2 ".
bool has_enhanced_code(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  return text.size() >= 6 && digit(0) && text[1] == '.' && digit(2) && text[3] == '.' && digit(4);
}

std::optional<Service> recognise_reply(std::string_view sent) {
  const ReplyLine reply = parse_reply_line(first_line(sent));
  const std::string said = lower_case(sent);
  const bool news = has_any(said, {"nntp", "news"});
  if (reply.code == 200 || reply.code == 201 || (reply.code >= 400 && news)) {
    return make_service("NNTP", StartTls::Nntp, sent);
  }
  // RFC 5321, 4.2.3 and RFC 959, 4.2.2: the mildest refusal is 421; 554 is SMTP's alone.
  constexpr int kReady = 220, kNotAvailable = 421, kNoMailHere = 554;
  if (reply.code != kReady && reply.code < kNotAvailable) return {};

  if (has_any(said, {"lmtp"})) return make_service("LMTP", StartTls::Lmtp, sent);
  const bool mail = reply.code == kNoMailHere || has_enhanced_code(reply.text) ||
                    has_any(said, {"smtp", "mail", "postfix", "exim", "dovecot"});
  const bool files = has_any(said, {"ftp", "filezilla", "serv-u"});
  const bool surely_mail = has_any(said, {"esmtp"});
  const bool surely_files = has_any(said, {"ftpd", "ftp server", "ftp service"});
  if (surely_mail || (mail && !files)) return make_service("SMTP", StartTls::Smtp, sent);
  if (surely_files || (files && !mail)) return make_service("FTP", StartTls::Ftp, sent);
  return make_service("SMTP or FTP", StartTls::None, sent);
}

}  // namespace

std::optional<Service> recognise_words(std::string_view sent) {
  for (const auto recognise :
       {recognise_beginning, recognise_err, recognise_html, recognise_xmpp, recognise_irc, recognise_reply}) {
    if (auto service = recognise(sent)) return service;
  }
  return {};
}

}  // namespace tlsward::net
