#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/handshake.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;
using tls::Version;

/// A TLS 1.2 ServerHello whose random ends in `tail`.
ServerHello with_random_tail(const char* tail) {
  const Bytes end = hex(tail);
  const auto hello = parse_server_hello(hex("0303") + Bytes(32 - end.size(), 0xAB) + end + hex("00 002f 00"));
  REQUIRE(hello);
  return *hello;
}

TEST_CASE("wire server hello: old servers send no extensions") {
  for (const Version version : {tls::kSsl3, tls::kTls10, tls::kTls12}) {
    const auto hello = parse_server_hello(server_hello(version, {0x0005}));
    REQUIRE(hello);
    CHECK(hello->legacy_version == version);
    CHECK(hello->version() == version);
    CHECK(hello->random[31] == 0x1F);
    CHECK(hello->session_id == hex("aabbccdd"));
    CHECK(hello->suite == tls::CipherSuite{0x0005});
    CHECK(hello->compression == 0);
    CHECK(hello->extensions.empty());
    CHECK_FALSE(hello->group());
    CHECK_FALSE(hello->is_retry());
  }
}

TEST_CASE("wire server hello: the version of TLS 1.3 and its drafts stands in supported_versions") {
  for (const Version version : {tls::kTls13, Version{0x7F1C}}) {
    Writer body;
    body.u16(version.number);
    const auto hello = parse_server_hello(server_hello(tls::kTls12, kAes128Gcm, {{43, body.take()}}));
    REQUIRE(hello);
    CHECK(hello->legacy_version == tls::kTls12);
    CHECK(hello->version() == version);
    CHECK(encrypts_after_hello(hello->version()));
  }
  CHECK_FALSE(encrypts_after_hello(tls::kTls12));
}

TEST_CASE("wire server hello: drafts before 22 have neither session id nor compression") {
  const auto hello = parse_server_hello(hex("7f12") + Bytes(32, 0x22) + hex("1301 0008 0033 0004 001d 0000"));
  CHECK_FALSE(hello);  // a key share without a key
  const auto good = parse_server_hello(hex("7f12") + Bytes(32, 0x22) + hex("1301 000a 0033 0006 001d 0002 aabb"));
  REQUIRE(good);
  CHECK(good->version() == Version{0x7F12});
  CHECK(good->suite == kAes128Gcm);
  CHECK(good->group() == tls::kX25519);
}

TEST_CASE("wire server hello: a HelloRetryRequest is known by its random and names a group") {
  const Bytes flight = openssl_retry_flight();
  const auto hello = parse_server_hello(View(flight).subspan(9, 0x54));
  REQUIRE(hello);
  CHECK(hello->is_retry());
  CHECK(hello->version() == tls::kTls13);
  CHECK(hello->group() == tls::kX25519);
}

TEST_CASE("wire server hello: the random tells of a version that was not chosen") {
  CHECK(with_random_tail("444f574e47524401").downgrade_mark() == tls::kTls12);
  CHECK(with_random_tail("444f574e47524400").downgrade_mark() == tls::kTls11);
  CHECK_FALSE(with_random_tail("444f574e47524402").downgrade_mark());
  CHECK_FALSE(with_random_tail("454f574e47524401").downgrade_mark());
  CHECK_FALSE(with_random_tail("0000000000000000").downgrade_mark());
}

TEST_CASE("wire server hello: every truncation is malformed, except where the extensions begin") {
  const Bytes body = server_hello(tls::kTls12, kAes128Gcm, {{43, hex("0304")}, {51, hex("001d")}});
  const std::size_t without_extensions = server_hello(tls::kTls12, kAes128Gcm).size();
  for (std::size_t size = 0; size < body.size(); ++size) {
    INFO(size);
    CHECK(parse_server_hello(View(body).first(size)).has_value() == (size == without_extensions));
  }
}

TEST_CASE("wire server hello: bytes behind the end, long session ids and unreadable answers are malformed") {
  CHECK_FALSE(parse_server_hello(server_hello(tls::kTls12, kEcdheRsa, {{23, {}}}) + hex("00")));
  CHECK_FALSE(parse_server_hello(hex("0303") + Bytes(32) + hex("21") + Bytes(33) + hex("1301 00")));
  CHECK_FALSE(parse_server_hello(server_hello(tls::kTls12, kAes128Gcm, {{43, hex("03")}})));
  CHECK_FALSE(parse_server_hello(server_hello(tls::kTls12, kAes128Gcm, {{51, hex("001d0005")}})));
}

}  // namespace
}  // namespace tlsward::tests::wire
