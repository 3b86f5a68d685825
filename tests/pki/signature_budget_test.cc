// Hostile keys and crowds of certificates: signatures are checked within bounds.
#include "pki/signature_budget.h"

#include <chrono>
#include <string>

#include "pki/x509.h"
#include "tests/pki/bundles.h"
#include "tests/pki/hostile.h"

namespace tlsward {
namespace {

using tests::rsa_key;

/// A certificate that claims to have signed itself with `key`.
std::string claims_self_signed(EVP_PKEY* key) {
  return tests::with_key(tests::Files()("rsa:2048 der"), key);
}

TEST_CASE("signatures: RSA keys over 16,384 bits or with exponents over 64 bits check none") {
  CHECK(pki::may_check_signatures_of(rsa_key(2048, 17).get()));
  CHECK(pki::may_check_signatures_of(rsa_key(16'384, 64).get()));
  CHECK_FALSE(pki::may_check_signatures_of(rsa_key(16'385, 17).get()));
  CHECK_FALSE(pki::may_check_signatures_of(rsa_key(2048, 65).get()));
  const pki::KeyPtr curve(EVP_EC_gen("P-256"));
  CHECK(pki::may_check_signatures_of(curve.get()));
}

TEST_CASE("signatures: a budget is spent on 200 short keys or 12 of the longest") {
  const auto count = [](const pki::KeyPtr& key) {
    pki::SignatureBudget budget;
    int checks = 0;
    while (budget.spend(key.get())) ++checks;
    return checks;
  };
  CHECK(count(rsa_key(2048, 17)) == 200);
  CHECK(count(rsa_key(4096, 17)) == 200);
  CHECK(count(rsa_key(8192, 17)) == 50);
  CHECK(count(rsa_key(16'384, 17)) == 12);
  CHECK(count(rsa_key(16'386, 17)) == 0);
}

TEST_CASE("signatures: a self-signature that is too dear to check is believed where names and key identifiers fit") {
  const std::string der = claims_self_signed(rsa_key(16'392, 17).get());
  const auto read = pki::read_certificate({reinterpret_cast<const unsigned char*>(der.data()), der.size()});
  REQUIRE(read);
  CHECK(read->facts.key.bits == 16'392);
  CHECK(read->facts.self_issued);
  CHECK(read->facts.self_signed);
}

TEST_CASE("signatures: a wrong self-signature of an ordinary key is found out") {
  const std::string der = claims_self_signed(rsa_key(2048, 17).get());
  const auto read = pki::read_certificate({reinterpret_cast<const unsigned char*>(der.data()), der.size()});
  REQUIRE(read);
  CHECK(read->facts.self_issued);
  CHECK_FALSE(read->facts.self_signed);
}

TEST_CASE("signatures: 4 MiB of the dearest certificates are read in the time of a few signatures") {
  const std::string one = tests::pem("CERTIFICATE", claims_self_signed(rsa_key(16'384, 64).get()));
  std::string text;
  while (text.size() + one.size() <= 4 * 1024 * 1024) text += one;
  const auto start = std::chrono::steady_clock::now();
  const tls::Bundle bundle = pki::read_bundle(text);
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(bundle.certificates.size() > 600);
  CHECK_FALSE(bundle.certificates.front().self_signed);
  CHECK(bundle.certificates.back().self_signed);
  CHECK(took < std::chrono::seconds{6});  // over 10 s without the bound, 0.4 s with it
}

}  // namespace
}  // namespace tlsward
