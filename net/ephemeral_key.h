// The private half of EphemeralKey. Private to net/.
#pragma once

#include "net/encrypted_flight.h"
#include "net/secret.h"
#include "pki/openssl_ptr.h"

namespace tlsward::net {

struct EphemeralKey::Impl {
  tls::Group group;
  pki::KeyPtr key;

  /// What both sides have in common (RFC 8446, 7.4.2); empty where `peer_key` is no public key of the group.
  Secret shared_secret(tls::wire::View peer_key) const;
};

}  // namespace tlsward::net
