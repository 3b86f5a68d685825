#include "core/width.h"

#include "tests/catch.h"

using namespace tlsward;

TEST_CASE("width: wide characters take two columns, combining marks none") {
  CHECK(columns(std::string_view("abc")) == 3);
  CHECK(columns(std::string_view("日本")) == 4);
  CHECK(columns(std::string_view("e\xCC\x81")) == 1);
}

TEST_CASE("width: control characters and broken UTF-8 cannot reach the terminal") {
  CHECK(printable("a\x1b[31m") == "a\xEF\xBF\xBD[31m");
  CHECK(printable("\xff") == "\xEF\xBF\xBD");
  for (const char* mark : {"\u202E", "\u2066", "\u2028", "\u2029", "\u200E", "\u200F", "\u061C", "\u0085"})
    CHECK(printable(mark) == "\xEF\xBF\xBD");
  CHECK(printable("a\tb") == "a   b");
}

TEST_CASE("width: of several lines breaks and tabs stay") {
  CHECK(printable_lines("a\n\tb\r\x1b[2J\n\xff ä\u2028") ==
        "a\n\tb\xEF\xBF\xBD\xEF\xBF\xBD[2J\n\xEF\xBF\xBD ä\xEF\xBF\xBD");
}
