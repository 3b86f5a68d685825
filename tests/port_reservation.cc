// A socket is bound to the port and never listens. Linux lets a second one bind and listen there when both have
// SO_REUSEADDR, but gives the port to nobody who asks for any free one: no test can take another's port.
#include "tests/port_reservation.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/catch.h"

namespace tlsward::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

PortReservation::PortReservation() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const int yes = 1;
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
  REQUIRE(bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
}

PortReservation::~PortReservation() {
  close(socket_);
}

bool accepts_connections(std::uint16_t port) {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected = connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(client);
  return connected;
}

}  // namespace tlsward::tests
