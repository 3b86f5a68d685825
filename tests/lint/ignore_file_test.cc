#include "lint/ignore_file.h"

#include <string>

#include "tests/catch.h"

using tlsward::lint::IgnoreFile;
using tlsward::lint::matches_glob;

namespace {

bool ignored(const std::string& patterns, const std::string& path, bool directory = false) {
  return IgnoreFile(patterns).ignores(path, directory).value_or(false);
}

}  // namespace

TEST_CASE("a pattern without a slash matches the name at any depth") {
  CHECK(ignored("*.json", "a.json"));
  CHECK(ignored("*.json", "deep/down/a.json"));
  CHECK_FALSE(ignored("*.json", "a.yaml"));
}

TEST_CASE("a pattern with a slash is anchored to its directory") {
  CHECK(ignored("/a.json", "a.json"));
  CHECK_FALSE(ignored("/a.json", "sub/a.json"));
  CHECK(ignored("sub/*.json", "sub/a.json"));
  CHECK_FALSE(ignored("sub/*.json", "other/sub/a.json"));
  CHECK_FALSE(ignored("sub/*.json", "sub/deeper/a.json"));
}

TEST_CASE("a pattern that ends in a slash matches directories only") {
  CHECK(ignored("build/", "build", true));
  CHECK(ignored("build/", "deep/build", true));
  CHECK_FALSE(ignored("build/", "build", false));
}

TEST_CASE("two stars take any number of directories") {
  CHECK(ignored("**/a.json", "a.json"));
  CHECK(ignored("**/a.json", "x/y/a.json"));
  CHECK(ignored("x/**/a.json", "x/a.json"));
  CHECK(ignored("x/**/a.json", "x/1/2/3/a.json"));
  CHECK(ignored("x/**", "x/1/2"));
  CHECK_FALSE(ignored("x/**", "x", true));
}

TEST_CASE("the last pattern that matches decides, and an exclamation mark takes back") {
  CHECK_FALSE(ignored("*.json\n!keep.json", "keep.json"));
  CHECK(ignored("!keep.json\n*.json", "keep.json"));
  CHECK_FALSE(IgnoreFile("*.json").ignores("a.yaml", false).has_value());
}

TEST_CASE("comments, empty lines, blanks at the end and CRLF are no part of a pattern") {
  CHECK(ignored("# note\r\n\r\na.json   \r\n", "a.json"));
  CHECK(ignored("\\#a.json", "#a.json"));
  CHECK(ignored("a\\ ", "a "));
}

TEST_CASE("globs know classes, ranges and question marks") {
  CHECK(matches_glob("a[0-9].json", "a7.json"));
  CHECK_FALSE(matches_glob("a[!0-9].json", "a7.json"));
  CHECK(matches_glob("a[]x].json", "a].json"));
  CHECK(matches_glob("?.json", "a.json"));
  CHECK_FALSE(matches_glob("?.json", "ab.json"));
  CHECK(matches_glob("*a*b*c*", "xxaxxbxxcxx"));
  CHECK(matches_glob("[open", "[open"));
}

TEST_CASE("many stars do not make matching slow") {
  const std::string text(5000, 'a');
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  CHECK_FALSE(matches_glob(pattern + "b", text));
}
