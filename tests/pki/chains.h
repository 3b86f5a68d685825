// Chains for the tests of verification: certificates by recipe, as the bytes that a server sends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pki/verify.h"
#include "tests/pki/bundles.h"
#include "tests/process.h"

namespace tlsward::tests {

/// `certificate` in PEM.
inline std::string pem_text(const pki::DerBytes& certificate) {
  return pem("CERTIFICATE", std::string(certificate.begin(), certificate.end()));
}

/// Makes certificates and remembers their DER by name.
class Chains {
 public:
  /// One certificate as a server sends it.
  pki::DerBytes operator()(std::string_view name, const std::string& spec) {
    const std::string der = files_(name, spec + " der");
    return {der.begin(), der.end()};
  }
  /// A file with the trust anchors `certificates`.
  pki::TrustAnchors anchors(const std::vector<pki::DerBytes>& certificates) {
    std::string text;
    for (const pki::DerBytes& der : certificates) text += pem_text(der);
    directory_.write("anchors.pem", text);
    auto anchors = pki::TrustAnchors::from_file(directory_.path() + "/anchors.pem");
    REQUIRE(anchors);
    return std::move(*anchors);
  }

 private:
  Files files_;
  TemporaryDirectory directory_;
};

}  // namespace tlsward::tests
