// A peer pays for our time and memory with bytes, and bytes are limited.
#include <algorithm>

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/flight.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;
using State = FlightReader::State;

Bytes hello_record() {
  return record(kHandshake, message(handshake::kServerHello, server_hello(tls::kTls12, kEcdheRsa)));
}

/// Feeds `bytes` again and again, a million times at most; says how often it took to stop the reader.
int feeds_until_stopped(FlightReader& reader, const Bytes& bytes) {
  for (int feeds = 1; feeds <= 1'000'000; ++feeds) {
    if (reader.feed(bytes) != State::More) return feeds;
  }
  return 0;
}

TEST_CASE("wire limits: the longest message passes, one byte more does not") {
  constexpr std::size_t kMost = 64 * 1024;
  const Bytes longest = message(23, Bytes(kMost));
  FlightReader reader;
  reader.feed(hello_record() + in_records_of(16'384, longest));
  CHECK(reader.state() == State::More);

  FlightReader other;
  CHECK(other.feed(hello_record() + record(kHandshake, hex("0b 010001"))) == State::TooMuch);
  CHECK(other.problem() == "Certificate of 65537 bytes; at most 65536");
}

TEST_CASE("wire limits: the longest record passes, one byte more does not") {
  FlightReader reader;
  CHECK(reader.feed(hello_record() + record(kHandshake, message(23, Bytes(16'636)))) == State::More);
  FlightReader other;
  CHECK(other.feed(hello_record() + hex("16 0303 4101")) == State::Malformed);
}

TEST_CASE("wire limits: a connection brings 256 KiB and no more, however it is cut") {
  constexpr std::size_t kMost = 256 * 1024;
  Bytes endless = hello_record();
  while (endless.size() <= kMost) endless = std::move(endless) + record(kHandshake, message(23, Bytes(16'000)));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, endless.size()}) {
    FlightReader reader;
    std::size_t fed = 0;
    while (reader.state() == State::More && fed < endless.size()) {
      const std::size_t size = std::min(piece, endless.size() - fed);
      reader.feed(View(endless).subspan(fed, size));
      fed += size;
    }
    INFO(piece);
    CHECK(reader.state() == State::TooMuch);
    CHECK(reader.problem() == "more than 262144 bytes without an end of the flight");
    CHECK(reader.bytes_read() == kMost);
  }
}

TEST_CASE("wire limits: a flight that ends with the last allowed byte is complete") {
  const Bytes flight = in_records_of(16'384, tls12_flight());
  FlightLimits limits;
  limits.total_bytes = flight.size();
  FlightReader reader(ReadUntil::Done, limits);
  CHECK(reader.feed(flight) == State::Complete);

  limits.total_bytes = flight.size() - 1;
  FlightReader tight(ReadUntil::Done, limits);
  CHECK(tight.feed(flight) == State::TooMuch);
}

TEST_CASE("wire limits: what follows a complete flight counts for nothing and is kept whole") {
  const Bytes hello = record(kHandshake, tls13_hello());
  FlightLimits limits;
  limits.total_bytes = hello.size() + 10;
  FlightReader reader(ReadUntil::Done, limits);
  const Bytes behind = record(kApplicationData, Bytes(5000, 0x42));
  CHECK(reader.feed(hello + behind) == State::Complete);
  CHECK(reader.take_rest() == behind);
}

TEST_CASE("wire limits: records of one byte cost no more than their bytes") {
  FlightReader reader;
  reader.feed(hello_record());
  reader.feed(record(kHandshake, hex("0b")) + record(kHandshake, hex("00")) + record(kHandshake, hex("ff")) +
              record(kHandshake, hex("ff")));
  const int feeds = feeds_until_stopped(reader, record(kHandshake, hex("55")));
  CHECK(reader.state() == State::TooMuch);
  CHECK(feeds < 256 * 1024 / 6 + 1);
  CHECK(feeds > 40'000);
}

TEST_CASE("wire limits: records and messages that bring nothing further end soon") {
  for (const Bytes& nothing :
       {record(kHandshake, {}), record(kAlert, {}), record(kChangeCipherSpec, {}), record(kAlert, hex("0170")),
        record(kChangeCipherSpec, hex("01")), record(kHandshake, hex("00000000"))}) {
    FlightReader reader;
    CHECK(feeds_until_stopped(reader, nothing) == 33);
    CHECK(reader.state() == State::TooMuch);
    CHECK(reader.problem() == "more than 32 records that bring no handshake further");
  }
}

TEST_CASE("wire limits: many of them in one record end as soon") {
  Bytes alerts, requests;
  for (int i = 0; i < 4000; ++i) {
    alerts = std::move(alerts) + hex("0170");
    requests = std::move(requests) + hex("00000000");
  }
  for (const Bytes& flood : {record(kAlert, alerts), record(kHandshake, requests)}) {
    FlightReader reader;
    CHECK(reader.feed(flood) == State::TooMuch);
  }
}

TEST_CASE("wire limits: thousands of small messages in full records are read in one pass") {
  Bytes small;
  for (int i = 0; i < 4000; ++i) small = std::move(small) + message(23, {});
  FlightReader reader;
  reader.feed(hello_record());
  feeds_until_stopped(reader, record(kHandshake, small));
  CHECK(reader.state() == State::TooMuch);
  CHECK(reader.transcript().size() <= 256 * 1024);
}

}  // namespace
}  // namespace tlsward::tests::wire
