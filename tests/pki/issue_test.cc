#include "pki/issue.h"

#include <fmt/format.h>

#include <chrono>

#include "pki/pem.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr tls::Time kNow = std::chrono::sys_days(std::chrono::year(2031) / 5 / 17);

pki::CertificatePlan plan(const std::string& name) {
  pki::CertificatePlan plan;
  plan.common_name = name;
  plan.not_before = kNow;
  plan.not_after = kNow + days(30);
  return plan;
}

pki::IssuedCertificate issued(const pki::CertificatePlan& plan, const pki::IssuedCertificate* issuer = nullptr) {
  auto result = pki::issue(plan, issuer);
  if (!result) FAIL(result.error().message);
  return *result;
}

tls::CertificateFacts facts(const pki::IssuedCertificate& issued) {
  const tls::Bundle bundle = pki::read_bundle(issued.certificate + issued.key);
  CHECK(bundle.problems.empty());
  REQUIRE(bundle.certificates.size() == 1);
  REQUIRE(bundle.private_keys.size() == 1);
  CHECK(bundle.private_keys.front().spki_sha256 == bundle.certificates.front().key.spki_sha256);
  return bundle.certificates.front();
}

std::string verify(const pki::IssuedCertificate& leaf, const std::string& anchors, const std::string& options) {
  const tests::TemporaryDirectory directory;
  directory.write("anchors.pem", anchors);
  directory.write("leaf.pem", leaf.certificate);
  const std::string command = fmt::format("openssl verify -x509_strict -attime {} -CAfile anchors.pem {} leaf.pem 2>&1",
                                          (kNow + hours(1)).time_since_epoch().count(), options);
  return tests::run_shell(command, directory.path()).out;
}

}  // namespace

TEST_CASE("issue: an authority signs itself and has no other use than signing") {
  pki::CertificatePlan wanted = plan("An authority");
  wanted.authority = true;
  const tls::CertificateFacts made = facts(issued(wanted));
  CHECK(made.subject == "CN=An authority");
  CHECK(made.self_signed);
  CHECK(made.is_ca);
  CHECK(made.key_usage == std::vector<std::string>{"keyCertSign", "cRLSign"});
  CHECK_FALSE(made.has_eku);
  CHECK_FALSE(made.has_san);
  CHECK(made.key.curve == "P-256");
  CHECK(made.signature_digest == "SHA256");
  CHECK(made.not_before == kNow);
  CHECK(made.not_after == kNow + days(30));
}

TEST_CASE("issue: a leaf has the names, uses and key that were asked for, and verifies under its issuer") {
  pki::CertificatePlan wanted = plan("An authority");
  wanted.authority = true;
  const pki::IssuedCertificate authority = issued(wanted);
  wanted = plan("orders");
  wanted.dns_names = {"orders.test", "*.orders.test"};
  wanted.ip_addresses = {"127.0.0.1", "::1"};
  wanted.rsa_bits = 2048;
  wanted.server_auth = wanted.client_auth = true;
  const pki::IssuedCertificate leaf = issued(wanted, &authority);
  const tls::CertificateFacts made = facts(leaf);
  CHECK(made.issuer == "CN=An authority");
  CHECK(made.dns_names == wanted.dns_names);
  CHECK(made.ip_addresses == std::vector<std::string>{"127.0.0.1", "::1"});
  CHECK(made.extended_key_usage == std::vector<std::string>{"serverAuth", "clientAuth"});
  CHECK(made.key_usage == std::vector<std::string>{"digitalSignature", "keyEncipherment"});
  CHECK(made.key.type == tls::KeyType::Rsa);
  CHECK(made.key.bits == 2048);
  CHECK_FALSE(made.is_ca);
  CHECK(made.version == 3);
  CHECK(verify(leaf, authority.certificate, "-purpose sslserver -verify_hostname a.orders.test") == "leaf.pem: OK\n");
  CHECK(verify(leaf, authority.certificate, "-purpose sslclient -verify_ip ::1") == "leaf.pem: OK\n");
}

TEST_CASE("issue: serial numbers are positive, of 16 octets, and never the same") {
  const tls::CertificateFacts one = facts(issued(plan("one"))), other = facts(issued(plan("one")));
  CHECK(one.serial != other.serial);
  CHECK(one.serial_octets == 16);
  CHECK_FALSE(one.serial.starts_with('-'));
}

TEST_CASE("issue: ten thousand names") {
  pki::CertificatePlan wanted = plan("many");
  for (int i = 0; i < 10'000; ++i) wanted.dns_names.push_back(fmt::format("host-{}.test", i));
  const tls::CertificateFacts made = facts(issued(wanted));
  CHECK(made.dns_names == wanted.dns_names);
}

TEST_CASE("issue: a name cannot smuggle in another one") {
  pki::CertificatePlan wanted = plan("comma");
  wanted.dns_names = {"a.test,IP:10.0.0.1", "b.test\n"};
  const tls::CertificateFacts made = facts(issued(wanted));
  CHECK(made.dns_names.size() == 2);
  CHECK(made.dns_names.front() == "a.test,IP:10.0.0.1");
  CHECK(made.ip_addresses.empty());
}

TEST_CASE("issue: SHA-1 and short keys can be had, for faults") {
  pki::CertificatePlan wanted = plan("weak");
  wanted.digest = "SHA1";
  wanted.rsa_bits = 1024;
  const tls::CertificateFacts made = facts(issued(wanted));
  CHECK(made.signature_digest == "SHA1");
  CHECK(made.key.bits == 1024);
}

TEST_CASE("issue: what cannot be made is an error") {
  pki::CertificatePlan wanted = plan("x");
  wanted.digest = "no-such-digest";
  CHECK_FALSE(pki::issue(wanted, nullptr));
  wanted = plan("x");
  wanted.ip_addresses = {"300.1.1.1"};
  CHECK_FALSE(pki::issue(wanted, nullptr));
  CHECK_FALSE(pki::issue(plan(std::string(65, 'x')), nullptr));  // RFC 5280, appendix A: ub-common-name
  const pki::IssuedCertificate broken{"no certificate", "no key"};
  CHECK_FALSE(pki::issue(plan("x"), &broken));
}

TEST_CASE("issue: wiping leaves nothing") {
  std::string secret = "a secret that is longer than a small string";
  pki::wipe(secret);
  CHECK(secret.empty());
}

}  // namespace tlsward
