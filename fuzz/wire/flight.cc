// A server's bytes, fed whole and in pieces: both must end the same. The first byte says how far to read and under
// which limits, the second how the pieces are cut.
#include "tls/wire/flight.h"

#include <algorithm>

#include "fuzz/input.h"

using namespace tlsward;
using tls::wire::FlightReader;

namespace {

constexpr std::size_t kTightMessage = 200, kTightTotal = 1000;

FlightReader make_reader(std::uint8_t mode) {
  tls::wire::FlightLimits limits;
  if (mode & 2) limits = {.message_bytes = kTightMessage, .total_bytes = kTightTotal, .idle = 3};
  return FlightReader(mode & 1 ? tls::wire::ReadUntil::Hello : tls::wire::ReadUntil::Done, limits);
}

void feed_in_pieces(FlightReader& reader, tls::wire::View bytes, std::uint8_t cut) {
  for (std::size_t step = cut; !bytes.empty(); step = step * 5 + 3) {
    const std::size_t size = std::min(step % 64, bytes.size());
    reader.feed(bytes.first(size));
    bytes = bytes.subspan(size);
  }
}

void require_same(const FlightReader& left, const FlightReader& right) {
  fuzz::require(left.state() == right.state());
  fuzz::require(left.problem() == right.problem());
  fuzz::require(left.seen() == right.seen());
  fuzz::require(left.transcript() == right.transcript());
  fuzz::require(left.flight().alert == right.flight().alert);
  fuzz::require(left.flight().chain == right.flight().chain);
  fuzz::require(left.flight().ocsp_response == right.flight().ocsp_response);
  fuzz::require(left.flight().hello.has_value() == right.flight().hello.has_value());
  fuzz::require(left.flight().key_exchange.has_value() == right.flight().key_exchange.has_value());
  fuzz::require(left.flight().hello_done == right.flight().hello_done);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t mode = input.byte(), cut = input.byte();
  FlightReader whole = make_reader(mode), pieces = make_reader(mode);
  whole.feed(input.rest());
  feed_in_pieces(pieces, input.rest(), cut);
  require_same(whole, pieces);
  fuzz::require(whole.transcript().size() <= input.rest().size());
  fuzz::require(whole.take_rest().size() <= input.rest().size());
  return 0;
}
