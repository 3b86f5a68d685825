#include "probe/newest.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "tests/catch.h"
#include "tests/probe/sound_host.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;
using Indexes = std::vector<std::size_t>;

ResultStamp stamp(std::string host, std::string address, std::chrono::milliseconds started, bool complete = true) {
  return {{std::move(host), 443, std::move(address), "x"}, testing::kNoon + started, complete, complete};
}

TEST_CASE("newest: of two results of one endpoint the one that started later counts, wherever it stands") {
  CHECK(newest(std::vector{stamp("a", "1", 0ms), stamp("a", "1", 1ms)}) == Indexes{1});
  CHECK(newest(std::vector{stamp("a", "1", 1ms), stamp("a", "1", 0ms)}) == Indexes{0});
  CHECK(newest(std::vector{stamp("a", "1", 0ms), stamp("a", "1", 1ms, false)}) == Indexes{1});
}

TEST_CASE("newest: at the same moment the complete result counts, then the last") {
  CHECK(newest(std::vector{stamp("a", "1", 0ms, true), stamp("a", "1", 0ms, false)}) == Indexes{0});
  CHECK(newest(std::vector{stamp("a", "1", 0ms), stamp("a", "1", 0ms)}) == Indexes{1});
}

TEST_CASE("newest: two parts of one fleet have nothing in common, so that both stay, ordered by host") {
  const std::vector<ResultStamp> stamps = {stamp("d", "4", 0ms), stamp("b", "2", 9ms), stamp("c", "3", 5ms),
                                           stamp("a", "1", 7ms)};
  CHECK(newest(stamps) == Indexes{3, 1, 2, 0});
}

TEST_CASE("newest: the order does not depend on the order of the input") {
  std::vector<ResultStamp> stamps = {stamp("a", "1", 0ms), stamp("a", "2", 0ms), stamp("b", "1", 0ms)};
  stamps[2].key.port = 80;
  CHECK(newest(stamps) == Indexes{0, 1, 2});
  std::reverse(stamps.begin(), stamps.end());
  CHECK(newest(stamps) == Indexes{2, 1, 0});
}

TEST_CASE("newest: port, address and server name tell endpoints apart") {
  std::vector<ResultStamp> stamps(4, stamp("a", "1", 0ms));
  stamps[1].key.port = 8443;
  stamps[2].key.address = "2";
  stamps[3].key.sni = "other";
  CHECK(newest(stamps).size() == 4);
}

TEST_CASE("newest: a result without an address counts where it is newer than all of its host's addresses") {
  CHECK(newest(std::vector{stamp("a", "1", 0ms), stamp("a", "2", 1ms), stamp("a", "", 2ms, false)}) == Indexes{2});
  CHECK(newest(std::vector{stamp("a", "", 0ms, false), stamp("a", "1", 1ms)}) == Indexes{1});
  CHECK(newest(std::vector{stamp("a", "1", 0ms), stamp("a", "", 1ms, false), stamp("a", "2", 2ms)}) == Indexes{2});
  CHECK(newest(std::vector{stamp("a", "", 0ms, false), stamp("a", "", 1ms, false)}) == Indexes{1});
  CHECK(newest(std::vector{stamp("b", "1", 0ms), stamp("a", "", 5ms, false)}) == Indexes{1, 0});
}

TEST_CASE("newest: nothing gives nothing") {
  CHECK(newest({}).empty());
}

TEST_CASE("stamps: complete results and ports that are closed or no TLS are settled, all others may come out better") {
  using Kind = Trouble::Kind;
  CHECK(stamp_of(testing::sound_host()).settled);
  for (const Kind kind : {Kind::Refused, Kind::NotTls}) CHECK(stamp_of(testing::troubled_host(kind)).settled);
  for (const Kind kind :
       {Kind::Unresolved, Kind::Unreachable, Kind::TimedOut, Kind::Proxy, Kind::Interrupted, Kind::Local})
    CHECK_FALSE(stamp_of(testing::troubled_host(kind)).settled);
  HostResult gap = testing::sound_host();
  gap.suites[tls::kTls12].complete = false;
  CHECK_FALSE(stamp_of(gap).settled);
  CHECK_FALSE(stamp_of(gap).complete);
  CHECK(stamp_of(gap).key == ResultKey{"api.example", 443, "192.0.2.7", "api.example"});
}

}  // namespace
}  // namespace tlsward::probe
