// A target is what people paste: a name, an address, a URL. First the text is taken apart (scheme, authority, path),
// then the authority into host and port. What follows a path's '?' or '#' may be a secret, and so may what stands in
// front of
// '@': neither is kept or shown.
#include "probe/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "probe/host_text.h"
#include "probe/quoted.h"

namespace tlsward::probe {
namespace {

using net::StartTls;

constexpr std::string_view kAccepted = "accepted are HOST, HOST:PORT, IPv4, [IPv6], [IPv6]:PORT and URLs";

struct Scheme {
  std::string_view name;
  std::uint16_t port;  // 0: the run's default
  StartTls starttls;   // None: TLS from the first byte
};

// Ports: IANA "Service Name and Transport Protocol Port Number Registry"; 465, 993 and 995 by RFC 8314, 3.
constexpr std::array kSchemes = {
    Scheme{"https", 443, StartTls::None},
    Scheme{"wss", 443, StartTls::None},
    Scheme{"tls", 0, StartTls::None},
    Scheme{"smtp", 25, StartTls::Smtp},
    Scheme{"submission", 587, StartTls::Smtp},
    Scheme{"smtps", 465, StartTls::None},
    Scheme{"submissions", 465, StartTls::None},
    Scheme{"lmtp", 24, StartTls::Lmtp},
    Scheme{"imap", 143, StartTls::Imap},
    Scheme{"imaps", 993, StartTls::None},
    Scheme{"pop3", 110, StartTls::Pop3},
    Scheme{"pop3s", 995, StartTls::None},
    Scheme{"ftp", 21, StartTls::Ftp},
    Scheme{"ftps", 990, StartTls::None},
    Scheme{"ldap", 389, StartTls::Ldap},
    Scheme{"ldaps", 636, StartTls::None},
    Scheme{"xmpp", 5222, StartTls::Xmpp},
    Scheme{"xmpp-server", 5269, StartTls::XmppServer},
    Scheme{"postgres", 5432, StartTls::Postgres},
    Scheme{"postgresql", 5432, StartTls::Postgres},
    Scheme{"mysql", 3306, StartTls::Mysql},
    Scheme{"irc", 6667, StartTls::Irc},
    Scheme{"ircs", 6697, StartTls::None},
    Scheme{"nntp", 119, StartTls::Nntp},
    Scheme{"nntps", 563, StartTls::None},
    Scheme{"sieve", 4190, StartTls::Sieve},
    Scheme{"rdp", 3389, StartTls::Rdp},
    Scheme{"mqtts", 8883, StartTls::None},
    Scheme{"amqps", 5671, StartTls::None},
};

const Scheme* find_scheme(std::string_view name) {
  const auto equal = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
  };
  const auto found = std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& scheme) {
    return std::equal(name.begin(), name.end(), scheme.name.begin(), scheme.name.end(), equal);
  });
  return found == kSchemes.end() ? nullptr : &*found;
}

struct Parts {
  std::string_view kept;  // without query and fragment
  std::optional<std::string_view> scheme;
  std::string_view authority;  // host and port
  std::string_view path;
};

Parts split(std::string_view text) {
  Parts parts;
  parts.kept = text.substr(0, text.find_first_of("?#"));
  parts.authority = parts.kept;
  if (const std::size_t colon = parts.kept.find("://"); colon != std::string_view::npos) {
    parts.scheme = parts.kept.substr(0, colon);
    parts.authority.remove_prefix(colon + 3);
  }
  const std::size_t slash = std::min(parts.authority.find('/'), parts.authority.size());
  parts.path = parts.authority.substr(slash);
  parts.authority = parts.authority.substr(0, slash);
  return parts;
}

struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

Result<Authority> split_authority(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return Error{"there is no ']' behind the IPv6 address"};
    const std::string_view host = text.substr(1, close - 1), rest = text.substr(close + 1);
    if (host.find(':') == std::string_view::npos) return Error{"between '[' and ']' stands an IPv6 address"};
    if (rest.empty()) return Authority{host, {}};
    if (rest.front() != ':') return Error{"behind ']' stands nothing, or ':' and a port"};
    return Authority{host, rest.substr(1)};
  }
  const auto colons = std::count(text.begin(), text.end(), ':');
  if (colons != 1) return Authority{text, {}};  // a name, or a bare IPv6 address
  const std::size_t colon = text.find(':');
  return Authority{text.substr(0, colon), text.substr(colon + 1)};
}

Error scheme_error(std::string_view scheme) {
  if (scheme == "http" || scheme == "ws") return Error{"http is plain text; write https://, or HOST:PORT"};
  std::vector<std::string_view> names;
  for (const Scheme& known : kSchemes) names.push_back(known.name);
  return Error{fmt::format("scheme {} is not known; known are {}", quoted(scheme), fmt::join(names, ", "))};
}

Result<Target> read_authority(const Parts& parts, const Scheme* scheme, std::uint16_t default_port) {
  const auto authority = split_authority(parts.authority);
  if (!authority) return authority.error();
  if (authority->host.empty()) return Error{fmt::format("there is no host name; {}", kAccepted)};
  auto host = parse_host(authority->host);
  if (!host) return host.error();
  Target target{std::string(parts.kept), std::move(*host), default_port, authority->port.has_value(), {}};
  if (scheme != nullptr) target.starttls = scheme->starttls;
  if (scheme != nullptr && scheme->port != 0) target.port = scheme->port;
  if (!authority->port) return target;
  const auto port = parse_port(*authority->port);
  if (!port) return port.error();
  target.port = *port;
  return target;
}

Result<Target> read(const Parts& parts, std::uint16_t default_port) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(parts.kept.begin(), parts.kept.end(), blank))
    return Error{fmt::format("a blank is in it; {}", kAccepted)};
  if (std::any_of(parts.kept.begin(), parts.kept.end(), control))
    return Error{fmt::format("a control character is in it; {}", kAccepted)};
  const Scheme* scheme = parts.scheme ? find_scheme(*parts.scheme) : nullptr;
  if (parts.scheme && scheme == nullptr) return scheme_error(*parts.scheme);
  if (!parts.scheme && !parts.path.empty())
    return Error{"a path needs a scheme in front (https://HOST/...), and a block of addresses is ADDRESS/BITS"};
  return read_authority(parts, scheme, default_port);
}

}  // namespace

Result<Target> parse_target(std::string_view text, std::uint16_t default_port) {
  const Parts parts = split(text);
  if (parts.kept.empty()) return Error{fmt::format("the target is empty; {}", kAccepted)};
  if (parts.authority.find('@') != std::string_view::npos)
    return Error{"a target with '@' in it (not repeated here): user names and passwords have no place in a target"};
  auto target = read(parts, default_port);
  if (!target) return Error{fmt::format("{}: {}", quoted(parts.kept), target.error().message)};
  return target;
}

}  // namespace tlsward::probe
