// The two halves of recognising a service: by structure and by words.
#pragma once

#include <optional>
#include <string_view>

#include "net/service.h"

namespace tlsward::net {

/// A service with its banner made printable.
Service make_service(std::string_view name, StartTls starttls, std::string_view banner);

/// MySQL, PostgreSQL, LDAP, RDP, HTTP/2 and AMQP, whose packets leave no doubt. Nullopt for all others.
std::optional<Service> recognise_packet(std::string_view sent);
/// Protocols of lines and tags. Nullopt where no word tells.
std::optional<Service> recognise_words(std::string_view sent);

}  // namespace tlsward::net
