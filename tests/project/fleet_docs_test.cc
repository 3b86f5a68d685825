// docs/fleet.md is copied into clusters and pipelines: its blocks are sound YAML and shell, and say what the program
// does.
#include <string>
#include <vector>

#include "probe/address_block.h"
#include "probe/shard.h"
#include "tests/catch.h"
#include "tests/core/reading.h"
#include "tests/process.h"

namespace tlsward {
namespace {

/// The fenced blocks of a language.
std::vector<std::string> blocks(const std::string& language) {
  const std::string page = tests::read_file(std::string(TLSWARD_SOURCE_DIR) + "/docs/fleet.md");
  const std::string fence = "```" + language + "\n";
  std::vector<std::string> result;
  for (std::size_t at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
    at += fence.size();
    result.push_back(page.substr(at, page.find("```", at) - at));
  }
  return result;
}

/// The text behind `key` up to the end of its line.
std::string value_of(const std::string& text, const std::string& key) {
  const std::size_t at = text.find(key);
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + key.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST_CASE("docs: every YAML block about fleets is one document without errors") {
  const auto all = blocks("yaml");
  REQUIRE(all.size() == 3);
  for (const std::string& block : all) {
    INFO(block);
    const auto reading = testing::yaml(block);
    CHECK(reading.read.errors.empty());
    REQUIRE(reading.read.documents.size() == 1);
    CHECK(reading.read.documents[0].duplicates.empty());
  }
}

TEST_CASE("docs: every shell block about fleets is sound shell") {
  const auto all = blocks("sh");
  REQUIRE(all.size() >= 6);
  for (const std::string& block : all) {
    const tests::TemporaryDirectory directory;
    directory.write("block.sh", block);
    const auto result = tests::run_shell("sh -n block.sh", directory.path());
    INFO(block << result.err);
    CHECK(result.exit_code == 0);
  }
}

TEST_CASE("docs: the shell's formula gives the part that tlsward takes") {
  std::string formula;
  for (const std::string& block : blocks("sh"))
    if (block.find("sha256sum") != std::string::npos) formula = block;
  const tests::TemporaryDirectory directory;
  const auto result = tests::run_shell(formula, directory.path());
  REQUIRE(result.exit_code == 0);
  const auto part = static_cast<std::uint32_t>(std::stoul(result.out));
  CHECK(probe::belongs(*probe::parse_target("api.example:443"), {part, 8}));
}

TEST_CASE("docs: the cluster's jobs have as many parts as they count to") {
  const std::string job = blocks("yaml").at(0);
  CHECK(value_of(job, "completions: ") == value_of(job, "parallelism: "));
  CHECK(job.find("JOB_COMPLETION_INDEX + 1))/" + value_of(job, "completions: ") + "\"") != std::string::npos);
  std::string array;
  for (const std::string& block : blocks("sh"))
    if (block.find("#SBATCH") != std::string::npos) array = block;
  CHECK(value_of(array, "--array=1-") == value_of(array, "\nparts="));
}

TEST_CASE("docs: every line of the example of targets is one") {
  std::string text = blocks("text").at(0);
  std::size_t targets = 0;
  while (!text.empty()) {
    const std::string line = text.substr(0, text.find('\n'));
    text.erase(0, line.size() + 1);
    const std::string word = line.substr(0, line.find_first_of(" #"));
    if (word.empty()) continue;
    INFO(word);
    const auto block = probe::parse_block(word);
    CHECK((block ? static_cast<bool>(*block) : static_cast<bool>(probe::parse_target(word))));
    ++targets;
  }
  CHECK(targets == 8);
}

}  // namespace
}  // namespace tlsward
