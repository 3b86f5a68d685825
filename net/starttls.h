// The words before TLS: protocols that start in clear text and change to TLS on request.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/stream.h"

namespace tlsward::net {

enum class StartTls : std::uint8_t {
  None,
  Smtp,        // RFC 3207
  Lmtp,        // RFC 2033, 3207
  Imap,        // RFC 9051
  Pop3,        // RFC 2595
  Ftp,         // RFC 4217
  Ldap,        // RFC 4511, 4.14
  Xmpp,        // RFC 6120, client to server
  XmppServer,  // RFC 6120, server to server
  Postgres,    // SSLRequest
  Mysql,       // SSL Connection Request Packet
  Irc,         // IRCv3 tls extension
  Nntp,        // RFC 4642
  Sieve,       // RFC 5804
  Rdp,         // MS-RDPBCGR, 2.2.1.1
};

/// "smtp", …, "xmpp-server", "rdp"; "none".
std::string_view name(StartTls protocol);
/// By name. Nullopt for an unknown one.
std::optional<StartTls> parse_starttls(std::string_view name);
/// All names but "none", for help and suggestions.
std::span<const std::string_view> starttls_names();

/// The protocol of a port that starts in clear text. As IANA has it: 25 and 587 smtp, 143 imap, 110 pop3, 21 ftp, 389
/// and 3268 ldap, 5222 xmpp, 5269 xmpp-server, 5432 postgres, 3306 mysql, 6665 to 6669 irc, 119 nntp, 4190 sieve, 3389
/// rdp; by long practice: 2525 smtp, 24 lmtp. None for all others, TLS from the first byte (443, 465, 993, …) among
/// them.
StartTls starttls_by_port(std::uint16_t port);

/// Has the dialogue of `protocol`, so that the next byte on `stream` is TLS; what the server sent behind its last word
/// is put back there. `host`: the domain that XMPP's stream is for. Reads at most 64 KiB. Failures: Protocol where the
/// server says no (`smtp: greeting is "421 too many connections", not 220`) or something else, Closed; others as of
/// Stream.
Task<Outcome<Nothing>> start_tls(Stream& stream, StartTls protocol, std::string host, Deadline deadline);

}  // namespace tlsward::net
