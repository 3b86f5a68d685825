// A TLS 1.3 server that encrypts whatever the input says: messages, records, alerts, padding, and bytes in clear text.
// Fed whole and in pieces, its flight must end the same. Each step of the input is a byte that says what comes, and how
// many bytes of the rest belong to it.
#include "net/encrypted_flight.h"

#include <algorithm>

#include "fuzz/input.h"
#include "tests/net/handmade_flight.h"

using namespace tlsward;
using net::EncryptedFlightReader;
using tls::wire::Bytes;
using tls::wire::View;

namespace {

constexpr int kMaxSteps = 60;

void append(Bytes& to, const Bytes& bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

/// The bytes of one step.
Bytes step(test::HandmadeFlight& server, std::uint8_t what, View content) {
  const std::uint8_t type = content.empty() ? 0 : content.front();
  const View body = content.empty() ? content : content.subspan(1);
  switch (what % 8) {
    case 0:
      return server.record(server.said(type, body));
    case 1:
      return server.record(server.finished());
    case 2:
      return server.record(content);
    case 3:
      return server.record(type, body, what);
    case 4:
      return server.sealed(content);
    case 5:
      return test::HandmadeFlight::plain(type, body);
    case 6:
      return server.record(tls::wire::record::kAlert, content);
    default:
      return {content.begin(), content.end()};
  }
}

Bytes flight_of(test::HandmadeFlight& server, View input) {
  tls::wire::Reader in(input);
  Bytes flight;
  for (int i = 0; i < kMaxSteps && !in.empty(); ++i) {
    const std::uint8_t what = in.u8();
    const std::size_t size = in.u16();
    append(flight, step(server, what, in.bytes(std::min(size, in.rest().size()))));
  }
  return flight;
}

void feed_in_pieces(EncryptedFlightReader& reader, View bytes, std::uint8_t cut) {
  for (std::size_t step = cut; !bytes.empty(); step = step * 5 + 3) {
    const std::size_t size = std::min(step % 64, bytes.size());
    reader.feed(bytes.first(size));
    bytes = bytes.subspan(size);
  }
}

void require_same(EncryptedFlightReader& left, EncryptedFlightReader& right) {
  fuzz::require(left.feed({}) == right.feed({}));
  fuzz::require(left.problem() == right.problem());
  fuzz::require(left.flight().alert == right.flight().alert);
  fuzz::require(left.flight().chain == right.flight().chain);
  fuzz::require(left.flight().ocsp_response == right.flight().ocsp_response);
  fuzz::require(left.flight().encrypted_extensions == right.flight().encrypted_extensions);
  fuzz::require(left.flight().certificate_compression == right.flight().certificate_compression);
  fuzz::require(left.flight().finished == right.flight().finished);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static test::HandmadeFlight server;
  server.restart();
  fuzz::Input input(data, size);
  const std::uint8_t cut = input.byte();
  const Bytes flight = flight_of(server, input.rest());
  EncryptedFlightReader whole = server.reader(), pieces = server.reader();
  whole.feed(flight);
  feed_in_pieces(pieces, flight, cut);
  require_same(whole, pieces);
  fuzz::require(!whole.flight().finished || whole.flight().certificate_seen);
  return 0;
}
