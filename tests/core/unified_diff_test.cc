#include "core/unified_diff.h"

#include <fmt/format.h>

#include <random>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  return tlsward::unified_diff(path, before, after).text;
}

/// Lines with an S are secret.
std::string shown(std::string_view text, std::size_t begin, std::size_t end) {
  std::string line(text.substr(begin, end - begin));
  for (char& c : line) c = c == 'S' ? '*' : c;
  return line;
}

}  // namespace

TEST_CASE("unified diff: nothing where nothing changed") {
  CHECK(unified_diff("a", "x\n", "x\n").empty());
  CHECK(unified_diff("a", "", "").empty());
}

TEST_CASE("unified diff: one change with its context") {
  CHECK(unified_diff("./dir/a.json", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n") ==
        "--- a/dir/a.json\n+++ b/dir/a.json\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("unified diff: names are normal, and quoted where they could be misread") {
  const auto head = [](std::string_view path) {
    const std::string text = unified_diff(path, "x\n", "y\n");
    return text.substr(0, text.find("@@"));
  };
  CHECK(head("/etc/k.json") == "--- a/etc/k.json\n+++ b/etc/k.json\n");
  CHECK(head(".//a/../k.json") == "--- a/k.json\n+++ b/k.json\n");
  CHECK(head("../k.json") == "--- a/../k.json\n+++ b/../k.json\n");
  CHECK(head("a b") == "--- a/a b\t\n+++ b/a b\t\n");
  CHECK(head("ä") == "--- a/ä\n+++ b/ä\n");
  CHECK(head("a\tb\n\x7F") == "--- \"a/a\\011b\\012\\177\"\n+++ \"b/a\\011b\\012\\177\"\n");
  CHECK(head("a\"b\\ c") == "--- \"a/a\\\"b\\\\ c\"\n+++ \"b/a\\\"b\\\\ c\"\n");
}

TEST_CASE("unified diff: missing line endings, empty sides and far changes") {
  CHECK(unified_diff("a", "x", "y") ==
        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n");
  CHECK(unified_diff("a", "", "x\n") == "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
  CHECK(unified_diff("a", "x\n", "") == "--- a/a\n+++ b/a\n@@ -1 +0,0 @@\n-x\n");
  const std::string far = unified_diff("a", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n");
  CHECK(far.find("@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n") != std::string::npos);
}

TEST_CASE("unified diff: what is not to be shown is no context, and masked where it changes") {
  const auto context = tlsward::unified_diff("a", "1\nS\n3\n4\n5\n6\n", "1\nS\n3\nfour\n5\n6\n", shown);
  CHECK(context.text == "--- a/a\n+++ b/a\n@@ -3,3 +3,3 @@\n 3\n-4\n+four\n 5\n");
  CHECK_FALSE(context.masked);
  const auto between = tlsward::unified_diff("a", "1\nS\n3\n", "one\nS\nthree\n", shown);
  CHECK(between.text == "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+one\n@@ -3 +3 @@\n-3\n+three\n");
  const auto changed = tlsward::unified_diff("a", "x S\n", "y S\n", shown);
  CHECK(changed.text == "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x *\n+y *\n");
  CHECK(changed.masked);
}

TEST_CASE("unified diff: patch turns the old text into the new one") {
  std::mt19937 random(7);
  const auto text = [&](std::size_t lines) {
    std::string result;
    for (std::size_t i = 0; i < lines; ++i) result += fmt::format("line {}\n", random() % 12);
    if (!result.empty() && random() % 4 == 0) result.pop_back();
    return result;
  };
  int patched = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string before = text(random() % 30), after = text(random() % 30);
    if (before.empty() || after.empty()) continue;  // those are files that come or go
    const tlsward::tests::TemporaryDirectory directory;
    directory.write("file", before);
    // With some lines that are no context.
    const auto diff =
        tlsward::unified_diff("file", before, after, [](std::string_view whole, std::size_t begin, std::size_t end) {
          const std::string line(whole.substr(begin, end - begin));
          return line == "line 5" ? std::string("line *") : line;
        });
    if (diff.masked) continue;
    ++patched;
    directory.write("change", diff.text);
    const auto run = tlsward::tests::run_shell("patch --quiet -p1 < change", directory.path());
    INFO("before\n" << before << "\nafter\n" << after << "\n" << diff.text << run.out << run.err);
    REQUIRE(run.exit_code == 0);
    CHECK(tlsward::tests::read_file(directory.path() + "/file") == after);
  }
  CHECK(patched > 50);
}
