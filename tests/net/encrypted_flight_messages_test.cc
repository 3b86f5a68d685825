// What no honest server encrypts: messages out of order, alerts, bombs, and records that break their rules.
#include <zlib.h>

#include <random>
#include <string>

#include "tests/catch.h"
#include "tests/net/handmade_flight.h"

namespace tlsward {
namespace {

using net::EncryptedFlightReader;
using test::HandmadeFlight;
using tls::wire::Bytes;
using tls::wire::View;
using State = EncryptedFlightReader::State;

namespace handshake = tls::wire::handshake;
namespace record = tls::wire::record;

const Bytes kNoExtensions{0x00, 0x00};
// No context; one certificate of three bytes without extensions.
const Bytes kCertificate{0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x03, 0x30, 0x01, 0x00, 0x00, 0x00};
// ecdsa_secp256r1_sha256 and a signature of two bytes.
const Bytes kVerify{0x04, 0x03, 0x00, 0x02, 0xaa, 0xbb};

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// EncryptedExtensions, `certificate` (a message) and CertificateVerify.
Bytes usual_messages(HandmadeFlight& server, std::uint8_t type, View certificate) {
  // One after the other: that is the order in which they get into the transcript.
  Bytes messages = server.said(handshake::kEncryptedExtensions, kNoExtensions);
  messages = messages + server.said(type, certificate);
  return messages + server.said(handshake::kCertificateVerify, kVerify);
}
Bytes usual_messages(HandmadeFlight& server) {
  return usual_messages(server, handshake::kCertificate, kCertificate);
}

/// How a flight of `bytes` fails.
std::string failure(const HandmadeFlight& server, const Bytes& bytes) {
  EncryptedFlightReader reader = server.reader();
  REQUIRE(reader.feed(bytes) == State::Failed);
  CHECK_FALSE(reader.flight().finished);
  return reader.problem();
}

TEST_CASE("flight messages: one record holds them all, or each byte has its own") {
  HandmadeFlight server;
  const Bytes messages = usual_messages(server);
  const Bytes all = messages + server.finished();
  SECTION("one record") {
    EncryptedFlightReader reader = server.reader();
    CHECK(reader.feed(server.record(all)) == State::Complete);
    CHECK(reader.flight().chain == std::vector<Bytes>{{0x30, 0x01, 0x00}});
  }
  SECTION("many records") {
    EncryptedFlightReader reader = server.reader();
    for (const std::uint8_t byte : all) reader.feed(server.record(Bytes{byte}));
    CHECK(reader.flight().finished);
  }
}

TEST_CASE("flight messages: padding does not count, and a record of padding alone is refused") {
  HandmadeFlight server;
  const Bytes messages = usual_messages(server);
  EncryptedFlightReader reader = server.reader();
  CHECK(reader.feed(server.record(record::kHandshake, messages + server.finished(), 1000)) == State::Complete);

  HandmadeFlight hollow;
  CHECK(failure(hollow, hollow.sealed(Bytes(20, 0))) == "encrypted record without a content type (RFC 8446, 5.4)");
}

TEST_CASE("flight messages: a Finished that proves nothing is told, and what was read stays") {
  HandmadeFlight server;
  const Bytes messages = usual_messages(server);
  Bytes finished = server.finished();
  finished.back() ^= 1;
  EncryptedFlightReader reader = server.reader();
  CHECK(reader.feed(server.record(messages + finished)) == State::Failed);
  CHECK(reader.problem() == "Finished that does not prove the handshake (RFC 8446, 4.4.4)");
  CHECK(reader.flight().chain.size() == 1);
  CHECK_FALSE(reader.flight().finished);
}

TEST_CASE("flight messages: each has its place") {
  const auto problem = [](std::vector<Bytes> messages) {
    HandmadeFlight server;
    Bytes all;
    for (const Bytes& message : messages) all = all + message;
    return failure(server, server.record(all));
  };
  const Bytes extensions = HandmadeFlight::message(handshake::kEncryptedExtensions, kNoExtensions);
  const Bytes certificate = HandmadeFlight::message(handshake::kCertificate, kCertificate);
  const Bytes verify = HandmadeFlight::message(handshake::kCertificateVerify, kVerify);
  CHECK(problem({certificate}) == "Certificate out of order");
  CHECK(problem({extensions, extensions}) == "EncryptedExtensions out of order");
  CHECK(problem({extensions, verify}) == "CertificateVerify out of order");
  CHECK(problem({extensions, certificate, certificate}) == "Certificate out of order");
  CHECK(problem({extensions, HandmadeFlight().finished()}) == "Finished out of order");
  CHECK(problem({extensions, certificate, HandmadeFlight().finished()}) == "Finished out of order");
  CHECK(problem({HandmadeFlight::message(handshake::kNewSessionTicket, {})}) == "handshake message 4 out of order");
  CHECK(problem({HandmadeFlight::message(handshake::kServerHello, {})}) == "handshake message 2 out of order");
}

TEST_CASE("flight messages: malformed bodies are told by name") {
  const auto problem = [](std::uint8_t type, const Bytes& body) {
    HandmadeFlight server;
    const Bytes before = type == handshake::kEncryptedExtensions
                             ? Bytes{}
                             : HandmadeFlight::message(handshake::kEncryptedExtensions, kNoExtensions);
    return failure(server, server.record(before + HandmadeFlight::message(type, body)));
  };
  CHECK(problem(handshake::kEncryptedExtensions, {0x00}) == "malformed EncryptedExtensions of 1 bytes");
  CHECK(problem(handshake::kCertificate, {0x00, 0x00, 0x00, 0x09, 0x00}) == "malformed Certificate of 5 bytes");
  CHECK(problem(handshake::kCertificateRequest, {}) == "malformed CertificateRequest of 0 bytes");
  CHECK(problem(handshake::kCompressedCertificate, {0x00, 0x01}) == "malformed CompressedCertificate of 2 bytes");
}

Bytes zlib(const Bytes& plain) {
  Bytes out(compressBound(plain.size()));
  uLongf size = out.size();
  REQUIRE(compress(out.data(), &size, plain.data(), plain.size()) == Z_OK);
  out.resize(size);
  return out;
}

Bytes compressed_certificate(std::uint16_t algorithm, std::uint32_t claimed_size, const Bytes& compressed) {
  tls::wire::Writer out;
  out.u16(algorithm);
  out.u24(claimed_size);
  out.vector24(compressed);
  return out.take();
}

TEST_CASE("flight messages: a certificate that was compressed with zlib is read") {
  HandmadeFlight server;
  const Bytes body = compressed_certificate(1, static_cast<std::uint32_t>(kCertificate.size()), zlib(kCertificate));
  const Bytes messages = usual_messages(server, handshake::kCompressedCertificate, body);
  EncryptedFlightReader reader = server.reader();
  CHECK(reader.feed(server.record(messages + server.finished())) == State::Complete);
  CHECK(reader.flight().certificate_compression == 1);
  CHECK(reader.flight().chain == std::vector<Bytes>{{0x30, 0x01, 0x00}});
}

TEST_CASE("flight messages: of brotli and zstd only the algorithm is told") {
  for (const std::uint16_t algorithm : {std::uint16_t{2}, std::uint16_t{3}, std::uint16_t{0xffff}}) {
    HandmadeFlight server;
    const Bytes messages = usual_messages(server, handshake::kCompressedCertificate,
                                          compressed_certificate(algorithm, 1000, {0x01, 0x02, 0x03}));
    EncryptedFlightReader reader = server.reader();
    CHECK(reader.feed(server.record(messages + server.finished())) == State::Complete);
    CHECK(reader.flight().certificate_compression == algorithm);
    CHECK(reader.flight().certificate_seen);
    CHECK(reader.flight().chain.empty());
  }
}

TEST_CASE("flight messages: a compressed certificate that grows further than it says is refused") {
  const auto problem = [](std::uint32_t claimed_size, const Bytes& compressed) {
    HandmadeFlight server;
    return failure(server, server.record(usual_messages(server, handshake::kCompressedCertificate,
                                                        compressed_certificate(1, claimed_size, compressed))));
  };
  const Bytes bomb = zlib(Bytes(4 * 1024 * 1024, 0));
  CHECK(bomb.size() < 16'000);
  CHECK(problem(4 * 1024 * 1024, bomb) == "CompressedCertificate of 4194304 bytes when decompressed; at most 65536");
  CHECK(problem(65'536, bomb) == "CompressedCertificate is no zlib stream of the 65536 bytes that it claims");
  CHECK(problem(13, zlib(kCertificate)) == "CompressedCertificate is no zlib stream of the 13 bytes that it claims");
  CHECK(problem(0, zlib(kCertificate)) == "CompressedCertificate is no zlib stream of the 0 bytes that it claims");
  CHECK(problem(12, zlib(kCertificate) + Bytes{0x00}) ==
        "CompressedCertificate is no zlib stream of the 12 bytes that it claims");
  CHECK(problem(12, {0x78, 0x9c, 0x00}) == "CompressedCertificate is no zlib stream of the 12 bytes that it claims");
}

TEST_CASE("flight messages: alerts end the flight, encrypted or not, whatever their level") {
  const Bytes handshake_failure{2, 40}, close{1, 0}, mild{1, 40}, canceled{1, 90};
  for (const Bytes& alert : {handshake_failure, close, mild}) {
    HandmadeFlight server;
    EncryptedFlightReader encrypted = server.reader();
    CHECK(encrypted.feed(server.record(record::kAlert, alert)) == State::Complete);
    CHECK(encrypted.flight().alert == tls::wire::Alert{alert[0], alert[1]});
    CHECK_FALSE(encrypted.flight().finished);
    EncryptedFlightReader plain = server.reader();
    CHECK(plain.feed(HandmadeFlight::plain(record::kAlert, alert)) == State::Complete);
    CHECK(plain.flight().alert == tls::wire::Alert{alert[0], alert[1]});
  }
  HandmadeFlight server;
  EncryptedFlightReader reader = server.reader();
  CHECK(reader.feed(server.record(record::kAlert, canceled)) == State::More);
  CHECK(reader.flight().alert == tls::wire::Alert{1, 90});
  HandmadeFlight other;
  CHECK(failure(other, other.record(record::kAlert, Bytes{2})) == "malformed alert of 1 bytes");
}

TEST_CASE("flight messages: ChangeCipherSpec is passed over, but not for ever") {
  const Bytes change = HandmadeFlight::plain(record::kChangeCipherSpec, Bytes{1});
  HandmadeFlight server;
  EncryptedFlightReader reader = server.reader();
  for (int i = 0; i < 32; ++i) CHECK(reader.feed(change) == State::More);
  SECTION("and the flight goes on") {
    const Bytes messages = usual_messages(server);
    CHECK(reader.feed(server.record(messages + server.finished())) == State::Complete);
  }
  SECTION("the 33rd is too much") {
    CHECK(reader.feed(change) == State::Failed);
    CHECK(reader.problem() == "more than 32 records that bring no handshake further");
  }
  SECTION("it is one byte") {
    CHECK(reader.feed(HandmadeFlight::plain(record::kChangeCipherSpec, Bytes{2})) == State::Failed);
    CHECK(reader.problem() == "ChangeCipherSpec that is not the one byte 1 (RFC 8446, 5)");
  }
}

TEST_CASE("flight messages: records that have no business here are refused") {
  HandmadeFlight server;
  CHECK(failure(server, HandmadeFlight::plain(record::kHandshake, Bytes{8, 0, 0, 0})) ==
        "record of type 22 in clear text behind the ServerHello");
  CHECK(failure(server, Bytes{'H', 'T', 'T', 'P', '/', '1'}) == "record of 20527 bytes; at most 16640 (RFC 8446, 5.2)");
  CHECK(failure(server, HandmadeFlight::plain(record::kApplicationData, {})) ==
        "encrypted record 1 cannot be opened: altered, or another key");
  HandmadeFlight data;
  CHECK(failure(data, data.record(record::kApplicationData, Bytes{'h', 'i'})) ==
        "encrypted record of type 23 before a Finished");
  HandmadeFlight empty;
  CHECK(failure(empty, empty.record(record::kHandshake, {})) == "empty handshake record (RFC 8446, 5.1)");
  HandmadeFlight fat;
  CHECK(failure(fat, fat.record(record::kHandshake, Bytes(16'385, 1))) ==
        "16385 bytes in a record; at most 16384 (RFC 8446, 5.1)");
}

TEST_CASE("flight messages: 64 KiB are enough for a message, 256 KiB for a flight") {
  HandmadeFlight server;
  CHECK(failure(server, server.record(Bytes{8, 0x01, 0x00, 0x01})) ==
        "handshake message of 65537 bytes; at most 65536");

  HandmadeFlight talker;
  EncryptedFlightReader reader = talker.reader();
  // One message that never ends, in records that are mostly padding.
  State state = reader.feed(talker.record(Bytes{8, 0x01, 0x00, 0x00}));
  std::size_t fed = 0;
  while (state == State::More && fed < 1'000'000) {
    const Bytes bytes = talker.record(record::kHandshake, Bytes{0}, 16'000);
    fed += bytes.size();
    state = reader.feed(bytes);
  }
  CHECK(state == State::Failed);
  CHECK(reader.problem() == "more than 262144 bytes without a Finished");
}

TEST_CASE("flight messages: bytes behind the end are ignored") {
  HandmadeFlight server;
  const Bytes messages = usual_messages(server);
  EncryptedFlightReader reader = server.reader();
  CHECK(reader.feed(server.record(messages + server.finished()) + Bytes{1, 2, 3}) == State::Complete);
  CHECK(reader.feed(Bytes{4, 5, 6}) == State::Complete);
  CHECK(reader.problem().empty());
}

TEST_CASE("flight messages: mutated messages are read without harm, however they are cut") {
  std::mt19937 random(20260101);
  const Bytes compressed =
      compressed_certificate(1, static_cast<std::uint32_t>(kCertificate.size()), zlib(kCertificate));
  const Bytes request{0x00, 0x00, 0x08, 0x00, 0x0d, 0x00, 0x04, 0x00, 0x02, 0x04, 0x03};
  int finished = 0;
  for (int i = 0; i < 1500; ++i) {
    HandmadeFlight server;
    Bytes messages = server.said(handshake::kEncryptedExtensions, kNoExtensions);
    messages = messages + server.said(handshake::kCertificateRequest, request);
    messages = messages + (i % 2 == 0 ? server.said(handshake::kCertificate, kCertificate)
                                      : server.said(handshake::kCompressedCertificate, compressed));
    messages = messages + server.said(handshake::kCertificateVerify, kVerify);
    messages = messages + server.finished();
    for (std::size_t changes = random() % 3; changes > 0; --changes) {
      messages[random() % messages.size()] = static_cast<std::uint8_t>(random());
    }
    const std::size_t cut = random() % messages.size();
    EncryptedFlightReader reader = server.reader();
    if (cut > 0) reader.feed(server.record(View(messages).first(cut)));
    reader.feed(server.record(View(messages).subspan(cut)));
    if (reader.flight().finished) ++finished;
  }
  // A third was left as it was.
  CHECK(finished > 400);
  CHECK(finished < 700);
}

}  // namespace
}  // namespace tlsward
