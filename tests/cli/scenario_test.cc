// Whole behaviours of the command line: files, command, stdout, stderr and exit code in one text file each.
//
//   ==== file NAME      the lines of a file (may be repeated)
//   ==== command        lines for the shell, in a fresh directory that holds the files
//   ==== stdout         what must be printed; "…" at the end of a line stands for anything, a line "…" for any lines
//   ==== stderr
//   ==== exit           the code
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

namespace fs = std::filesystem;
using tlsward::tests::ProcessResult;
using tlsward::tests::TemporaryDirectory;

struct Section {
  std::string kind, name, text;
};

std::vector<Section> sections(const std::string& text) {
  std::vector<Section> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("==== ")) {
      const std::string head = line.substr(5);
      const std::size_t blank = std::min(head.find(' '), head.size());
      result.push_back({head.substr(0, blank), blank < head.size() ? head.substr(blank + 1) : "", ""});
    } else if (!result.empty()) {
      result.back().text += line + "\n";
    }
  }
  return result;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) result.push_back(line);
  return result;
}

bool line_matches(const std::string& pattern, const std::string& line) {
  constexpr std::string_view kAny = "…";
  if (!pattern.ends_with(kAny)) return pattern == line;
  return line.starts_with(pattern.substr(0, pattern.size() - kAny.size()));
}

bool matches(const std::vector<std::string>& pattern, std::size_t p, const std::vector<std::string>& lines,
             std::size_t l) {
  if (p == pattern.size()) return l == lines.size();
  if (pattern[p] == "…") {
    for (std::size_t next = l; next <= lines.size(); ++next)
      if (matches(pattern, p + 1, lines, next)) return true;
    return false;
  }
  return l < lines.size() && line_matches(pattern[p], lines[l]) && matches(pattern, p + 1, lines, l + 1);
}

void check_text(const std::string& what, const std::string& expected, const std::string& actual) {
  INFO(what << " expected:\n" << expected << "\n" << what << " was:\n" << actual);
  CHECK(matches(split(expected), 0, split(actual), 0));
}

void check_scenario(const fs::path& path) {
  const TemporaryDirectory directory;
  std::string command;
  const auto parts = sections(tlsward::tests::read_file(path.string()));
  for (const Section& part : parts) {
    if (part.kind == "file") directory.write(part.name, part.text);
    if (part.kind == "command") command = part.text;
  }
  REQUIRE_FALSE(command.empty());
  const ProcessResult result = tlsward::tests::run_shell(command, directory.path());
  bool judged = false;
  for (const Section& part : parts) {
    if (part.kind == "stdout") check_text("stdout", part.text, result.out);
    if (part.kind == "stderr") check_text("stderr", part.text, result.err);
    if (part.kind != "exit") continue;
    INFO("stdout:\n" << result.out << "\nstderr:\n" << result.err);
    CHECK(result.exit_code == std::stoi(part.text));
    judged = true;
  }
  CHECK(judged);
}

/// Those whose names begin with a letter from `first` to `last`.
void check_scenarios(char first, char last) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/scenarios")) {
    const char letter = entry.path().filename().string().front();
    if (entry.path().extension() == ".scenario" && first <= letter && letter <= last) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() >= 5);
  for (const fs::path& file : files) {
    INFO(file.filename().string());
    check_scenario(file);
  }
}

}  // namespace

// Apart, so that they run beside each other.
TEST_CASE("scenarios: the command line behaves as written down, a to c") {
  check_scenarios('a', 'c');
}

TEST_CASE("scenarios: the command line behaves as written down, d to f") {
  check_scenarios('d', 'f');
}

TEST_CASE("scenarios: the command line behaves as written down, g to l") {
  check_scenarios('g', 'l');
}

TEST_CASE("scenarios: the command line behaves as written down, m to p") {
  check_scenarios('m', 'p');
}

TEST_CASE("scenarios: the command line behaves as written down, q to z") {
  check_scenarios('q', 'z');
}

TEST_CASE("scenarios: every file begins with a small letter") {
  for (const auto& entry : fs::directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/scenarios")) {
    const std::string name = entry.path().filename().string();
    CHECK((name.front() >= 'a' && name.front() <= 'z'));
  }
}
