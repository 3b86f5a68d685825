// Keys that protect session tickets (RFC 5077, 4), shared by all threads and kept over reloads.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <memory>

namespace tlsward::serve {

/// Immutable, random, wiped when it goes.
class TicketKeys {
 public:
  TicketKeys();
  ~TicketKeys();
  TicketKeys(const TicketKeys&) = delete;
  TicketKeys& operator=(const TicketKeys&) = delete;

  /// Has the context make and read its tickets with these. The keys outlive it.
  void apply(SSL_CTX* context) const;

 private:
  static int on_ticket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
                       int encrypt);

  std::array<unsigned char, 16> name_;
  std::array<unsigned char, 32> encryption_, authentication_;
};

}  // namespace tlsward::serve
