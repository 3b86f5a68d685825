// The parts of HTTP/2 that are pure logic: where frames begin, and what is a flood.
#include <chrono>
#include <string>
#include <vector>

#include "serve/http/http2_flood_guard.h"
#include "serve/http/http2_frame_scanner.h"
#include "tests/catch.h"
#include "tests/serve/raw_http2.h"

namespace tlsward::serve {
namespace {

using namespace std::chrono_literals;
using test::frame;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Type, flags, length and stream of each frame, fed in pieces of `piece` bytes: "1/4/3/7 ".
std::string scan(Http2FrameScanner& scanner, std::string_view bytes, std::size_t piece) {
  std::string seen;
  const auto note = [&](const Http2FrameHeader& it) {
    seen += std::to_string(it.type) + "/" + std::to_string(it.flags) + "/" + std::to_string(it.length) + "/" +
            std::to_string(it.stream) + " ";
  };
  while (!bytes.empty()) {
    scanner.feed(bytes_of(bytes.substr(0, piece)), note);
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return seen;
}

Http2FrameHeader header(std::uint8_t type, std::uint32_t length, std::uint8_t flags = 0) {
  return {length, type, flags, 1};
}

}  // namespace

TEST_CASE("http2: frames are found whatever pieces they come in") {
  const std::string bytes =
      std::string(test::kPreface) + frame(test::kSettingsFrame, 0, 0) + frame(test::kHeadersFrame, 0x4, 7, "abc") +
      frame(test::kDataFrame, 1, 0x1234567, std::string(70'000, 'x')) + frame(test::kPingFrame, 0, 0, "12345678");
  for (const std::size_t piece : {1, 2, 9, 10, 24, 4096, 1'000'000}) {
    Http2FrameScanner scanner(test::kPreface.size());
    CHECK(scan(scanner, bytes, piece) == "4/0/0/0 1/4/3/7 0/1/70000/19088743 6/0/8/0 ");
    CHECK_FALSE(scanner.is_incomplete());
    CHECK(scanner.completed() == 5);
  }
}

TEST_CASE("http2: what has begun and is not whole is known, but for DATA") {
  Http2FrameScanner scanner(test::kPreface.size());
  CHECK_FALSE(scanner.is_incomplete());
  scan(scanner, "PRI", 100);
  CHECK(scanner.is_incomplete());
  scan(scanner, test::kPreface.substr(3), 100);
  CHECK_FALSE(scanner.is_incomplete());

  SECTION("a frame header") {
    scan(scanner, frame(test::kDataFrame, 0, 1, "x").substr(0, 8), 100);
    CHECK(scanner.is_incomplete());
  }
  SECTION("DATA") {
    scan(scanner, frame(test::kDataFrame, 0, 1, "xyz").substr(0, 10), 100);
    CHECK_FALSE(scanner.is_incomplete());
  }
  SECTION("another frame") {
    scan(scanner, frame(test::kPingFrame, 0, 0, "12345678").substr(0, 16), 100);
    CHECK(scanner.is_incomplete());
  }
  SECTION("a block of fields over several frames") {
    scan(scanner, frame(test::kHeadersFrame, 0, 1, "x"), 100);
    CHECK(scanner.is_incomplete());
    const std::uint64_t completed = scanner.completed();
    scan(scanner, frame(test::kContinuationFrame, 0, 1), 100);
    CHECK(scanner.is_incomplete());
    CHECK(scanner.completed() == completed);
    scan(scanner, frame(test::kContinuationFrame, test::kEndHeaders, 1), 100);
    CHECK_FALSE(scanner.is_incomplete());
    CHECK(scanner.completed() == completed + 1);
  }
}

TEST_CASE("http2: a budget is spent by what happens, and earned by work and by time") {
  const net::Clock::time_point start{1000s};
  Http2Budget budget(10, 2);
  for (int i = 0; i < 10; ++i) budget.spend(start);
  CHECK_FALSE(budget.is_exhausted());
  SECTION("too much") {
    budget.spend(start);
    CHECK(budget.is_exhausted());
    budget.earn(5);
    CHECK(budget.is_exhausted());
  }
  SECTION("work") {
    budget.earn(1);
    budget.spend(start);
    CHECK_FALSE(budget.is_exhausted());
    budget.spend(start);
    CHECK(budget.is_exhausted());
  }
  SECTION("time") {
    for (int i = 0; i < 4; ++i) budget.spend(start + 2s);
    CHECK_FALSE(budget.is_exhausted());
    budget.spend(start + 2s);
    CHECK(budget.is_exhausted());
  }
  SECTION("never more than it holds") {
    for (int i = 0; i < 10; ++i) budget.spend(start + 1h);
    CHECK_FALSE(budget.is_exhausted());
    budget.spend(start + 1h);
    CHECK(budget.is_exhausted());
  }
  SECTION("time that came in small steps counts whole") {
    for (int step = 1; step <= 20; ++step) {
      budget.spend(start + step * 500ms);
      CHECK_FALSE(budget.is_exhausted());
    }
  }
}

TEST_CASE("http2: frames that bring nothing are a flood, others are none") {
  const net::Clock::time_point now{1000s};
  struct Case {
    std::string name;
    Http2FrameHeader frame;
    bool flood;
  };
  const std::vector<Case> cases = {{"empty DATA", header(test::kDataFrame, 0), true},
                                   {"DATA of padding alone", header(test::kDataFrame, 256, test::kPadded), true},
                                   {"PING", header(test::kPingFrame, 8), true},
                                   {"SETTINGS", header(test::kSettingsFrame, 0), true},
                                   {"PRIORITY", header(test::kPriorityFrame, 5), true},
                                   {"WINDOW_UPDATE", header(test::kWindowUpdateFrame, 4), true},
                                   {"RST_STREAM", header(test::kResetFrame, 4), true},
                                   {"CONTINUATION", header(test::kContinuationFrame, 0), true},
                                   {"an unknown type", header(0xf0, 0), true},
                                   {"the end of a body", header(test::kDataFrame, 0, test::kEndStream), false},
                                   {"a message of gRPC", header(test::kDataFrame, 5), false},
                                   {"DATA", header(test::kDataFrame, 16384), false},
                                   {"HEADERS", header(test::kHeadersFrame, 30), false}};
  for (const Case& it : cases) {
    Http2FloodGuard guard;
    for (int i = 0; i < 10'000; ++i) guard.note_frame(it.frame, now);
    INFO(it.name);
    CHECK(guard.is_flooded() == it.flood);
  }
}

TEST_CASE("http2: window updates for what was sent are no flood") {
  const net::Clock::time_point now{1000s};
  Http2FloodGuard guard;
  for (int i = 0; i < 10'000; ++i) {
    guard.note_data_sent(16384);
    guard.note_frame(header(test::kWindowUpdateFrame, 4), now);
    guard.note_frame(header(test::kWindowUpdateFrame, 4), now);
  }
  CHECK_FALSE(guard.is_flooded());
  for (int i = 0; i < 10'000; ++i) {
    guard.note_data_sent(1);
    guard.note_frame(header(test::kWindowUpdateFrame, 4), now);
  }
  CHECK(guard.is_flooded());
}

}  // namespace tlsward::serve
