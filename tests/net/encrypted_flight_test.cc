// Reads what OpenSSL's own server encrypts, so that key schedule, ciphers and messages are proved by somebody else.
#include "net/encrypted_flight.h"

#include <openssl/evp.h>

#include <random>
#include <string>

#include "net/key_schedule.h"
#include "pki/verify.h"
#include "tests/net/tls_server.h"
#include "tests/pki/bundles.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/extension.h"

namespace tlsward {
namespace {

using net::EncryptedFlightReader;
using net::EphemeralKey;
using test::ServerSetup;
using test::TlsServer;
using tls::wire::Bytes;
using tls::wire::FlightReader;
using tls::wire::View;

using State = EncryptedFlightReader::State;

namespace extension = tls::wire::extension;

std::string identity(const std::string& spec = "cn=leaf") {
  return tests::Files()(spec + " with-key");
}

/// A hello of TLS 1.3 with one share.
tls::wire::ClientHello hello_with(const EphemeralKey& key) {
  tls::wire::ClientHello hello;
  hello.random.fill(0x11);
  hello.session_id.assign(32, 0x22);
  hello.suites = {{0x1301}, {0x1302}, {0x1303}, {0x1304}, {0x1305}};
  std::vector<tls::SignatureScheme> schemes;
  for (const auto& row : tls::signature_schemes()) schemes.push_back(row.scheme);
  hello.extensions = {tls::wire::server_name("api.example"),
                      tls::wire::supported_versions({tls::kTls13}),
                      tls::wire::supported_groups({key.share().group, tls::kP256, tls::kP384, tls::kX25519}),
                      tls::wire::signature_algorithms(schemes),
                      tls::wire::key_share({key.share()}),
                      tls::wire::status_request(),
                      tls::wire::empty_extension(extension::kSignedCertificateTimestamp),
                      tls::wire::alpn({"h2", "http/1.1"})};
  return hello;
}

EphemeralKey make_key(tls::Group group = tls::kX25519) {
  auto key = EphemeralKey::make(group);
  REQUIRE(key);
  return std::move(*key);
}

Bytes joined(View a, View b) {
  Bytes out(a.begin(), a.end());
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

/// What came of a flight.
struct Reading {
  State state = State::Failed;
  tls::wire::ServerFlight flight;
  std::string problem;
};

Reading reading_of(EncryptedFlightReader& reader) {
  const State state = reader.feed({});
  return {state, reader.take_flight(), reader.problem()};
}

/// Reads `answer`, `piece` bytes at a time. `before`: what stands in the transcript ahead of the ServerHello.
Reading read_flight(const EphemeralKey& key, View before, View answer, std::size_t piece = 100'000) {
  FlightReader plain(tls::wire::ReadUntil::Hello);
  REQUIRE(plain.feed(answer) == FlightReader::State::Complete);
  const Bytes transcript = joined(before, plain.transcript());
  const Bytes rest = plain.take_rest();
  auto reader = EncryptedFlightReader::make(plain.take_flight(), key, transcript);
  if (!reader) return {State::Failed, {}, reader.error().message};
  for (std::size_t at = 0; at < rest.size(); at += piece) {
    reader->feed(View(rest).subspan(at, std::min(piece, rest.size() - at)));
  }
  return reading_of(*reader);
}

Reading read_from(const TlsServer& server, tls::Group group = tls::kX25519, std::size_t piece = 100'000) {
  const EphemeralKey key = make_key(group);
  const tls::wire::ClientHello hello = hello_with(key);
  return read_flight(key, write(hello), server.answer(write_records(hello)), piece);
}

TEST_CASE("encrypted flight: every cipher suite of RFC 8446 is read") {
  const std::string pem = identity();
  for (const char* suite : {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
                            "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"}) {
    INFO(suite);
    const TlsServer server({.identities = {pem}, .suites = suite});
    const Reading read = read_from(server);
    INFO(read.problem);
    CHECK(read.state == State::Complete);
    CHECK(read.flight.finished);
    CHECK(tls::name(read.flight.hello->suite) == suite);
    CHECK(read.flight.chain.size() == 1);
  }
}

TEST_CASE("encrypted flight: shares of X25519, P-256 and P-384 are completed, others are not made") {
  const std::string pem = identity();
  for (const tls::Group group : {tls::kX25519, tls::kP256, tls::kP384}) {
    INFO(tls::name(group));
    const TlsServer server({.identities = {pem}, .groups = "X25519:P-256:P-384"});
    const Reading read = read_from(server, group);
    CHECK(read.state == State::Complete);
    CHECK(read.flight.hello->group() == group);
  }
  CHECK_FALSE(EphemeralKey::make(tls::kX448));
  CHECK_FALSE(EphemeralKey::make(tls::kX25519MlKem768));
  CHECK_FALSE(EphemeralKey::make({0x0a0a}));
}

TEST_CASE("encrypted flight: chain, extensions, stapled response and signature are what the server has") {
  tests::Files file;
  file("root", "cn=Root ca");
  file("int", "cn=Int ca issuer=root");
  const std::string leaf = file("leaf", "cn=leaf issuer=int chain with-key");
  const std::string der = file("leaf", "cn=leaf issuer=int key-of=leaf der");
  const TlsServer server({.identities = {leaf},
                          .alpn = {"http/1.1"},
                          .ocsp_response = {0x30, 0x03, 0x0a, 0x01, 0x06},
                          .scts = {0x00, 0x03, 0x00, 0x01, 0xaa}});
  const Reading read = read_from(server);
  REQUIRE(read.state == State::Complete);
  CHECK(read.flight.certificate_seen);
  CHECK(read.flight.chain.size() == 2);
  CHECK(read.flight.certificate_verify == tls::SignatureScheme{0x0403});
  CHECK(read.flight.ocsp_response == Bytes{0x30, 0x03, 0x0a, 0x01, 0x06});
  const auto scts = find(read.flight.certificate_extensions, extension::kSignedCertificateTimestamp);
  REQUIRE(scts);
  CHECK(pki::count_scts(Bytes(scts->begin(), scts->end())) == 1);
  const auto alpn = find(read.flight.encrypted_extensions, extension::kAlpn);
  REQUIRE(alpn);
  CHECK(tls::wire::selected_alpn(*alpn) == "http/1.1");
  CHECK_FALSE(read.flight.certificate_request);
  CHECK_FALSE(read.flight.certificate_compression);
  CHECK_FALSE(read.flight.alert);
}

TEST_CASE("encrypted flight: a certificate request is read with its authorities and signatures") {
  tests::Files file;
  const std::string authority = file("root", "cn=Clients ca");
  const TlsServer server({.identities = {identity()},
                          .client_certificate = test::WantsCertificate::Required,
                          .client_authorities = authority});
  const Reading read = read_from(server);
  REQUIRE(read.state == State::Complete);
  REQUIRE(read.flight.certificate_request);
  CHECK(read.flight.certificate_request->signatures.size() > 5);
  REQUIRE(read.flight.certificate_request->authorities.size() == 1);
  CHECK(pki::distinguished_name(read.flight.certificate_request->authorities[0]) == "CN=Clients");
  CHECK(read.flight.chain.size() == 1);
}

TEST_CASE("encrypted flight: messages over many padded records, read byte by byte, are the same") {
  tests::Files file;
  file("root", "cn=Root ca rsa:2048");
  const std::string leaf = file("leaf", "cn=leaf rsa:2048 issuer=root chain with-root with-key");
  const TlsServer server({.identities = {leaf}, .fragment = 512, .padding = 700});
  const Reading whole = read_from(server);
  REQUIRE(whole.state == State::Complete);
  CHECK(whole.flight.chain.size() == 2);
  const Reading pieces = read_from(server, tls::kP256, 1);
  CHECK(pieces.state == State::Complete);
  CHECK(pieces.flight.chain == whole.flight.chain);
}

TEST_CASE("encrypted flight: behind a HelloRetryRequest the transcript begins with a hash") {
  const TlsServer server({.identities = {identity()}, .groups = "P-384"});
  test::MemoryServer connection(server);
  const EphemeralKey first_key = make_key();
  const tls::wire::ClientHello first = hello_with(first_key);
  FlightReader retry(tls::wire::ReadUntil::Hello);
  REQUIRE(retry.feed(connection.answer(write_records(first))) == FlightReader::State::Complete);
  REQUIRE(retry.flight().hello->is_retry());

  const EphemeralKey key = make_key(tls::kP384);
  tls::wire::ClientHello second = hello_with(key);
  // RFC 8446, 4.1.2: the same hello but for the share.
  second.extensions[2] = first.extensions[2];
  tls::wire::Writer transcript;
  Bytes digest(48);
  const Bytes message = write(first);
  const bool sha384 = retry.flight().hello->suite.code == 0x1302;
  unsigned size = 0;
  REQUIRE(EVP_Digest(message.data(), message.size(), digest.data(), &size, sha384 ? EVP_sha384() : EVP_sha256(),
                     nullptr) == 1);
  digest.resize(size);
  transcript.u8(254);  // message_hash (RFC 8446, 4.4.1)
  transcript.vector24(digest);
  transcript.bytes(retry.transcript());
  transcript.bytes(write(second));
  const Reading read = read_flight(key, transcript.take(), connection.answer(write_records(second)));
  INFO(read.problem);
  CHECK(read.state == State::Complete);
  CHECK(read.flight.chain.size() == 1);
}

TEST_CASE("encrypted flight: what cannot be read is refused with the reason") {
  const TlsServer server({.identities = {identity()}});
  const EphemeralKey key = make_key();
  const tls::wire::ClientHello hello = hello_with(key);
  FlightReader reader(tls::wire::ReadUntil::Hello);
  reader.feed(server.answer(write_records(hello)));
  const tls::wire::ServerFlight flight = reader.flight();
  REQUIRE(flight.hello);
  const auto error = [&](const tls::wire::ServerFlight& changed, tls::Group group = tls::kX25519) {
    const auto made = EncryptedFlightReader::make(changed, make_key(group), {});
    REQUIRE_FALSE(made);
    return made.error().message;
  };

  CHECK(error({}) == "no ServerHello");
  CHECK(error(flight, tls::kP256) == "the server's key is of X25519, ours of P-256");
  auto unknown_suite = flight;
  unknown_suite.hello->suite = {0x00c6};
  CHECK(error(unknown_suite) == "no key schedule for TLS_SM4_GCM_SM3");
  auto old = flight;
  old.hello->extensions = {};
  CHECK(error(old) == "TLS 1.2 is not TLS 1.3");
  auto short_share = flight;
  for (tls::wire::Extension& one : short_share.hello->extensions) {
    if (one.type == extension::kKeyShare) one.body = {0x00, 0x1d, 0x00, 0x02, 0x01, 0x02};
  }
  CHECK(error(short_share) == "the server's key share is no public key of X25519");
  auto zero_share = flight;
  for (tls::wire::Extension& one : zero_share.hello->extensions) {
    if (one.type == extension::kKeyShare) std::fill(one.body.begin() + 4, one.body.end(), std::uint8_t{0});
  }
  CHECK(error(zero_share) == "the server's key share is no public key of X25519");
}

TEST_CASE("encrypted flight: with another key, or altered, nothing is opened") {
  const TlsServer server({.identities = {identity()}});
  const EphemeralKey key = make_key();
  const tls::wire::ClientHello hello = hello_with(key);
  Bytes answer = server.answer(write_records(hello));
  const Reading other = read_flight(make_key(), write(hello), answer);
  CHECK(other.state == State::Failed);
  CHECK(other.problem == "encrypted record 1 cannot be opened: altered, or another key");
  CHECK(other.flight.chain.empty());
  answer.back() ^= 1;
  const Reading altered = read_flight(key, write(hello), answer);
  CHECK(altered.state == State::Failed);
  CHECK(altered.problem.ends_with("cannot be opened: altered, or another key"));
  CHECK_FALSE(altered.flight.finished);
}

TEST_CASE("encrypted flight: mutated answers are read without harm and never finish") {
  tests::Files file;
  file("root", "cn=Root ca");
  const TlsServer server({.identities = {file("leaf", "issuer=root chain with-root with-key")}, .fragment = 600});
  const EphemeralKey key = make_key();
  const tls::wire::ClientHello hello = hello_with(key);
  const Bytes answer = server.answer(write_records(hello));
  FlightReader plain(tls::wire::ReadUntil::Hello);
  REQUIRE(plain.feed(answer) == FlightReader::State::Complete);
  const Bytes transcript = joined(write(hello), plain.transcript());
  const Bytes rest = plain.take_rest();
  std::mt19937 random(20260101);
  for (int i = 0; i < 2000; ++i) {
    Bytes mutant = rest;
    const std::size_t at = random() % mutant.size();
    switch (random() % 3) {
      case 0:
        mutant[at] ^= static_cast<std::uint8_t>(1 + random() % 255);
        break;
      case 1:
        mutant.resize(at);
        break;
      default:
        mutant.insert(mutant.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(random()));
    }
    auto reader = EncryptedFlightReader::make(plain.flight(), key, transcript);
    REQUIRE(reader);
    reader->feed(mutant);
    // Only the version of the ChangeCipherSpec in front, its bytes 1 and 2, may change.
    if (reader->flight().finished) CHECK((at == 1 || at == 2));
  }
}

}  // namespace
}  // namespace tlsward
