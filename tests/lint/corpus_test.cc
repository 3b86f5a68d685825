// Whole configurations with the findings that are expected of them: testdata/configs/<gateway>/<name>.{json,yaml,conf}
// with <name>.out, or a folder of files that belong together with <folder>.out. One line a finding; an empty .out means
// clean. A name that begins with a version ("2.6-minimal") is judged as that version. TLSWARD_APPROVE=1 writes the .out
// files: read the difference line by line.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lint/run.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

lint::Options options_for(const std::string& gateway, const std::string& name) {
  lint::Options options;
  options.at = *lint::parse_time("2026-11-22");
  const std::string version = name.substr(0, name.find('-'));
  if (version.find_first_not_of("0123456789.") != std::string::npos) return options;
  std::string error;
  const auto choice = gateways::parse_gateway_choice(gateway + "@" + version, error);
  REQUIRE(choice);
  options.gateways = {*choice};
  return options;
}

std::string findings_of(const std::string& gateway, const fs::path& path) {
  std::vector<lint::InputFile> files;
  const bool folder = fs::is_directory(path);
  for (const fs::path& file : folder ? sorted_entries(path) : std::vector<fs::path>{path})
    files.push_back({file.filename().string(), tests::read_file(file.string()), "", true, 0});
  const lint::Options options = options_for(gateway, path.filename().string());
  const auto run = lint::run(std::move(files), rules::all(), options);
  std::string text;
  for (const Finding& finding : run->findings) {
    const Span where = span_of(finding);
    const Position at = run->sources.position(where.file, where.begin);
    const std::string file = folder ? run->sources.path(where.file) + ":" : std::string();
    text += fmt::format("{}{}:{} {}[{}] {}\n", file, at.line, at.column, name(finding.severity), finding.rule,
                        finding.message);
  }
  return text;
}

}  // namespace

TEST_CASE("corpus: every configuration gives exactly the findings written down") {
  std::size_t judged = 0;
  for (const std::string gateway : {"flex", "krakend", "tyk"}) {
    const fs::path root = fs::path(TLSWARD_SOURCE_DIR) / "testdata/configs" / gateway;
    for (const fs::path& path : sorted_entries(root)) {
      if (path.extension() == ".out") continue;
      const fs::path expected = path.parent_path() / (fs::is_directory(path) ? path.filename() : path.stem());
      const std::string out = expected.string() + ".out";
      const std::string findings = findings_of(gateway, path);
      if (std::getenv("TLSWARD_APPROVE") != nullptr) std::ofstream(out, std::ios::binary) << findings;
      INFO(gateway << "/" << path.filename().string());
      CHECK(findings == tests::read_file(out));
      ++judged;
    }
  }
  CHECK(judged >= 60);
}

TEST_CASE("corpus: a healthy configuration gives no error and no warning") {
  std::size_t healthy = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/configs")) {
    if (entry.path().extension() != ".out" || entry.path().stem().string().find("healthy") == std::string::npos)
      continue;
    const std::string findings = tests::read_file(entry.path().string());
    INFO(entry.path().string());
    CHECK(findings.find(" error[") == std::string::npos);
    CHECK(findings.find(" warning[") == std::string::npos);
    ++healthy;
  }
  CHECK(healthy >= 20);
}
