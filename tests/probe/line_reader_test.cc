#include "probe/line_reader.h"

#include <sstream>
#include <streambuf>
#include <string>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

TEST_CASE("lines: LF and CRLF end a line, and the last one may have neither") {
  std::istringstream in("one\r\n\ntwo");
  LineReader lines(in);
  auto line = lines.next(100);
  REQUIRE(line);
  CHECK(line->text == "one");
  CHECK(line->number == 1);
  CHECK(line->offset == 0);
  CHECK(line->ended);
  line = lines.next(100);
  REQUIRE(line);
  CHECK(line->text.empty());
  CHECK(line->offset == 5);
  line = lines.next(100);
  REQUIRE(line);
  CHECK(line->text == "two");
  CHECK(line->number == 3);
  CHECK(line->offset == 6);
  CHECK_FALSE(line->ended);
  CHECK_FALSE(lines.next(100));
  CHECK(lines.offset() == 9);
  CHECK_FALSE(lines.failed());
}

TEST_CASE("lines: a line of any length is read whole, or cut where that is not allowed") {
  for (const std::size_t length : {16'382U, 16'383U, 16'384U, 16'385U, 100'000U}) {
    std::istringstream in(std::string(length, 'x') + "\nnext\n");
    LineReader lines(in);
    const auto line = lines.next(1'000'000);
    REQUIRE(line);
    CHECK(line->text.size() == length);
    CHECK_FALSE(line->too_long);
    REQUIRE(lines.next(10));
  }
  std::istringstream in(std::string(100'000, 'x') + "\nnext\n");
  LineReader lines(in);
  const auto line = lines.next(10);
  REQUIRE(line);
  CHECK(line->text == "xxxxxxxxxx");
  CHECK(line->too_long);
  const auto next = lines.next(10);
  REQUIRE(next);
  CHECK(next->text == "next");
  CHECK_FALSE(next->too_long);
}

TEST_CASE("lines: a last line that fills the buffer exactly is no two lines") {
  std::istringstream in(std::string(16'383, 'x'));
  LineReader lines(in);
  const auto line = lines.next(100'000);
  REQUIRE(line);
  CHECK(line->text.size() == 16'383);
  CHECK_FALSE(line->ended);
  CHECK_FALSE(lines.next(100'000));
}

TEST_CASE("lines: zero bytes are bytes like others, and a byte-order mark counts only in front of the file") {
  std::istringstream in(
      std::string("\xEF\xBB\xBF"
                  "a\0b\n\xEF\xBB\xBF"
                  "c\n",
                  12));
  LineReader lines(in);
  CHECK(lines.next(100)->text == std::string_view("a\0b", 3));
  CHECK(lines.next(100)->text ==
        "\xEF\xBB\xBF"
        "c");
}

/// Gives a line, and then what a disk error gives.
struct BrokenBuffer : std::stringbuf {
  BrokenBuffer() : std::stringbuf("whole\nhal") {}
  int underflow() override {
    const int next = std::stringbuf::underflow();
    if (next == traits_type::eof()) throw std::ios_base::failure("input/output error");
    return next;
  }
};

TEST_CASE("lines: a stream that breaks is told apart from one that ends") {
  BrokenBuffer buffer;
  std::istream in(&buffer);
  LineReader lines(in);
  CHECK(lines.next(100)->text == "whole");
  CHECK(lines.next(100)->text == "hal");
  CHECK_FALSE(lines.next(100));
  CHECK(lines.failed());
}

}  // namespace
}  // namespace tlsward::probe
