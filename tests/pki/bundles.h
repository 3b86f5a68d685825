// Shared by the tests of pki/: one factory call, and the facts that came out.
#pragma once

#include <openssl/evp.h>

#include <chrono>
#include <string>
#include <string_view>

#include "pki/pem.h"
#include "tests/catch.h"
#include "tests/certificates.h"

namespace tlsward::tests {

/// 2026-01-01T00:00:00Z, the reference date of all recipes in these tests.
inline constexpr tls::Time kNewYear{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

/// A factory whose errors fail the test.
class Files {
 public:
  std::string operator()(std::string_view name, std::string_view spec) {
    auto text = factory_.make(name, spec);
    INFO(name << ": " << spec);
    REQUIRE(text);
    return *text;
  }
  std::string operator()(std::string_view spec) { return (*this)("file", spec); }

 private:
  CertificateFactory factory_{kNewYear};
};

/// `der` between BEGIN and END, all in one line of base64.
inline std::string pem(std::string_view label, std::string_view der) {
  std::string base64(der.size() * 4 / 3 + 5, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                                   reinterpret_cast<const unsigned char*>(der.data()), static_cast<int>(der.size()));
  base64.resize(static_cast<std::size_t>(size));
  const std::string tail = std::string(label) + "-----\n";
  return "-----BEGIN " + tail + base64 + "\n-----END " + tail;
}

/// The facts of the certificate that `spec` makes.
inline tls::CertificateFacts certificate(std::string_view spec) {
  const tls::Bundle bundle = pki::read_bundle(Files()(spec));
  REQUIRE(bundle.problems.empty());
  REQUIRE(bundle.certificates.size() == 1);
  return bundle.certificates.front();
}

}  // namespace tlsward::tests
