#include "net/socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>

namespace tlsward::net {
namespace {

SocketAddress v4(const Address& address) {
  sockaddr_in plain{};
  plain.sin_family = AF_INET;
  plain.sin_port = htons(address.port);
  std::memcpy(&plain.sin_addr, address.bytes.data(), sizeof plain.sin_addr);
  SocketAddress result;
  std::memcpy(&result.storage, &plain, sizeof plain);
  result.size = sizeof plain;
  return result;
}

SocketAddress v6(const Address& address) {
  sockaddr_in6 plain{};
  plain.sin6_family = AF_INET6;
  plain.sin6_port = htons(address.port);
  plain.sin6_scope_id = address.scope;
  std::memcpy(&plain.sin6_addr, address.bytes.data(), sizeof plain.sin6_addr);
  SocketAddress result;
  std::memcpy(&result.storage, &plain, sizeof plain);
  result.size = sizeof plain;
  return result;
}

}  // namespace

SocketAddress socket_address(const Address& address) {
  return address.v6 ? v6(address) : v4(address);
}

std::optional<Address> address_of(const sockaddr* address, socklen_t size) {
  Address result;
  if (address->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in plain;
    std::memcpy(&plain, address, sizeof plain);
    std::memcpy(result.bytes.data(), &plain.sin_addr, sizeof plain.sin_addr);
    result.port = ntohs(plain.sin_port);
    return result;
  }
  if (address->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 plain;
    std::memcpy(&plain, address, sizeof plain);
    std::memcpy(result.bytes.data(), &plain.sin6_addr, sizeof plain.sin6_addr);
    result.v6 = true;
    result.port = ntohs(plain.sin6_port);
    result.scope = plain.sin6_scope_id;
    return result;
  }
  return {};
}

bool is_own_address(int fd, const Address& address) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) != 0) return false;
  return address_of(reinterpret_cast<const sockaddr*>(&own), size) == address;
}

}  // namespace tlsward::net
