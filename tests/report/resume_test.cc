#include "report/resume.h"

#include <fmt/format.h>

#include <sstream>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward::report {
namespace {

using tests::read_file;
using tests::TemporaryDirectory;

/// A result whose port was closed: nothing more can be learned of it.
std::string closed(std::string_view host, std::string_view started = "2026-01-02T03:04:05.000Z") {
  return fmt::format(R"({{"schema":"tlsward-probe/1","target":"{0}","host":"{0}","port":443,"address":"192.0.2.1",)"
                     R"("sni":"{0}","started":"{1}","trouble":{{"kind":"refused"}}}})",
                     host, started);
}

std::string interrupted(std::string_view host, std::string_view started = "2026-01-02T03:04:05.000Z") {
  std::string text = closed(host, started);
  return text.replace(text.find("refused"), 7, "interrupted");
}

EarlierResults read(const std::string& text) {
  std::istringstream in(text);
  auto earlier = read_earlier_results(in);
  if (!earlier) FAIL(earlier.error().message);
  return std::move(*earlier);
}

std::string error(const std::string& text) {
  std::istringstream in(text);
  const auto earlier = read_earlier_results(in);
  INFO(text);
  REQUIRE_FALSE(earlier);
  return earlier.error().message;
}

bool is_done(const EarlierResults& earlier, const std::string& host) {
  return earlier.done.contains(*probe::parse_target(host), host);
}

TEST_CASE("resuming: hosts with a settled result are done, interrupted ones are not") {
  const EarlierResults earlier = read(closed("a") + "\n" + interrupted("b") + "\n");
  CHECK(earlier.results == 2);
  CHECK(is_done(earlier, "a"));
  CHECK_FALSE(is_done(earlier, "b"));
  CHECK_FALSE(earlier.cut_off);
  CHECK_FALSE(earlier.unended);
}

TEST_CASE("resuming: a later line of a host takes the place of its earlier one") {
  CHECK(is_done(read(interrupted("a") + "\n" + closed("a", "2026-01-02T03:04:06.000Z") + "\n"), "a"));
}

TEST_CASE("resuming: an empty file is a run that has done nothing") {
  CHECK(read("").results == 0);
  CHECK_FALSE(read("").unended);
}

TEST_CASE("resuming: a last line that was cut off is where it begins, and its host is scanned again") {
  const std::string whole = closed("a") + "\n";
  const EarlierResults earlier = read(whole + closed("b").substr(0, 50));
  CHECK(earlier.cut_off == whole.size());
  CHECK(is_done(earlier, "a"));
  CHECK_FALSE(is_done(earlier, "b"));
  CHECK(earlier.problems.empty());
}

TEST_CASE("resuming: of a run that was killed in its first line nothing is kept") {
  for (const std::size_t length : {1U, 10U, 29U, 60U}) {
    const EarlierResults earlier = read(closed("a").substr(0, length));
    CHECK(earlier.cut_off == 0U);
    CHECK(earlier.results == 0);
  }
}

TEST_CASE("resuming: a last line without its line ending is kept, sound or not") {
  const EarlierResults earlier = read(closed("a"));
  CHECK(earlier.unended);
  CHECK(is_done(earlier, "a"));
  CHECK(read(closed("a") + "\n{\"schema\":\"tlsward-probe/1\",\"port\":5}").unended);
}

TEST_CASE("resuming: broken lines in the middle are told and stay") {
  const EarlierResults earlier = read(closed("a") + "\nbroken\n" + closed("b") + "\n");
  CHECK(earlier.results == 2);
  REQUIRE(earlier.problems.size() == 1);
  CHECK(earlier.problems[0].line == 2);
}

TEST_CASE("resuming: a file that is something else is refused") {
  CHECK(error("{\n\"schema\": \"tlsward-probe/1\", \"results\": [\n]\n}\n") ==
        "this is a JSON document; --resume goes on with NDJSON files");
  CHECK(error("{\n\"schema\": \"tlsward-probe/1\", \"results\": [\n") == error("{\n}"));
  CHECK(error(R"({"schema": "tlsward-probe/2", "host": "a", "port": 1})") ==
        "line 1: schema 'tlsward-probe/2' is not known; tlsward-probe/1 can be read");
  CHECK(error("some notes") == "no result of tlsward probe is in it; --resume goes on with NDJSON files of its own");
  CHECK(error("{\"a\": 1") == error("some notes"));
  CHECK(error("apiVersion: v1\nkind: Job\n") == error("some notes"));
}

TEST_CASE("resuming: a file is cut, locked, and goes on with whole lines") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  directory.write("out.ndjson", closed("a") + "\n" + closed("b").substr(0, 40));
  auto resumed = resume(path);
  if (!resumed) FAIL(resumed.error().message);
  CHECK(is_done(resumed->earlier, "a"));
  CHECK_FALSE(resume(path));
  CHECK_FALSE(resumed->file.append(closed("b")));
  CHECK(read_file(path) == closed("a") + "\n" + closed("b") + "\n");
}

TEST_CASE("resuming: a whole last line gets its ending before others follow") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  directory.write("out.ndjson", closed("a"));
  auto resumed = resume(path);
  if (!resumed) FAIL(resumed.error().message);
  CHECK_FALSE(resumed->file.append(closed("b")));
  CHECK(read_file(path) == closed("a") + "\n" + closed("b") + "\n");
}

TEST_CASE("resuming: a file that is refused stays as it was, a missing one is made") {
  const TemporaryDirectory directory;
  directory.write("notes.txt", "some notes");
  const auto refused = resume(directory.path() + "/notes.txt");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.starts_with("'" + directory.path() + "/notes.txt': no result"));
  CHECK(read_file(directory.path() + "/notes.txt") == "some notes");
  CHECK(resume(directory.path() + "/new.ndjson"));
  CHECK(read_file(directory.path() + "/new.ndjson").empty());
}

}  // namespace
}  // namespace tlsward::report
