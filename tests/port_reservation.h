// A free port for a server that cannot find one itself.
#pragma once

#include <cstdint>

namespace tlsward::tests {

/// Keeps a TCP port of 127.0.0.1 for a server that sets SO_REUSEADDR, as long as the object lives.
class PortReservation {
 public:
  PortReservation();
  ~PortReservation();
  PortReservation(const PortReservation&) = delete;
  PortReservation& operator=(const PortReservation&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

/// True where somebody accepts connections to this port of 127.0.0.1. (It costs the server one connection.)
bool accepts_connections(std::uint16_t port);

}  // namespace tlsward::tests
