// What a port speaks when it does not speak TLS.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "net/starttls.h"

namespace tlsward::net {

struct Service {
  std::string name;                    // "HTTP", "SSH", "SMTP", "MySQL"; empty where nobody knows
  StartTls starttls = StartTls::None;  // what to ask for instead
  std::string banner;                  // its first line, printable ASCII only, at most 80 characters
};

/// Recognises a service by the first bytes that it sent, unasked or in answer to a ClientHello: an HTTP error, SSH's
/// banner, greetings of SMTP, FTP, POP3, IMAP, NNTP, IRC, Sieve, MySQL, PostgreSQL, Redis, AMQP, LDAP, XMPP, RDP, VNC,
/// memcached.
Service recognise_service(std::span<const std::uint8_t> first_bytes);

}  // namespace tlsward::net
