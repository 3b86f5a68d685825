// Go's crypto/tls: what survives of a configuration in which version.
#include "gateways/go.h"

#include <string>
#include <vector>

#include "tests/catch.h"
#include "tls/preference.h"

namespace {

using namespace tlsward;
using gateways::go::Build;
using gateways::go::Debug;

constexpr tls::CipherSuite kRsaAes128Gcm{0x009C};
constexpr tls::CipherSuite kEcdheRsaTripleDes{0xC012};
constexpr tls::CipherSuite kEcdheRsaAes128Gcm{0xC02F};
constexpr tls::CipherSuite kEcdheRsaAes256Gcm{0xC030};
constexpr tls::CipherSuite kEcdheEcdsaAes128Gcm{0xC02B};

Build go(std::uint16_t minor, Debug debug = {}) {
  return {{1, minor, 0}, debug};
}

bool by_default(const Build& build, tls::CipherSuite suite) {
  for (const tls::CipherSuite found : gateways::go::default_suites(build)) {
    if (found == suite) return true;
  }
  return false;
}

std::string codes(const std::vector<tls::Group>& groups) {
  std::string result;
  for (const tls::Group group : groups) result += (result.empty() ? "" : " ") + std::to_string(group.code);
  return result;
}

}  // namespace

TEST_CASE("go: the default minimum rose for clients in 1.18 and for servers in 1.22") {
  using gateways::go::default_min_version;
  CHECK(default_min_version(go(17), tls::Role::Upstream) == tls::kTls10);
  CHECK(default_min_version(go(18), tls::Role::Upstream) == tls::kTls12);
  CHECK(default_min_version(go(21), tls::Role::Listener) == tls::kTls10);
  CHECK(default_min_version(go(22), tls::Role::Listener) == tls::kTls12);
  CHECK(default_min_version(go(25, {.tls10_server = true}), tls::Role::Listener) == tls::kTls10);
  CHECK(default_min_version(go(25, {.tls10_server = true}), tls::Role::Upstream) == tls::kTls12);
}

TEST_CASE("go: a range of versions never holds SSL 3.0 or anything unknown") {
  using gateways::go::versions_between;
  CHECK(versions_between(tls::kSsl3, {0x0500}) ==
        std::vector<tls::Version>{tls::kTls10, tls::kTls11, tls::kTls12, tls::kTls13});
  CHECK(versions_between(tls::kTls13, tls::kTls12).empty());
  CHECK(versions_between(tls::kSsl3, tls::kSsl3).empty());
}

TEST_CASE("go: RSA key exchange left the default list in 1.22 and 3DES in 1.23, unless GODEBUG brings them back") {
  CHECK(by_default(go(21), kRsaAes128Gcm));
  CHECK_FALSE(by_default(go(22), kRsaAes128Gcm));
  CHECK(by_default(go(22), kEcdheRsaTripleDes));
  CHECK_FALSE(by_default(go(23), kEcdheRsaTripleDes));
  CHECK(by_default(go(25, {.rsa_key_exchange = true}), kRsaAes128Gcm));
  CHECK(by_default(go(25, {.triple_des = true}), kEcdheRsaTripleDes));
  CHECK(gateways::go::default_suites(go(21)).size() == 16);
  CHECK(gateways::go::default_suites(go(25)).size() == 10);
}

TEST_CASE("go: suites of TLS 1.3 are always all three, those below are the listed ones that the version can use") {
  const std::vector<tls::Version> versions = {tls::kTls11, tls::kTls12, tls::kTls13};
  const std::vector<tls::CipherSuite> listed = {{0x1302}, kEcdheRsaAes256Gcm, kEcdheRsaTripleDes, kEcdheRsaAes128Gcm};
  auto suites = gateways::go::suites_by_version(versions, listed);
  CHECK(suites[tls::kTls11] == std::vector<tls::CipherSuite>{kEcdheRsaTripleDes});
  CHECK(suites[tls::kTls12] ==
        std::vector<tls::CipherSuite>{kEcdheRsaAes128Gcm, kEcdheRsaAes256Gcm, kEcdheRsaTripleDes});
  CHECK(suites[tls::kTls13].size() == 3);
}

TEST_CASE("go: a suite fits the key that its signature needs") {
  using gateways::go::fits;
  const tls::KeyFacts rsa{.type = tls::KeyType::Rsa, .bits = 2048, .curve = {}, .spki_sha256 = {}};
  const tls::KeyFacts ec{.type = tls::KeyType::Ec, .bits = 256, .curve = "P-256", .spki_sha256 = {}};
  CHECK(fits(kEcdheRsaAes128Gcm, rsa));
  CHECK_FALSE(fits(kEcdheRsaAes128Gcm, ec));
  CHECK(fits(kEcdheEcdsaAes128Gcm, ec));
  CHECK_FALSE(fits(kEcdheEcdsaAes128Gcm, rsa));
  CHECK(fits({0x1301}, ec));
  CHECK(fits(kRsaAes128Gcm, rsa));
  CHECK(fits(kEcdheEcdsaAes128Gcm, tls::KeyFacts{}));
}

TEST_CASE("go: default groups by version") {
  using gateways::go::default_groups;
  CHECK(codes(default_groups(go(22))) == "29 23 24 25");
  CHECK(codes(default_groups(go(23))) == "25497 29 23 24 25");
  CHECK(codes(default_groups(go(24))) == "4588 29 23 24 25");
  CHECK(codes(default_groups(go(26))) == "4588 4587 4589 29 23 24 25");
  CHECK(codes(default_groups(go(24, {.no_hybrids = true}))) == "29 23 24 25");
}

TEST_CASE("go: groups keep their written order up to 1.23 and lose it in 1.24") {
  using gateways::go::effective_groups;
  const std::vector<tls::Group> listed = {tls::kP521, tls::kX448, tls::kX25519MlKem768, tls::kX25519, tls::kP521};
  CHECK(codes(effective_groups(go(23), listed)) == "25 29");
  CHECK(codes(effective_groups(go(24), listed)) == "4588 29 25");
  CHECK(codes(effective_groups(go(24, {.no_hybrids = true}), listed)) == "29 25");
  CHECK(codes(effective_groups(go(24), {})) == "4588 29 23 24 25");
}

TEST_CASE("go: net/http wants a suite that HTTP/2 requires, unless TLS 1.2 is off or there is no list") {
  using gateways::go::http2_starts;
  const std::vector<tls::CipherSuite> without = {kEcdheRsaAes256Gcm};
  const std::vector<tls::CipherSuite> with = {kEcdheRsaAes256Gcm, kEcdheEcdsaAes128Gcm};
  CHECK_FALSE(http2_starts(tls::kTls12, without));
  CHECK(http2_starts(tls::kTls12, with));
  CHECK(http2_starts(tls::kTls13, without));
  CHECK(http2_starts(tls::kTls12, {}));
}
