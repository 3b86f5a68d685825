#include "report/rfc3339_read.h"

#include <chrono>
#include <optional>

#include "report/time_text.h"
#include "tests/catch.h"

namespace tlsward::report {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr Milliseconds kMoment = std::chrono::sys_days{2026y / 1 / 2} + 3h + 4min + 5s + 678ms;

TEST_CASE("RFC 3339: times are read as they are written") {
  CHECK(parse_rfc3339("2026-01-02T03:04:05.678Z") == kMoment);
  CHECK(parse_rfc3339(rfc3339(kMoment)) == kMoment);
  CHECK(parse_rfc3339("0000-01-01T00:00:00Z") == std::chrono::sys_days{0y / 1 / 1});
  CHECK(parse_rfc3339("9999-12-31T23:59:59Z") == std::chrono::sys_days{9999y / 12 / 31} + 24h - 1s);
}

TEST_CASE("RFC 3339: digits behind the second are optional, and cut at the millisecond") {
  CHECK(parse_rfc3339("2026-01-02T03:04:05Z") == kMoment - 678ms);
  CHECK(parse_rfc3339("2026-01-02T03:04:05.6Z") == kMoment - 78ms);
  CHECK(parse_rfc3339("2026-01-02T03:04:05.678999999999999999999Z") == kMoment);
}

TEST_CASE("RFC 3339: an offset is taken back to UTC") {
  CHECK(parse_rfc3339("2026-01-02T05:34:05.678+02:30") == kMoment);
  CHECK(parse_rfc3339("2026-01-01t22:04:05.678-05:00") == kMoment);
}

TEST_CASE("RFC 3339: what is no time gives nothing") {
  for (const char* text :
       {"", "2026-01-02", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-01-02T24:00:00Z", "2026-01-02T03:60:00Z", "2026-01-02T03:04:60Z", "2026-1-2T03:04:05Z",
        "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05+0200", "2026-01-02T03:04:05ZZ", "+026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.67 Z", "12026-01-02T03:04:05Z", "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01"}) {
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

}  // namespace
}  // namespace tlsward::report
