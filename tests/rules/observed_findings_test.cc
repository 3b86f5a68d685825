// How findings about live endpoints read.
#include <fmt/ranges.h>

#include "tests/rules/observed_endpoint.h"

namespace {

using namespace tlsward;
using namespace tlsward::tests;

/// The one finding of a healthy endpoint that was changed so.
Finding single(const Change& change) {
  Chains chains;
  HostResult result = healthy(chains);
  change(result, chains);
  const auto found = judge(result);
  INFO(text(found));
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("observed findings: an endpoint with every old suite is one finding a rule, with all names in its notes",
          "[rules]") {
  Chains chains;
  HostResult result = healthy(chains);
  std::vector<std::uint16_t> all;
  for (const tls::CipherSuiteFacts& row : tls::cipher_suites())
    if (tls::usable(row.suite, tls::kTls12)) all.push_back(row.suite.code);
  result.suites[tls::kTls12] = suites(all);
  accept(result, tls::kTls11, {0x002F, 0x0005});
  const auto found = judge(result);
  INFO(text(found));
  REQUIRE(found.size() == 3);
  CHECK(rules_of(found) == Strings{"tls/broken-cipher", "tls/obsolete-version", "tls/weak-cipher"});
  const std::string notes = fmt::format("{}", fmt::join(found[0].notes, "\n"));
  CHECK(notes.find("RC4: ") != std::string::npos);
  CHECK(notes.find("TLS_RSA_WITH_RC4_128_SHA") != std::string::npos);
  CHECK(found[2].notes.size() == 3);  // CBC, no forward secrecy, and both
}

TEST_CASE("observed findings: messages name the endpoint and what was seen", "[rules]") {
  CHECK(single([](HostResult& r, Chains&) {
          r.suites[tls::kTls12] = suites({0xC02F, 0x002F});
        }).message ==
        "api.example:443 offers TLS_RSA_WITH_AES_128_CBC_SHA, which is weak (CBC, no forward secrecy); prefer suites "
        "with ECDHE and AES-GCM or ChaCha20-Poly1305");
  CHECK(single([](HostResult& r, Chains&) {
          r.suites[tls::kTls12] = suites({0xC02F, 0x0005, 0x000A});
        }).message ==
        "api.example:443 offers 2 broken cipher suites, the first is TLS_RSA_WITH_RC4_128_SHA (RC4); use suites with "
        "ECDHE and AES-GCM or ChaCha20-Poly1305");
  CHECK(single([](HostResult& r, Chains&) {
          accept(r, tls::kTls10, {});
          accept(r, tls::kTls11, {});
        }).message ==
        "api.example:443 accepts TLS 1.0 and TLS 1.1, which RFC 8996 deprecates; the lowest version to accept is TLS "
        "1.2");
  CHECK(single([](HostResult& r, Chains&) {
          r.versions[tls::kSsl2] = kYes;
          accept(r, tls::kSsl3, {});
        }).message ==
        "api.example:443 accepts SSL 2.0 and SSL 3.0, which are broken (DROWN, POODLE); the lowest version to accept "
        "is TLS 1.2");
  CHECK(single([](HostResult& r, Chains&) {
          r.versions[tls::kTls13] = kNo;
          r.suites.erase(tls::kTls13);
        }).message == "api.example:443 does not accept TLS 1.3; its highest version is TLS 1.2");
  CHECK(single([](HostResult& r, Chains&) {
          r.host = r.sni = "shop.example";
          r.chains[0].host_matches = kNo;
        }).message ==
        "'shop.example' is not among the names of the certificate 'CN=api.example', which is for api.example");
  CHECK(single([](HostResult& r, Chains& c) {
          show(r, c.leaf("days=-1..500"));
          r.chains[0].scts_in_certificate = 2;
        }).message ==
        "the certificate 'CN=api.example' is valid for 502 days; public CAs may issue for at most 398 since "
        "2020-09-01");
  CHECK(single([](HostResult& r, Chains& c) { show(r, c.leaf("must-staple")); }).message ==
        "the certificate 'CN=api.example' requires OCSP stapling, which api.example:443 does not do");
}

TEST_CASE("observed findings: a finding about a chain says which", "[rules]") {
  const Finding finding = single([](HostResult& r, Chains& c) { show(r, c.leaf("days=-90..-1")); });
  CHECK(std::get<Endpoint>(finding.place).part == "certificate chain (RSA)");
  const Finding version = single([](HostResult& r, Chains&) { accept(r, tls::kTls10, {}); });
  CHECK(std::get<Endpoint>(version.place).part.empty());
}
