// The messages that a TLS 1.3 server encrypts, from EncryptedExtensions to Finished. Private to net/.
#pragma once

#include <cstdint>
#include <string>

#include "net/secret.h"
#include "pki/openssl_ptr.h"
#include "tls/wire/flight.h"

namespace tlsward::net {

using DigestContextPtr = pki::OpenSslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;

/// Takes whole messages in their order and fills a flight with what they tell.
class ServerMessages {
 public:
  /// `flight` has the ServerHello; `transcript` is the running hash of what came so far; `finished_key` proves the
  /// server's Finished.
  ServerMessages(tls::wire::ServerFlight flight, DigestContextPtr transcript, const EVP_MD* hash,
                 const Secret& finished_key);

  /// Reads one message, its header of 4 bytes included. False where it breaks a rule: `problem` says which.
  bool read(tls::wire::View message);
  const std::string& problem() const { return problem_; }

  tls::wire::ServerFlight flight;

 private:
  bool fail(std::string problem);
  bool keep(std::uint8_t type, tls::wire::View body);
  bool keep_certificate(tls::wire::View body);
  bool keep_compressed_certificate(tls::wire::View body);
  bool keep_verify(tls::wire::View body);
  bool check_finished(tls::wire::View body);

  DigestContextPtr transcript_;
  const EVP_MD* hash_;
  Secret finished_key_;
  int place_ = 0;  // of the last message in the order of RFC 8446, 2
  std::string problem_;
};

/// The hash of what `transcript` took so far; empty where OpenSSL failed.
Secret digest_of(const EVP_MD_CTX* transcript);

}  // namespace tlsward::net
