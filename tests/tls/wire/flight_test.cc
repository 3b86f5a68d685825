#include "tls/wire/flight.h"

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;
using State = FlightReader::State;

const Bytes kWarning = hex("01 70"), kFatal = hex("02 28");  // unrecognized_name, handshake_failure

FlightReader read(const Bytes& bytes, ReadUntil until = ReadUntil::Done) {
  FlightReader reader(until);
  reader.feed(bytes);
  return reader;
}

/// What a reader has to say, in one text that can be compared.
std::string outcome(FlightReader& reader) {
  const ServerFlight& flight = reader.flight();
  std::string text = std::to_string(static_cast<int>(reader.state())) + reader.problem();
  text += " seen " + std::string(reader.seen().begin(), reader.seen().end());
  text += " transcript " + std::string(reader.transcript().begin(), reader.transcript().end());
  text += " version " + std::to_string(flight.record_version.number);
  if (flight.hello) text += " suite " + std::to_string(flight.hello->suite.code);
  for (const Bytes& der : flight.chain) text += " certificate " + std::string(der.begin(), der.end());
  if (flight.certificate_seen) text += " seen";
  if (flight.key_exchange) text += " exchange " + std::to_string(flight.key_exchange->dh_bits());
  if (flight.key_exchange && flight.key_exchange->group) text += name(*flight.key_exchange->group);
  if (flight.certificate_request) text += " cas " + std::to_string(flight.certificate_request->authorities.size());
  if (flight.ocsp_response) text += " ocsp " + std::to_string(flight.ocsp_response->size());
  if (flight.alert) text += " alert " + std::to_string(flight.alert->level) + name(*flight.alert);
  if (flight.hello_done) text += " done";
  return text;
}

/// Every flight whose outcome must not depend on how it is cut.
std::vector<Bytes> all_flights() {
  const Bytes messages = tls12_flight();
  const Bytes hello_record = record(kHandshake, tls13_hello());
  const Bytes encrypted = record(kApplicationData, Bytes(40, 0x99));
  return {in_records_of(16'384, messages),
          in_records_of(100, messages),
          in_records_of(1, messages),
          openssl_anonymous_flight(),
          openssl_retry_flight(),
          gnutls_anonymous_flight(),
          hello_record + record(kChangeCipherSpec, hex("01")) + encrypted,
          record(kChangeCipherSpec, hex("01")) + hello_record,
          record(kAlert, kWarning) + in_records_of(50, messages),
          record(kAlert, kFatal),
          record(kAlert, hex("01")) + record(kAlert, hex("70")) + record(kAlert, hex("0170 0228")),
          record(kAlert, hex("0528")),
          record(kHandshake, {}) + in_records_of(77, messages),
          record(kHandshake, Bytes(4, 0) + messages),
          record(kHandshake, message(handshake::kCertificate, hex("000000"))),
          record(kHandshake, tls13_hello() + hex("00")),
          record(kApplicationData, hex("00")),
          hex("16 0303 4101"),
          hex("16 0303 0001 02 16 0203 0001 00"),
          hex("15 02"),
          hex("8003 00 0001"),
          Bytes(300, 'x')};
}

TEST_CASE("wire flight: a whole flight of TLS 1.2") {
  FlightReader reader = read(in_records_of(16'384, tls12_flight()));
  CHECK(reader.state() == State::Complete);
  CHECK(reader.problem().empty());
  CHECK(reader.transcript() == tls12_flight());
  const ServerFlight flight = reader.take_flight();
  REQUIRE(flight.hello);
  CHECK(flight.hello->suite == kEcdheRsa);
  CHECK(flight.record_version == tls::kTls12);
  CHECK(flight.certificate_seen);
  CHECK(flight.chain == std::vector<Bytes>{hex("3082000a"), hex("30820014ff")});
  CHECK(flight.ocsp_response == hex("30030a0100"));
  REQUIRE(flight.key_exchange);
  CHECK(flight.key_exchange->group == tls::kP256);
  CHECK(flight.key_exchange->signature == tls::SignatureScheme{0x0804});
  REQUIRE(flight.certificate_request);
  CHECK(flight.certificate_request->authorities.size() == 2);
  CHECK(flight.hello_done);
  CHECK_FALSE(flight.alert);
}

TEST_CASE("wire flight: an answer of OpenSSL with a warning in front") {
  const FlightReader reader = read(openssl_anonymous_flight());
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().alert == Alert{1, 112});
  REQUIRE(reader.flight().hello);
  CHECK(reader.flight().hello->downgrade_mark() == tls::kTls12);
  CHECK(reader.flight().key_exchange->group == tls::kX25519);
  CHECK_FALSE(reader.flight().certificate_seen);
  CHECK(reader.flight().hello_done);
}

TEST_CASE("wire flight: an answer of GnuTLS in TLS 1.0") {
  const FlightReader reader = read(gnutls_anonymous_flight());
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().record_version == tls::kTls10);
  CHECK(reader.flight().key_exchange->group == tls::kP256);
  CHECK_FALSE(reader.flight().key_exchange->signature);
}

TEST_CASE("wire flight: SSL 3.0 without extensions") {
  const Bytes messages = message(handshake::kServerHello, server_hello(tls::kSsl3, {0x0005})) +
                         message(handshake::kCertificate, certificate({hex("3000")})) +
                         message(handshake::kCertificateRequest, hex("01 01 0000")) +
                         message(handshake::kServerHelloDone, {});
  const FlightReader reader = read(in_records_of(16'384, messages, tls::kSsl3));
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().record_version == tls::kSsl3);
  CHECK(reader.flight().hello->version() == tls::kSsl3);
  CHECK(reader.flight().chain.size() == 1);
  CHECK(reader.flight().certificate_request->certificate_types == hex("01"));
}

TEST_CASE("wire flight: in TLS 1.3 it ends with the ServerHello, and what follows is kept") {
  const Bytes behind = record(kChangeCipherSpec, hex("01")) + record(kApplicationData, Bytes(40, 0x99));
  for (const ReadUntil until : {ReadUntil::Hello, ReadUntil::Done}) {
    FlightReader reader = read(record(kHandshake, tls13_hello()) + behind, until);
    CHECK(reader.state() == State::Complete);
    CHECK_FALSE(reader.flight().hello_done);
    CHECK(reader.transcript() == tls13_hello());
    CHECK(reader.take_rest() == behind);
  }
}

TEST_CASE("wire flight: half a record behind a ServerHello of TLS 1.3 is kept too") {
  FlightReader reader;
  reader.feed(record(kHandshake, tls13_hello()) + hex("1703"));
  CHECK(reader.state() == State::Complete);
  reader.feed(hex("03"));
  CHECK(reader.take_rest() == hex("1703"));
}

TEST_CASE("wire flight: drafts of TLS 1.3 end with the ServerHello as well") {
  const Bytes hello = message(handshake::kServerHello, server_hello(tls::kTls12, kAes128Gcm, {{43, hex("7f1c")}}));
  CHECK(read(record(kHandshake, hello)).state() == State::Complete);
}

TEST_CASE("wire flight: a HelloRetryRequest completes, and its ChangeCipherSpec is skipped in the next answer") {
  FlightReader first = read(openssl_retry_flight());
  CHECK(first.state() == State::Complete);
  CHECK(first.flight().hello->is_retry());
  const Bytes behind = first.take_rest();
  CHECK(behind == record(kChangeCipherSpec, hex("01")));

  const FlightReader second = read(behind + record(kHandshake, tls13_hello()));
  CHECK(second.state() == State::Complete);
  CHECK(second.flight().hello->group() == tls::kX25519);
}

TEST_CASE("wire flight: reading until the hello stops there in TLS 1.2") {
  FlightReader reader = read(in_records_of(16'384, tls12_flight()), ReadUntil::Hello);
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().hello);
  CHECK_FALSE(reader.flight().certificate_seen);
}

TEST_CASE("wire flight: the outcome is the same however the bytes are cut in two") {
  for (const Bytes& flight : all_flights()) {
    FlightReader whole = read(flight);
    const std::string expected = outcome(whole);
    for (std::size_t cut = 0; cut <= flight.size(); ++cut) {
      FlightReader reader;
      reader.feed(View(flight).first(cut));
      reader.feed(View(flight).subspan(cut));
      INFO(cut);
      CHECK(outcome(reader) == expected);
    }
  }
}

TEST_CASE("wire flight: the outcome is the same byte by byte, with reads of nothing in between") {
  for (const Bytes& flight : all_flights()) {
    FlightReader whole = read(flight), reader;
    for (std::size_t i = 0; i < flight.size(); ++i) {
      reader.feed({});
      reader.feed(View(flight).subspan(i, 1));
    }
    CHECK(outcome(reader) == outcome(whole));
  }
}

TEST_CASE("wire flight: the outcome is the same however messages are put into records") {
  FlightReader whole = read(in_records_of(16'384, tls12_flight()));
  for (std::size_t size = 1; size < 200; ++size) {
    FlightReader reader = read(in_records_of(size, tls12_flight()));
    INFO(size);
    CHECK(outcome(reader) == outcome(whole));
  }
}

TEST_CASE("wire flight: a flight that stops anywhere asks for more") {
  const Bytes flight = in_records_of(60, tls12_flight());
  for (std::size_t size = 0; size < flight.size(); ++size) {
    FlightReader reader;
    reader.feed(View(flight).first(size));
    INFO(size);
    CHECK(reader.state() == State::More);
  }
}

TEST_CASE("wire flight: nothing was read") {
  FlightReader reader;
  CHECK(reader.feed({}) == State::More);
  CHECK(reader.bytes_read() == 0);
  CHECK_FALSE(reader.flight().hello);
}

TEST_CASE("wire flight: a fatal alert ends it, before or behind the hello") {
  const FlightReader refused = read(record(kAlert, kFatal));
  CHECK(refused.state() == State::Complete);
  CHECK(refused.flight().alert == Alert{2, 40});
  CHECK_FALSE(refused.flight().hello);

  const Bytes hello = message(handshake::kServerHello, server_hello(tls::kTls12, kEcdheRsa));
  const FlightReader late = read(record(kHandshake, hello) + record(kAlert, kFatal));
  CHECK(late.state() == State::Complete);
  CHECK(late.flight().alert == Alert{2, 40});
  CHECK(late.flight().hello);
}

TEST_CASE("wire flight: warnings are kept, the last one of several, and a fatal alert rather than any") {
  const Bytes close = hex("01 00");
  const FlightReader warned = read(record(kAlert, kWarning) + record(kAlert, close));
  CHECK(warned.state() == State::More);
  CHECK(warned.flight().alert == Alert{1, 0});
  CHECK(read(record(kAlert, kWarning + kFatal + close)).flight().alert == Alert{2, 40});
}

TEST_CASE("wire flight: a warning between the parts of a message does no harm") {
  const Bytes messages = tls12_flight();
  const auto middle = messages.begin() + 30;
  const FlightReader reader = read(record(kHandshake, Bytes(messages.begin(), middle)) + record(kAlert, kWarning) +
                                   record(kHandshake, Bytes(middle, messages.end())));
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().hello_done);
}

TEST_CASE("wire flight: a resumed session ends with ChangeCipherSpec") {
  const Bytes hello = message(handshake::kServerHello, server_hello(tls::kTls12, kEcdheRsa));
  const Bytes ticket = message(handshake::kNewSessionTicket, hex("00000000 0000"));
  FlightReader reader = read(record(kHandshake, hello + ticket) + record(kChangeCipherSpec, hex("01")) +
                             record(kHandshake, Bytes(40, 0x99)));
  CHECK(reader.state() == State::Complete);
  CHECK_FALSE(reader.flight().hello_done);
  CHECK(reader.take_rest().size() == 45);
}

TEST_CASE("wire flight: HelloRequest is skipped and is in no transcript") {
  const FlightReader reader = read(record(kHandshake, hex("00000000") + tls12_flight()));
  CHECK(reader.state() == State::Complete);
  CHECK(reader.transcript() == tls12_flight());
}

TEST_CASE("wire flight: messages that we do not know are skipped behind the hello") {
  const auto parts = tls12_messages();
  constexpr std::uint8_t kSupplementalData = 23;
  const FlightReader reader =
      read(record(kHandshake, message(parts[0].type, parts[0].body) + message(kSupplementalData, hex("000000")) +
                                  message(handshake::kServerHelloDone, {})));
  CHECK(reader.state() == State::Complete);
  CHECK(reader.flight().hello_done);
}

TEST_CASE("wire flight: what is no TLS is kept as far as it helps") {
  for (const std::string text : {"HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "220 mail ESMTP\r\n"}) {
    FlightReader reader;
    CHECK(reader.feed(Bytes(text.begin(), text.begin() + 1)) == State::NotTls);
    CHECK(reader.feed(Bytes(text.begin() + 1, text.end())) == State::NotTls);
    CHECK(reader.seen() == Bytes(text.begin(), text.end()));
  }
  CHECK(read(hex("8003 00 0001")).state() == State::NotTls);
  CHECK(read(hex("16 48")).state() == State::NotTls);
  CHECK(read(Bytes(1000, 'x')).seen().size() == 256);
}

TEST_CASE("wire flight: TLS that breaks its rules is malformed, and says how") {
  const Bytes hello = message(handshake::kServerHello, server_hello(tls::kTls12, kEcdheRsa));
  const auto problem = [](const Bytes& bytes) {
    const FlightReader reader = read(bytes);
    CHECK(reader.state() == State::Malformed);
    return reader.problem();
  };
  CHECK(problem(hex("16 0303 4e20")) == "record of 20000 bytes; at most 16640 (RFC 8446, 5.2)");
  CHECK(problem(record(kAlert, kWarning) + hex("16 0203 0001")) ==
        "record of version 0x0203; 0x0300 to 0x0304 are known");
  CHECK(problem(record(kApplicationData, hex("00"))) == "record of type 23 in a handshake; 20 to 22 belong there");
  CHECK(problem(record(kAlert, hex("0328"))) == "alert of level 3; 1 and 2 are known");
  CHECK(problem(record(kChangeCipherSpec, hex("02"))) == "ChangeCipherSpec that is not the one byte 1 (RFC 5246, 7.1)");
  CHECK(problem(record(kHandshake, message(handshake::kCertificate, {}))) == "Certificate before a ServerHello");
  CHECK(problem(record(kHandshake, message(99, {}))) == "handshake message 99 before a ServerHello");
  CHECK(problem(record(kHandshake, hello + hello)) == "second ServerHello");
  CHECK(problem(record(kHandshake, tls13_hello() + hello)) ==
        "ServerHello of TLS 1.3 that does not end its record (RFC 8446, 5.1)");
  CHECK(problem(record(kHandshake, hello + hex("0b00")) + record(kChangeCipherSpec, hex("01"))) ==
        "ChangeCipherSpec inside a handshake message");
  CHECK(problem(record(kHandshake, hello + message(handshake::kServerHelloDone, hex("00")))) ==
        "malformed ServerHelloDone of 1 bytes");
}

TEST_CASE("wire flight: messages out of order or twice are malformed") {
  const auto parts = tls12_messages();
  const Bytes hello = message(parts[0].type, parts[0].body);
  for (std::size_t late = 2; late + 1 < parts.size(); ++late) {
    for (std::size_t early = 1; early <= late; ++early) {
      const FlightReader reader = read(record(kHandshake, hello + message(parts[late].type, parts[late].body) +
                                                              message(parts[early].type, parts[early].body)));
      CHECK(reader.state() == State::Malformed);
      CHECK(reader.problem().ends_with(" out of order"));
    }
  }
}

TEST_CASE("wire flight: every message that is cut short inside its length is malformed") {
  const auto parts = tls12_messages();
  for (std::size_t cut_one = 1; cut_one + 1 < parts.size(); ++cut_one) {
    Bytes before;
    for (std::size_t i = 0; i < cut_one; ++i) before = std::move(before) + message(parts[i].type, parts[i].body);
    const Bytes& body = parts[cut_one].body;
    for (std::size_t size = 0; size < body.size(); ++size) {
      const Bytes cut(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size));
      const FlightReader reader = read(record(kHandshake, before + message(parts[cut_one].type, cut)));
      INFO(cut_one << " cut to " << size);
      CHECK(reader.state() == State::Malformed);
      CHECK(reader.flight().hello);
    }
  }
}

TEST_CASE("wire flight: a ServerHello that is cut short is malformed, unless just its extensions are gone") {
  const Bytes body = server_hello(tls::kTls12, kEcdheRsa, {{23, {}}});
  const std::size_t bare = server_hello(tls::kTls12, kEcdheRsa).size();
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Bytes cut(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size));
    INFO(size);
    CHECK(read(record(kHandshake, message(handshake::kServerHello, cut))).state() ==
          (size == bare ? State::More : State::Malformed));
  }
}

}  // namespace
}  // namespace tlsward::tests::wire
