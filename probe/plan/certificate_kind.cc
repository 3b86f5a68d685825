#include "probe/plan/certificate_kind.h"

namespace tlsward::probe {

std::string_view kind_of(const tls::KeyFacts& key) {
  switch (key.type) {
    case tls::KeyType::Rsa:
      return "RSA";
    case tls::KeyType::RsaPss:
      return "RSA-PSS";
    case tls::KeyType::Ec:
      return "ECDSA";
    case tls::KeyType::Ed25519:
    case tls::KeyType::Ed448:
      return "EdDSA";
    case tls::KeyType::Dsa:
      return "DSA";
    default:
      return "unknown";
  }
}

}  // namespace tlsward::probe
