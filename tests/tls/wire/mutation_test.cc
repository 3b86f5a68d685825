// Whatever the bytes: no crash and no endless loop (under sanitizers), and the same outcome however they are cut.
#include <algorithm>
#include <array>
#include <random>

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/flight.h"
#include "tls/wire/sslv2.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;

constexpr int kMutations = 20'000;

std::vector<Bytes> seeds() {
  ClientHello hello;
  hello.suites = {{0x1301}, {0xC02F}};
  hello.extensions = {server_name("a.test"), supported_versions({tls::kTls13}), key_share({{tls::kX25519, Bytes(32)}})};
  return {in_records_of(16'384, tls12_flight()),
          in_records_of(40, tls12_flight()),
          record(kHandshake, tls13_hello()) + record(kApplicationData, Bytes(40, 0x99)),
          openssl_anonymous_flight(),
          openssl_retry_flight(),
          gnutls_anonymous_flight(),
          write(hello),
          hex("8017 04 00 01 0002 0002 0006 0004 3000 010080 0700c0 c0ffee00"),
          certificate_request(),
          ecdhe_key_exchange()};
}

class Mutator {
 public:
  Bytes operator()(Bytes bytes) {
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) change(bytes);
    return bytes;
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

 private:
  void change(Bytes& bytes) {
    static constexpr std::array<std::uint8_t, 8> kTelling = {0x00, 0x01, 0x02, 0x0B, 0x0C, 0x16, 0x7F, 0xFF};
    const std::size_t at = below(bytes.size() + 1);
    const auto position = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(6)) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        bytes.erase(position,
                    position + static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(bytes.size() - at, 20) + 1)));
        break;
      case 2:
        bytes.insert(position, kTelling.at(below(kTelling.size())));
        break;
      case 3: {
        const View copied = View(bytes).subspan(at, below(std::min<std::size_t>(bytes.size() - at, 100) + 1));
        const Bytes piece(copied.begin(), copied.end());
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        break;
      }
      case 4:
        if (at < bytes.size()) bytes[at] = kTelling.at(below(kTelling.size()));
        break;
      default:
        if (at < bytes.size()) bytes[at] = static_cast<std::uint8_t>(below(256));
    }
  }

  std::mt19937 random_{20260101};
};

TEST_CASE("wire mutation: mutated flights end the same whole and in pieces") {
  Mutator mutate;
  const auto originals = seeds();
  for (int i = 0; i < kMutations; ++i) {
    const Bytes mutant = mutate(originals[mutate.below(originals.size())]);
    FlightReader whole, pieces;
    whole.feed(mutant);
    const std::size_t step = 1 + mutate.below(20);
    for (std::size_t at = 0; at < mutant.size(); at += step) {
      pieces.feed(View(mutant).subspan(at, std::min(step, mutant.size() - at)));
    }
    INFO(i);
    CHECK(pieces.state() == whole.state());
    CHECK(pieces.problem() == whole.problem());
    CHECK(pieces.transcript() == whole.transcript());
    CHECK(pieces.flight().alert == whole.flight().alert);
    CHECK(pieces.flight().chain == whole.flight().chain);
    CHECK(whole.transcript().size() <= mutant.size());
  }
}

TEST_CASE("wire mutation: a client hello that is read is written back as it was") {
  Mutator mutate;
  const auto originals = seeds();
  int read_back = 0;
  for (int i = 0; i < kMutations; ++i) {
    const Bytes mutant = mutate(originals[6]);
    if (mutant.size() < 4) continue;
    const auto hello = parse_client_hello(View(mutant).subspan(4));
    // An empty extensions block is left out when it is written.
    if (!hello || hello->extensions.empty()) continue;
    ++read_back;
    const Bytes again = write(*hello);
    CHECK(std::equal(again.begin() + 4, again.end(), mutant.begin() + 4, mutant.end()));
  }
  CHECK(read_back > 1000);
}

TEST_CASE("wire mutation: bodies of every kind are read without harm") {
  Mutator mutate;
  const auto originals = seeds();
  std::size_t well_formed = 0;
  for (int i = 0; i < kMutations; ++i) {
    const Bytes mutant = mutate(originals[mutate.below(originals.size())]);
    const tls::Version version{static_cast<std::uint16_t>(0x0300 + mutate.below(5))};
    const tls::CipherSuite suite = tls::cipher_suites()[mutate.below(tls::cipher_suites().size())].suite;
    well_formed += parse_server_hello(mutant).has_value();
    well_formed += parse_certificate(mutant, mutate.below(2) == 0).has_value();
    well_formed += parse_certificate_status(mutant).has_value();
    well_formed += parse_certificate_request(mutant, version).has_value();
    well_formed += parse_leaf_extensions(mutant).has_value();
    well_formed += parse_server_key_exchange(mutant, suite, version).has_value();
    well_formed += offered_npn(mutant).has_value();
    const Sslv2Answer answer = parse_sslv2_answer(mutant);
    CHECK(answer.hello.has_value() == (answer.state == Sslv2State::Hello));
  }
  CHECK(well_formed > 100);
}

}  // namespace
}  // namespace tlsward::tests::wire
