// What a port speaks when it does not speak TLS.
#pragma once

#include <cstdint>
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
/// banner, greetings of SMTP, LMTP, FTP, POP3, IMAP, NNTP, IRC, Sieve, MySQL, MariaDB, PostgreSQL, Redis, AMQP, LDAP,
/// XMPP, RDP, VNC, memcached. "SMTP or FTP", without a StartTls, where the words fit both. The banner of a binary
/// protocol is the text inside: MySQL's version, the message of an error; or "HTTP/2" (of the service "HTTP"), "AMQP
/// 0-9-1". Looks at the first 4 KiB.
Service recognise_service(std::span<const std::uint8_t> first_bytes);

}  // namespace tlsward::net
