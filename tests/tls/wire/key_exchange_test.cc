#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/handshake.h"

namespace tlsward::tests::wire {
namespace {

using tls::CipherSuite;
using tls::Version;
using tls::wire::parse_server_key_exchange;
using tls::wire::ServerKeyExchange;

constexpr CipherSuite kDheRsa{0x0033}, kDheRsaExport{0x0014}, kDheDss{0x0032}, kDhAnon{0x0034}, kDhAnonExport{0x0017},
    kRsaExport{0x0003}, kRsa{0x002F}, kEcdheEcdsa{0xC009}, kEcdhAnon{0xC018}, kEcdhRsa{0xC00E}, kPsk{0x008C},
    kDhePsk{0x0090}, kRsaPsk{0x0094}, kEcdhePsk{0xC035}, kSrp{0xC01D}, kGost{0xC102}, kUnlisted{0x7777};

const char* const kDh = "0002 00fb 0001 02 0002 0033";   // prime 251 with a leading zero, generator 2, public value
const char* const kEcdh = "03 001d 04 01020304";         // x25519, cut short
const char* const kHint = "0004 68696e74";               // "hint"
const char* const kSignature = "0003 aabbcc";            // TLS 1.1 and below
const char* const kNamedSignature = "0401 0003 aabbcc";  // TLS 1.2: rsa_pkcs1_sha256

Bytes body(std::initializer_list<const char*> parts) {
  Bytes out;
  for (const char* part : parts) out = std::move(out) + hex(part);
  return out;
}

/// Reads `bytes`, of which every prefix is malformed, and which may have nothing behind them.
ServerKeyExchange parsed(const Bytes& bytes, CipherSuite suite, Version version) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO(size);
    CHECK_FALSE(parse_server_key_exchange(View(bytes).first(size), suite, version));
  }
  CHECK_FALSE(parse_server_key_exchange(bytes + hex("00"), suite, version));
  const auto exchange = parse_server_key_exchange(bytes, suite, version);
  REQUIRE(exchange);
  return *exchange;
}

TEST_CASE("wire key exchange: DHE tells its prime, and in TLS 1.2 the signature scheme") {
  for (const CipherSuite suite : {kDheRsa, kDheDss, kDheRsaExport}) {
    const auto old = parsed(body({kDh, kSignature}), suite, tls::kTls10);
    CHECK(old.dh_prime == hex("fb"));
    CHECK(old.dh_generator == hex("02"));
    CHECK(old.dh_bits() == 8);
    CHECK_FALSE(old.group);
    CHECK_FALSE(old.signature);
    const auto modern = parsed(body({kDh, kNamedSignature}), suite, tls::kTls12);
    CHECK(modern.dh_bits() == 8);
    CHECK(modern.signature == tls::SignatureScheme{0x0401});
  }
}

TEST_CASE("wire key exchange: the size of a prime is that of its highest bit") {
  ServerKeyExchange exchange;
  CHECK(exchange.dh_bits() == 0);
  exchange.dh_prime = hex("01ff");
  CHECK(exchange.dh_bits() == 9);
  exchange.dh_prime = Bytes(256, 0x80);
  CHECK(exchange.dh_bits() == 2048);
}

TEST_CASE("wire key exchange: ECDHE tells its curve") {
  const auto old = parsed(body({kEcdh, kSignature}), kEcdheEcdsa, tls::kTls11);
  CHECK(old.group == tls::kX25519);
  CHECK(old.dh_bits() == 0);
  CHECK_FALSE(old.signature);
  CHECK(parsed(ecdhe_key_exchange(), kEcdheRsa, tls::kTls12).group == tls::kP256);
}

TEST_CASE("wire key exchange: explicit curves have numbers of their own") {
  const char* const curve = "01 aa 01 bb 02 04cc 01 dd 01 01";  // a, b, base, order, cofactor
  CHECK(parsed(body({"01 02 00fb", curve, "02 0405", kSignature}), kEcdheEcdsa, tls::kTls10).group ==
        tls::Group{0xFF01});
  CHECK(parsed(body({"02 00a3 01 01 03", curve, "02 0405", kSignature}), kEcdheEcdsa, tls::kTls10).group ==
        tls::Group{0xFF02});
  CHECK(parsed(body({"02 00a3 02 01 03 01 06 01 07", curve, "02 0405", kSignature}), kEcdheEcdsa, tls::kTls10).group ==
        tls::Group{0xFF02});
  CHECK_FALSE(parse_server_key_exchange(body({"04 001d 04 01020304", kSignature}), kEcdheEcdsa, tls::kTls10));
}

TEST_CASE("wire key exchange: anonymous exchanges have no signature") {
  for (const Version version : {tls::kSsl3, tls::kTls12}) {
    CHECK(parsed(body({kDh}), kDhAnon, version).dh_bits() == 8);
    CHECK(parsed(body({kDh}), kDhAnonExport, version).dh_bits() == 8);
    CHECK(parsed(body({kEcdh}), kEcdhAnon, version).group == tls::kX25519);
  }
  CHECK_FALSE(parse_server_key_exchange(body({kDh, kSignature}), kDhAnon, tls::kTls10));
}

TEST_CASE("wire key exchange: pre-shared keys have a hint in front and no signature") {
  CHECK(parsed(body({kHint}), kPsk, tls::kTls12).dh_prime.empty());
  CHECK(parsed(body({kHint}), kRsaPsk, tls::kTls10).dh_prime.empty());
  CHECK(parsed(body({kHint, kDh}), kDhePsk, tls::kTls12).dh_bits() == 8);
  CHECK(parsed(body({kHint, kEcdh}), kEcdhePsk, tls::kTls12).group == tls::kX25519);
  CHECK(parse_server_key_exchange(hex("0000"), kPsk, tls::kTls12));
}

TEST_CASE("wire key exchange: the short key of RSA_EXPORT is read and signed") {
  const auto exchange = parsed(body({"0003 c0ffee 0001 03", kSignature}), kRsaExport, tls::kTls10);
  CHECK(exchange.dh_prime.empty());
  CHECK_FALSE(exchange.group);
  CHECK_FALSE(parse_server_key_exchange(body({"0000 0001 03", kSignature}), kRsaExport, tls::kTls10));
}

TEST_CASE("wire key exchange: numbers that cannot be are malformed") {
  CHECK_FALSE(parse_server_key_exchange(body({"0000 0001 02 0001 03"}), kDhAnon, tls::kTls10));
  CHECK_FALSE(parse_server_key_exchange(body({"0002 0000 0001 02 0001 03"}), kDhAnon, tls::kTls10));
  CHECK_FALSE(parse_server_key_exchange(body({"0001 fb 0001 00 0001 03"}), kDhAnon, tls::kTls10));
  CHECK_FALSE(parse_server_key_exchange(body({"0001 fb 0001 02 0000"}), kDhAnon, tls::kTls10));
  CHECK_FALSE(parse_server_key_exchange(body({"03 001d 00"}), kEcdhAnon, tls::kTls10));
  CHECK_FALSE(parse_server_key_exchange(body({kDh, "0000"}), kDheRsa, tls::kTls10));
}

TEST_CASE("wire key exchange: a suite without one, or with one that we do not know, tells nothing") {
  for (const CipherSuite suite : {kRsa, kEcdhRsa, kSrp, kGost, kUnlisted}) {
    const auto exchange = parse_server_key_exchange(hex("0102"), suite, tls::kTls12);
    REQUIRE(exchange);
    CHECK_FALSE(exchange->group);
    CHECK_FALSE(exchange->signature);
    CHECK(exchange->dh_prime.empty());
  }
}

}  // namespace
}  // namespace tlsward::tests::wire
