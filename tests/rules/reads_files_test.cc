// What --no-files leaves unsaid must not be taken for mended.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "lint/asked.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
using tests::PreparedExample;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Every rule that says less without the files is known to read some.
void check(const PreparedExample& example) {
  const auto with = example.run();
  lint::Options options = example.options();
  if (!options.read.follow_files) return;
  options.read.follow_files = false;
  const auto without = lint::run(example.files(), rules::all(), options);
  for (const lint::Rule* rule : rules::all()) {
    if (lint::group(rule->id) == "suppress" || lint::reads_files(rule->id)) continue;
    INFO(rule->id);
    const auto seen = tests::places(*without, rule->id);
    for (const tests::Marker& place : tests::places(*with, rule->id))
      CHECK(std::find(seen.begin(), seen.end(), place) != seen.end());
  }
}

}  // namespace

TEST_CASE("a rule that says less under --no-files is known to read files", "[rules]") {
  for (const lint::Rule* rule : rules::all()) check(PreparedExample(rule->bad));
  const auto root = std::filesystem::path(TLSWARD_SOURCE_DIR) / "testdata" / "rules";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || (extension != ".json" && extension != ".yaml" && extension != ".conf")) continue;
    INFO(entry.path().string());
    check(PreparedExample(entry.path().filename().string(), text_of(entry.path())));
  }
}
