// Makes certificates with their keys: for throw-away authorities and for faulty ones that clients are tested with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::pki {

/// What a certificate says.
struct CertificatePlan {
  std::string common_name;
  std::vector<std::string> dns_names, ip_addresses;  // none of both: no subjectAltName
  tls::Time not_before{}, not_after{};
  int rsa_bits = 0;  // 0: a P-256 key
  bool authority = false;
  bool server_auth = false, client_auth = false;  // neither: no extended key usage
  std::string_view digest = "SHA256";             // of the signature
};

/// PEM texts. `key` is unencrypted: wipe it when it has been used (OPENSSL_cleanse, or `wipe`).
struct IssuedCertificate {
  std::string certificate, key;
};

/// Signed by `issuer`, or by itself where that is nullptr. The serial number is random (RFC 5280, 4.1.2.2). Error: what
/// OpenSSL refuses.
Result<IssuedCertificate> issue(const CertificatePlan& plan, const IssuedCertificate* issuer);

/// Overwrites a secret.
void wipe(std::string& secret);

}  // namespace tlsward::pki
