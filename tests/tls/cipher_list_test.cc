#include "tls/cipher_list.h"

#include "tests/catch.h"

using namespace tlsward::tls;

namespace {

constexpr CipherSuite kTls13Aes128{0x1301};
constexpr CipherSuite kGcm{0xC02F};
constexpr CipherSuite kCbc{0xC013};
constexpr CipherSuite kRc4{0x0005};
constexpr CipherSuite kPsk{0xCCAC};

ListedCipher listed(CipherSuite suite) {
  ListedCipher entry;
  entry.suite = suite;
  entry.accepted = true;
  return entry;
}

TlsContext context(std::vector<Version> versions, const std::vector<CipherSuite>& suites) {
  TlsContext result;
  result.versions.value = std::move(versions);
  result.cipher_list.origin = Origin::Written;
  for (const CipherSuite suite : suites) result.cipher_list.value.push_back(listed(suite));
  return result;
}

}  // namespace

TEST_CASE("cipher list: an entry is reached by an enabled version of its own") {
  const TlsContext old = context({kTls11}, {kGcm, kCbc});
  CHECK_FALSE(may_be_negotiated(old, old.cipher_list.value[0]));
  CHECK(may_be_negotiated(old, old.cipher_list.value[1]));
}

TEST_CASE("cipher list: the gateway's own table wins over the registry") {
  ListedCipher entry = listed(kCbc);
  entry.versions = {kTls11};
  CHECK(offers(entry, kTls11));
  CHECK_FALSE(offers(entry, kTls12));
  entry.accepted = false;
  CHECK_FALSE(offers(entry, kTls11));
}

TEST_CASE("cipher list: where the versions are not known, every entry may be negotiated") {
  TlsContext unknown = context({}, {kGcm});
  CHECK(may_be_negotiated(unknown, unknown.cipher_list.value[0]));
  unknown.versions = {{kTls10}, Origin::Unresolved, {}, {}};
  CHECK(may_be_negotiated(unknown, unknown.cipher_list.value[0]));
}

TEST_CASE("cipher list: what stays when others go is neither of TLS 1.3 nor in need of a key") {
  CHECK(keeps_working_suite(context({kTls12, kTls13}, {kTls13Aes128, kCbc})));
  CHECK_FALSE(keeps_sound_suite(context({kTls12, kTls13}, {kTls13Aes128, kCbc, kRc4})));
  CHECK(keeps_sound_suite(context({kTls12, kTls13}, {kRc4, kGcm})));
  CHECK_FALSE(keeps_working_suite(context({kTls12, kTls13}, {kTls13Aes128, kPsk})));
  CHECK_FALSE(keeps_working_suite(context({kTls13}, {kTls13Aes128, kGcm})));
}

TEST_CASE("context: suites with a pre-shared key make no version negotiable where none can be set") {
  TlsContext psk = context({kTls12}, {kPsk});
  psk.ciphers.value[kTls12] = {kPsk};
  CHECK(negotiable_versions(psk).empty());
  psk.psk_configurable = true;
  CHECK(negotiable_versions(psk) == std::vector<Version>{kTls12});
}

TEST_CASE("context: versions are listed as in a sentence") {
  CHECK(names({}) == "none");
  CHECK(names({kTls12}) == "TLS 1.2");
  CHECK(names({kTls10, kTls11}) == "TLS 1.0 and TLS 1.1");
  CHECK(names({kTls10, kTls11, kTls12}) == "TLS 1.0, TLS 1.1 and TLS 1.2");
}
