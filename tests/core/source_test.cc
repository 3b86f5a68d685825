#include "core/source.h"

#include <string>

#include "core/finding.h"
#include "tests/catch.h"

namespace tlsward {
namespace {

Position position_of(const std::string& text, std::string_view needle) {
  SourceMap sources;
  const FileId file = sources.add("a", text);
  return sources.position(file, static_cast<std::uint32_t>(text.find(needle)));
}

TEST_CASE("source: lines and columns start at 1") {
  CHECK(position_of("x", "x") == Position{1, 1});
  CHECK(position_of("ab\ncd", "d") == Position{2, 2});
}

TEST_CASE("source: a column counts code points, not bytes") {
  CHECK(position_of("h\xC3\xA9llo x", "x") == Position{1, 7});
  CHECK(position_of("\xF0\x9F\x94\x92\xE4\xB8\xAD x", "x") == Position{1, 4});
}

TEST_CASE("source: a tab is one column") {
  CHECK(position_of("\t\tx", "x") == Position{1, 3});
}

TEST_CASE("source: an offset inside a code point gives the place of that code point") {
  SourceMap sources;
  const FileId file = sources.add("a", "a\xC3\xA9z");
  CHECK(sources.position(file, 2) == Position{1, 2});
  CHECK(sources.position(file, 3) == Position{1, 3});
}

TEST_CASE("source: CRLF ends a line like LF") {
  const std::string text = "a\r\nb\nc";
  CHECK(position_of(text, "b") == Position{2, 1});
  CHECK(position_of(text, "c") == Position{3, 1});
  SourceMap sources;
  const FileId file = sources.add("a", text);
  CHECK(sources.line(file, 1) == "a");
  CHECK(sources.line(file, 2) == "b");
  CHECK(sources.line(file, 3) == "c");
  CHECK(sources.line_count(file) == 3);
}

TEST_CASE("source: the byte-order mark is no column and no part of the line") {
  const std::string text = "\xEF\xBB\xBFkey: 1\n";
  CHECK(position_of(text, "key") == Position{1, 1});
  SourceMap sources;
  const FileId file = sources.add("a", text);
  CHECK(sources.position(file, 0) == Position{1, 1});
  CHECK(sources.line(file, 1) == "key: 1");
  CHECK(sources.text(file) == text);
}

TEST_CASE("source: a trailing line ending does not start another line") {
  SourceMap sources;
  CHECK(sources.line_count(sources.add("a", "x\ny\n")) == 2);
  CHECK(sources.line_count(sources.add("b", "x\ny")) == 2);
  CHECK(sources.line_count(sources.add("c", "")) == 0);
  CHECK(sources.line_count(sources.add("d", "\n")) == 1);
}

TEST_CASE("source: what lies beyond the end is the end") {
  SourceMap sources;
  const FileId file = sources.add("a", "ab\nc");
  CHECK(sources.position(file, 1000) == Position{2, 2});
  CHECK(sources.line(file, 0).empty());
  CHECK(sources.line(file, 3).empty());
  CHECK(sources.text(Span{file, 3, 1000}) == "c");
  CHECK(sources.text(Span{file, 1000, 2000}).empty());
}

TEST_CASE("source: columns stay right far into a long line") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "\xC3\xA9";
  text += "x";
  CHECK(position_of(text, "x") == Position{1, 5001});
}

TEST_CASE("source: file 0 is no file") {
  SourceMap sources;
  CHECK(sources.size() == 0);
  CHECK(sources.text(Span{}).empty());
  CHECK(sources.add("a.yaml", "x") == 1);
  CHECK(sources.size() == 1);
  CHECK(sources.path(1) == "a.yaml");
  CHECK_FALSE(Span{}.known());
}

TEST_CASE("source: texts stay where they are when more files are added or the map moves") {
  SourceMap sources;
  const FileId file = sources.add("a", "x");
  const std::string_view before = sources.text(file);
  for (int i = 0; i < 100; ++i) sources.add("b", "y");
  const SourceMap moved = std::move(sources);
  CHECK(moved.text(file).data() == before.data());
}

TEST_CASE("finding: severities and confidences have names") {
  CHECK(name(Severity::Error) == "error");
  CHECK(name(Severity::Warning) == "warning");
  CHECK(name(Severity::Info) == "info");
  CHECK(name(Confidence::Low) == "low");
  CHECK(name(Confidence::Medium) == "medium");
  CHECK(name(Confidence::High) == "high");
}

}  // namespace
}  // namespace tlsward
