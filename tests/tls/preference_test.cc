#include "tls/preference.h"

#include <algorithm>
#include <vector>

#include "tests/catch.h"

namespace tls = tlsward::tls;
using Suites = std::vector<tls::CipherSuite>;

namespace {

Suites copy(std::span<const tls::CipherSuite> suites) {
  return {suites.begin(), suites.end()};
}

}  // namespace

TEST_CASE("preference: Go's order with AES hardware") {
  CHECK(copy(tls::go_preference_order()) == Suites{{0xC02B}, {0xC02F}, {0xC02C}, {0xC030}, {0xCCA9}, {0xCCA8},
                                                   {0xC009}, {0xC013}, {0xC00A}, {0xC014}, {0x009C}, {0x009D},
                                                   {0x002F}, {0x0035}, {0xC012}, {0x000A}, {0xC023}, {0xC027},
                                                   {0x003C}, {0xC007}, {0xC011}, {0x0005}});
}

TEST_CASE("preference: without AES hardware CHACHA20 comes first and nothing else moves") {
  const auto order = copy(tls::go_preference_order(false));
  CHECK(Suites(order.begin(), order.begin() + 7) ==
        Suites{{0xCCA9}, {0xCCA8}, {0xC02B}, {0xC02F}, {0xC02C}, {0xC030}, {0xC009}});
  const auto usual = copy(tls::go_preference_order());
  CHECK(std::equal(order.begin() + 6, order.end(), usual.begin() + 6, usual.end()));
}

TEST_CASE("preference: it holds exactly the suites of TLS 1.2 and below that Go has constants for") {
  auto order = copy(tls::go_preference_order());
  std::sort(order.begin(), order.end());
  Suites in_go;
  for (const auto& row : tls::cipher_suites()) {
    if (!row.go.empty() && !tls::is_tls13(row.suite) && !tls::is_signalling(row.suite)) in_go.push_back(row.suite);
  }
  CHECK(order == in_go);
}

TEST_CASE("preference: a configured list is served in Go's order, without repeats and unknown numbers") {
  const Suites configured = {{0x002F}, {0xC030}, {0x1301}, {158}, {0xC02F}, {0xC030}, {0xCCA8}};
  CHECK(tls::in_go_order(configured) == Suites{{0xC02F}, {0xC030}, {0xCCA8}, {0x002F}});
  CHECK(tls::in_go_order(configured, false) == Suites{{0xCCA8}, {0xC02F}, {0xC030}, {0x002F}});
  CHECK(tls::in_go_order({}).empty());
}
