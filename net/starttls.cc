// Names, ports, and the loop that carries a dialogue over a stream. What is said stands in starttls_*.cc.
#include "net/starttls.h"

#include <algorithm>
#include <array>

#include "net/server_text.h"
#include "net/starttls_dialogue.h"

namespace tlsward::net {
namespace {

struct Named {
  StartTls protocol;
  std::string_view name;
};
constexpr std::array kNamed = {
    Named{StartTls::Smtp, "smtp"},         Named{StartTls::Lmtp, "lmtp"},
    Named{StartTls::Imap, "imap"},         Named{StartTls::Pop3, "pop3"},
    Named{StartTls::Ftp, "ftp"},           Named{StartTls::Ldap, "ldap"},
    Named{StartTls::Xmpp, "xmpp"},         Named{StartTls::XmppServer, "xmpp-server"},
    Named{StartTls::Postgres, "postgres"}, Named{StartTls::Mysql, "mysql"},
    Named{StartTls::Irc, "irc"},           Named{StartTls::Nntp, "nntp"},
    Named{StartTls::Sieve, "sieve"},       Named{StartTls::Rdp, "rdp"},
};
constexpr std::string_view kNone = "none";

constexpr auto kNames = [] {
  std::array<std::string_view, kNamed.size()> names;
  std::transform(kNamed.begin(), kNamed.end(), names.begin(), [](const Named& named) { return named.name; });
  return names;
}();

struct Port {
  std::uint16_t number;
  StartTls protocol;
};
// IANA, "Service Name and Transport Protocol Port Number Registry", but for 24 and 2525, which are long practice.
constexpr std::array kPorts = {
    Port{21, StartTls::Ftp},     Port{24, StartTls::Lmtp},  // IANA: "any private mail system"
    Port{25, StartTls::Smtp},    Port{110, StartTls::Pop3},        Port{119, StartTls::Nntp},
    Port{143, StartTls::Imap},   Port{389, StartTls::Ldap},        Port{587, StartTls::Smtp},
    Port{2525, StartTls::Smtp},  // mail providers, where 25 is blocked
    Port{3268, StartTls::Ldap},  // Active Directory's global catalogue
    Port{3306, StartTls::Mysql}, Port{3389, StartTls::Rdp},        Port{4190, StartTls::Sieve},
    Port{5222, StartTls::Xmpp},  Port{5269, StartTls::XmppServer}, Port{5432, StartTls::Postgres},
    Port{6665, StartTls::Irc},   Port{6666, StartTls::Irc},        Port{6667, StartTls::Irc},
    Port{6668, StartTls::Irc},   Port{6669, StartTls::Irc},
};

}  // namespace

std::string_view name(StartTls protocol) {
  for (const Named& named : kNamed) {
    if (named.protocol == protocol) return named.name;
  }
  return kNone;
}

std::optional<StartTls> parse_starttls(std::string_view name) {
  if (name == kNone) return StartTls::None;
  for (const Named& named : kNamed) {
    if (named.name == name) return named.protocol;
  }
  return {};
}

std::span<const std::string_view> starttls_names() {
  return kNames;
}

StartTls starttls_by_port(std::uint16_t port) {
  for (const Port& known : kPorts) {
    if (known.number == port) return known.protocol;
  }
  return StartTls::None;
}

Task<Outcome<Nothing>> start_tls(Stream& stream, StartTls protocol, std::string host, Deadline deadline) {
  constexpr std::size_t kPortion = 4096;
  StartTlsDialogue dialogue(protocol, host);
  std::array<std::uint8_t, kPortion> buffer;
  for (;;) {
    const std::string output = dialogue.take_output();
    if (!output.empty()) {
      const auto written = co_await stream.write_all(bytes_of(output), deadline);
      if (!written) co_return written.error();
    }
    if (dialogue.ending()) break;
    const auto count = co_await stream.read_some(buffer, deadline);
    if (!count) {
      dialogue.lose(count.error());
    } else if (*count == 0) {
      dialogue.hear_close();
    } else {
      dialogue.hear(std::span(buffer).first(*count));
    }
  }
  if (!dialogue.rest().empty()) stream.unread(dialogue.rest());
  co_return *dialogue.ending();
}

}  // namespace tlsward::net
