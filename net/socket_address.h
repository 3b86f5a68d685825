// Address as the system's own structures, and back. Private to net/.
#pragma once

#include <sys/socket.h>

#include <optional>

#include "net/address.h"

namespace tlsward::net {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socket_address(const Address& address);
/// Nullopt for anything but IPv4 and IPv6.
std::optional<Address> address_of(const sockaddr* address, socklen_t size);

/// True where `address` is the socket's own. A connection to a free local port may be given that port as its own (TCP's
/// simultaneous open), and then has nobody but itself to talk to.
bool is_own_address(int fd, const Address& address);

}  // namespace tlsward::net
