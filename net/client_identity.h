// The insides of ClientIdentity. Private to net/.
#pragma once

#include "net/tls_client.h"
#include "pki/openssl_ptr.h"

namespace tlsward::net {

class ClientIdentity {
 public:
  ClientIdentity(pki::X509Ptr its_certificate, pki::KeyPtr its_key, pki::OwnedCertificatesPtr its_chain)
      : certificate(std::move(its_certificate)), key(std::move(its_key)), chain(std::move(its_chain)) {}

  const pki::X509Ptr certificate;
  const pki::KeyPtr key;
  const pki::OwnedCertificatesPtr chain;  // what is sent behind the certificate; may be null
};

}  // namespace tlsward::net
