#include "probe/plan/hello.h"

#include <algorithm>
#include <set>
#include <string>

#include "probe/plan/known_orders.h"
#include "tests/catch.h"

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;
namespace extension = tls::wire::extension;

bool has(const wire::ClientHello& hello, std::uint16_t type) {
  return wire::find(hello.extensions, type).has_value();
}

template <class T>
bool no_duplicates(const std::vector<T>& items) {
  return std::set<T>(items.begin(), items.end()).size() == items.size();
}

template <class T>
bool contains(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

Offer offer_of(tls::Version version) {
  Offer offer;
  offer.version = version;
  offer.suites = {{0xc02f}, {0x1301}};
  return offer;
}

std::size_t size_with(HelloWriter& writer, Offer offer, std::size_t suites) {
  offer.suites.assign(suites, {0xc02f});
  return wire::write_records(writer.write(offer)).size();
}

}  // namespace

TEST_CASE("hello: the suites to ask for are all that are registered, each once, without signals") {
  const auto& old = suites_to_ask(tls::kTls12);
  const auto& modern = suites_to_ask(tls::kTls13);
  CHECK(no_duplicates(old));
  CHECK(no_duplicates(modern));
  for (const tls::CipherSuiteFacts& row : tls::cipher_suites()) {
    CAPTURE(row.name);
    const int lists = contains(old, row.suite) + contains(modern, row.suite);
    CHECK(lists == (tls::is_signalling(row.suite) ? 0 : 1));
    if (contains(modern, row.suite)) CHECK(tls::usable(row.suite, tls::kTls13));
  }
  for (const auto unregistered : std::vector<tls::CipherSuite>{{0xcc13}, {0xcc14}, {0xcc15}, {0xfeff}, {0xfefe}})
    CHECK(contains(old, unregistered));
}

TEST_CASE("hello: every older version is asked for the suites of TLS 1.2 too") {
  CHECK(suites_to_ask(tls::kSsl3) == suites_to_ask(tls::kTls12));
  CHECK(suites_to_ask(tls::kTls10) == suites_to_ask(tls::kTls12));
}

TEST_CASE("hello: the likely suites stand in front of the rare ones") {
  const auto& suites = suites_to_ask(tls::kTls12);
  const auto place = [&](std::uint16_t code) {
    return std::find(suites.begin(), suites.end(), tls::CipherSuite{code});
  };
  CHECK(place(0xc02f) < place(0x009e));
  CHECK(place(0x009e) < place(0x00a8));
  CHECK(place(0x002f) < place(0x0001));
  CHECK(place(0xc030) < place(0x001b));
}

TEST_CASE("hello: groups and signature schemes by version, each once, the likely ones first") {
  const auto& old = groups_to_ask(tls::kTls12);
  const auto& modern = groups_to_ask(tls::kTls13);
  CHECK(no_duplicates(old));
  CHECK(no_duplicates(modern));
  CHECK(old.front() == tls::kX25519);
  CHECK(modern.front() == tls::kX25519);
  CHECK(contains(modern, tls::kX25519MlKem768));
  CHECK_FALSE(contains(old, tls::kX25519MlKem768));
  CHECK(contains(modern, tls::Group{256}));
  CHECK_FALSE(contains(old, tls::Group{256}));
  for (const tls::GroupFacts& row : tls::groups())
    if (row.tls13 && row.bits > 0) CHECK(contains(modern, row.group));
  CHECK(no_duplicates(signatures_to_ask(tls::kTls12)));
  CHECK(no_duplicates(signatures_to_ask(tls::kTls13)));
  CHECK(contains(signatures_to_ask(tls::kTls12), tls::SignatureScheme{0x0201}));
}

TEST_CASE("hello: known orders name each suite once, and nothing that is not asked for") {
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    CHECK_FALSE(known_suite_orders(version).empty());
    for (const auto& order : known_suite_orders(version)) {
      CHECK(no_duplicates(order));
      for (const tls::CipherSuite suite : order) {
        CAPTURE(suite.code);
        CHECK(contains(suites_to_ask(version), suite));
      }
    }
  }
  for (const auto& order : known_group_orders()) {
    CHECK(no_duplicates(order));
    for (const tls::Group group : order) CHECK(contains(groups_to_ask(tls::kTls13), group));
  }
}

TEST_CASE("hello: TLS 1.3 says TLS 1.2 in front and the truth in supported_versions") {
  HelloWriter writer("www.example.org", 1);
  Offer offer = offer_of(tls::kTls13);
  offer.also = {{0x7f1c}};
  const auto hello = writer.write(offer);
  CHECK(hello.legacy_version == tls::kTls12);
  const auto versions = wire::find(hello.extensions, extension::kSupportedVersions);
  REQUIRE(versions);
  CHECK(wire::Bytes(versions->begin(), versions->end()) == wire::Bytes{4, 0x03, 0x04, 0x7f, 0x1c});
  CHECK(has(hello, extension::kKeyShare));
  CHECK_FALSE(has(hello, extension::kRenegotiationInfo));
}

TEST_CASE("hello: an older version is what it says, with the extensions of its time") {
  HelloWriter writer("www.example.org", 1);
  Offer offer = offer_of(tls::kTls11);
  offer.groups = {tls::kP256};
  const auto hello = writer.write(offer);
  CHECK(hello.legacy_version == tls::kTls11);
  CHECK_FALSE(has(hello, extension::kSupportedVersions));
  CHECK_FALSE(has(hello, extension::kKeyShare));
  CHECK(has(hello, extension::kRenegotiationInfo));
  CHECK(has(hello, extension::kExtendedMasterSecret));
  CHECK(has(hello, extension::kSupportedGroups));
  CHECK(has(hello, extension::kEcPointFormats));
}

TEST_CASE("hello: without extensions the signal of secure renegotiation stands among the suites") {
  HelloWriter writer("www.example.org", 1);
  Offer offer = offer_of(tls::kSsl3);
  offer.extensions = false;
  const auto hello = writer.write(offer);
  CHECK(hello.extensions.empty());
  CHECK(hello.suites.back() == tls::CipherSuite{0x00ff});
}

TEST_CASE("hello: lists that are empty leave their extension out") {
  HelloWriter writer("", 1);
  const auto hello = writer.write(offer_of(tls::kTls12));
  for (const std::uint16_t type :
       {extension::kServerName, extension::kSupportedGroups, extension::kEcPointFormats,
        extension::kSignatureAlgorithms, extension::kAlpn, extension::kStatusRequest, extension::kHeartbeat,
        extension::kSignedCertificateTimestamp, extension::kEncryptThenMac, extension::kNextProtocolNegotiation}) {
    CAPTURE(type);
    CHECK_FALSE(has(hello, type));
  }
  CHECK(hello.compressions == std::vector<std::uint8_t>{0});
}

TEST_CASE("hello: what is wished for is there") {
  HelloWriter writer("www.example.org", 1);
  Offer offer = offer_of(tls::kTls12);
  offer.signatures = {{0x0804}};
  offer.alpn = {"h2"};
  offer.status_request = offer.scts = offer.heartbeat = offer.npn = offer.compression = true;
  offer.encrypt_then_mac = offer.fallback_scsv = true;
  offer.more = {{0x7a17, {1}}};
  const auto hello = writer.write(offer);
  for (const std::uint16_t type :
       {extension::kServerName, extension::kSignatureAlgorithms, extension::kAlpn, extension::kStatusRequest,
        extension::kHeartbeat, extension::kSignedCertificateTimestamp, extension::kEncryptThenMac,
        extension::kNextProtocolNegotiation, std::uint16_t{0x7a17}}) {
    CAPTURE(type);
    CHECK(has(hello, type));
  }
  CHECK(hello.compressions == std::vector<std::uint8_t>{1, 0});
  CHECK(hello.suites.back() == tls::CipherSuite{0x5600});
  offer.server_name = false;
  CHECK_FALSE(has(writer.write(offer), extension::kServerName));
}

TEST_CASE("hello: randoms differ from hello to hello, and come again with the same seed") {
  HelloWriter one("a", 5), same("a", 5), other("a", 6);
  const auto first = one.write(offer_of(tls::kTls12)).random;
  CHECK(first != one.write(offer_of(tls::kTls12)).random);
  CHECK(first == same.write(offer_of(tls::kTls12)).random);
  CHECK(first != other.write(offer_of(tls::kTls12)).random);
}

TEST_CASE("hello: the room for suites fills a hello of less than 512 bytes, and one more does not fit") {
  HelloWriter writer(GENERATE("", "www.example.org", "a-rather-long-name.of-a-host.somewhere.example.org"), 1);
  Offer offer = offer_of(tls::kTls12);
  offer.groups = groups_to_ask(tls::kTls12);
  offer.signatures = signatures_to_ask(tls::kTls12);
  const std::size_t room = writer.room_for_suites(offer);
  CHECK(room > 16);
  CHECK(size_with(writer, offer, room) <= 511);
  CHECK(size_with(writer, offer, room + 1) > 511);
}

TEST_CASE("hello: beside a very long name there is room for 16 suites none the less") {
  HelloWriter writer(std::string(253, 'a'), 1);
  Offer offer = offer_of(tls::kTls12);
  offer.groups = groups_to_ask(tls::kTls12);
  offer.signatures = signatures_to_ask(tls::kTls12);
  CHECK(writer.room_for_suites(offer) == 16);
}

}  // namespace tlsward::probe
