#include "probe/progress.h"

#include <chrono>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

constexpr net::Clock::time_point kStart{1000s};

TEST_CASE("progress: done, failed, rate and time left") {
  CHECK(progress_text({1200, 14, 10'000}, 20s) == "1,200 of 10,000 hosts, 14 failed, 60.0 hosts/s, 2:27 left");
  CHECK(progress_text({10'000, 0, 10'000}, 100s) == "10,000 of 10,000 hosts, 0 failed, 100.0 hosts/s, 0:00 left");
  CHECK(progress_text({1, 0, 1'048'576}, 1s).ends_with("1.0 hosts/s, 291:16:15 left"));
}

TEST_CASE("progress: what is not known is not said") {
  CHECK(progress_text({0, 0, 500}, 3s) == "0 of 500 hosts, 0 failed");
  CHECK(progress_text({7, 2, {}}, 2s) == "7 hosts, 2 failed, 3.5 hosts/s");
  CHECK(progress_text({1, 0, {}}, 0s) == "1 host, 0 failed");
}

TEST_CASE("progress: more done than was counted is no negative time") {
  CHECK(progress_text({12, 0, 10}, 6s) == "12 of 10 hosts, 0 failed, 2.0 hosts/s, 0:00 left");
}

TEST_CASE("progress: a crawling run has a bounded time left") {
  CHECK(progress_text({1, 0, 1'000'000'000}, 3600s).ends_with(", 999:00:00 left"));
}

TEST_CASE("progress: a terminal's line is written over at most 10 times a second") {
  ProgressLine line(true, kStart);
  CHECK_FALSE(line.update({1, 0, 4}, kStart + 99ms));
  CHECK(line.update({1, 0, 4}, kStart + 100ms) == "\r\x1b[K1 of 4 hosts, 0 failed, 10.0 hosts/s, 0:00 left");
  CHECK_FALSE(line.update({2, 0, 4}, kStart + 199ms));
  CHECK(line.update({3, 0, 4}, kStart + 200ms));
}

TEST_CASE("progress: a terminal's line is cleared once, and only where there is one") {
  ProgressLine line(true, kStart);
  CHECK(line.clear().empty());
  REQUIRE(line.update({1, 0, 4}, kStart + 1s));
  CHECK(line.clear() == "\r\x1b[K");
  CHECK(line.clear().empty());
}

TEST_CASE("progress: elsewhere a line is added every 30 seconds, without control characters") {
  ProgressLine line(false, kStart);
  CHECK_FALSE(line.update({100, 3, {}}, kStart + 29s));
  CHECK(line.update({300, 3, {}}, kStart + 30s) == "300 hosts, 3 failed, 10.0 hosts/s\n");
  CHECK_FALSE(line.update({310, 3, {}}, kStart + 59s));
  CHECK(line.update({600, 3, {}}, kStart + 60s));
  CHECK(line.clear().empty());
}

}  // namespace
}  // namespace tlsward::probe
