// Plain questions about certificates and keys that need no cryptography.
#include "tls/certificate.h"

namespace tlsward::tls {
namespace {

struct Step {
  int bits;
  int strength;
};

// NIST SP 800-57 part 1 revision 5 (May 2020), table 2.
constexpr Step kIntegerSteps[] = {{15360, 256}, {7680, 192}, {3072, 128}, {2048, 112}, {1024, 80}};
constexpr Step kCurveSteps[] = {{512, 256}, {384, 192}, {256, 128}, {224, 112}, {160, 80}};

template <std::size_t N>
int strength_of(int bits, const Step (&steps)[N]) {
  for (const auto& step : steps) {
    if (bits >= step.bits) return step.strength;
  }
  return 0;
}

}  // namespace

std::string_view name(KeyType type) {
  switch (type) {
    case KeyType::Unknown:
      return "unknown";
    case KeyType::Rsa:
      return "RSA";
    case KeyType::RsaPss:
      return "RSA-PSS";
    case KeyType::Dsa:
      return "DSA";
    case KeyType::Ec:
      return "EC";
    case KeyType::Ed25519:
      return "Ed25519";
    case KeyType::Ed448:
      return "Ed448";
    case KeyType::Dh:
      return "DH";
  }
  return "unknown";
}

int equivalent_strength(const KeyFacts& key) {
  switch (key.type) {
    case KeyType::Unknown:
      return 0;
    case KeyType::Rsa:
    case KeyType::RsaPss:
    case KeyType::Dsa:
    case KeyType::Dh:
      return strength_of(key.bits, kIntegerSteps);
    case KeyType::Ec:
      return strength_of(key.bits, kCurveSteps);
    // RFC 8032, 1: about 128 and 224 bits, which the steps above would miss for fields of 255 and 448 bits.
    case KeyType::Ed25519:
      return 128;
    case KeyType::Ed448:
      return 224;
  }
  return 0;
}

bool names_issuer(const CertificateFacts& issuer, const CertificateFacts& certificate) {
  // RFC 5280, 4.1.2.4: the issuer field is never empty, so two empty names prove nothing.
  if (certificate.issuer.empty() || issuer.subject != certificate.issuer) return false;
  const bool both_known = !issuer.subject_key_id.empty() && !certificate.authority_key_id.empty();
  return !both_known || issuer.subject_key_id == certificate.authority_key_id;
}

std::string_view name(Encoding encoding) {
  switch (encoding) {
    case Encoding::Empty:
      return "empty";
    case Encoding::Pem:
      return "PEM";
    case Encoding::Der:
      return "DER";
    case Encoding::Pkcs12:
      return "PKCS#12";
    case Encoding::Pkcs7:
      return "PKCS#7";
    case Encoding::JavaKeyStore:
      return "Java key store";
    case Encoding::Text:
      return "text";
    case Encoding::Placeholder:
      return "placeholder";
  }
  return "unknown";
}

}  // namespace tlsward::tls
