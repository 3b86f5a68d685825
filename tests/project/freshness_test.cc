// What is written down in the tree is what the program says today.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include "rules/all.h"
#include "rules/log_lines.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

namespace fs = std::filesystem;
using tlsward::tests::read_file;

const fs::path& root() {
  static const fs::path kRoot = TLSWARD_SOURCE_DIR;
  return kRoot;
}

nlohmann::json rules_of(const std::string& printed) {
  return nlohmann::json::parse(printed)["rules"];
}

}  // namespace

TEST_CASE("project: what the program makes for the tree is fresh; tools/generate.sh writes it anew") {
  const std::pair<const char*, const char*> made[] = {{"rules --markdown", "docs/rules.md"},
                                                      {"completions bash", "completions/tlsward.bash"},
                                                      {"completions zsh", "completions/_tlsward"},
                                                      {"completions fish", "completions/tlsward.fish"},
                                                      {"man", "tlsward.1"}};
  for (const auto& [words, file] : made) {
    const auto printed = tlsward::tests::run_shell(std::string("tlsward ") + words, root().string());
    INFO(file);
    CHECK(printed.exit_code == 0);
    // Not CHECK(a == b), which would print both.
    const bool fresh = printed.out == read_file((root() / file).string());
    CHECK(fresh);
  }
}

TEST_CASE("project: docs/rules has the page of every rule of 'tlsward rules --json', and no other") {
  const auto listed = tlsward::tests::run_shell("tlsward rules --json", root().string());
  const tlsward::tests::TemporaryDirectory fresh;
  const auto made = tlsward::tests::run_shell("tlsward rules --markdown --directory " + fresh.path(), ".");
  CHECK(made.exit_code == 0);
  std::set<std::string> pages, wanted;
  for (const auto& entry : fs::recursive_directory_iterator(root() / "docs/rules"))
    if (entry.is_regular_file()) pages.insert(fs::relative(entry.path(), root() / "docs/rules").generic_string());
  for (const auto& rule : rules_of(listed.out)) {
    const std::string page = rule["id"].get<std::string>() + ".md";
    wanted.insert(page);
    INFO(page);
    REQUIRE(pages.contains(page));
    const bool same = read_file((root() / "docs/rules" / page).string()) == read_file(fresh.path() + "/" + page);
    CHECK(same);
  }
  const bool no_other = pages == wanted;
  CHECK(no_other);
  CHECK(wanted.size() == tlsward::rules::all().size());
}

TEST_CASE("project: every rule of 'tlsward rules --json' has a marked bad example, a good one and a citation") {
  const auto listed = tlsward::tests::run_shell("tlsward rules --json", root().string());
  const auto marked = [](const nlohmann::json& example, const std::string& id) {
    for (const auto& file : example["files"])
      if (file["text"].get<std::string>().find("<-- " + id) != std::string::npos) return true;
    return false;
  };
  std::size_t rules = 0;
  for (const auto& rule : rules_of(listed.out)) {
    const std::string id = rule["id"];
    INFO(id);
    const tlsward::lint::Rule* known = tlsward::rules::find(id);
    REQUIRE(known);
    CHECK(marked(rule["bad"], id) != known->needs_probe);
    CHECK_FALSE(rule["good"]["files"].empty());
    CHECK_FALSE(marked(rule["good"], id));
    REQUIRE_FALSE(rule["cites"].empty());
    bool has_page = false;
    for (const auto& cite : rule["cites"])
      has_page = has_page || cite["url"].get<std::string>().starts_with("https://");
    CHECK(has_page);
    CHECK(rule["docs"].get<std::string>().starts_with("https://"));
    ++rules;
  }
  CHECK(rules == tlsward::rules::all().size());
}

TEST_CASE("project: every rule file is in the list, and every rule of the list has its file") {
  std::set<std::string> files, listed;
  for (const auto& entry : fs::recursive_directory_iterator(root() / "rules"))
    if (entry.path().extension() == ".cc" && entry.path().parent_path() != root() / "rules")
      files.insert(fs::relative(entry.path(), root() / "rules").string());
  for (const tlsward::lint::Rule* rule : tlsward::rules::all()) {
    std::string file(rule->id);
    for (char& c : file) c = c == '-' ? '_' : c;
    listed.insert(file + ".cc");
  }
  CHECK(files == listed);
}

TEST_CASE("project: no template text is left in a rule") {
  for (const auto& entry : fs::recursive_directory_iterator(root() / "rules")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = read_file(entry.path().string());
    INFO(entry.path().string());
    for (const char* left :
         {"<one sentence", "<what is wrong>", "<what happens", "https://<page>", "<a complete input"})
      CHECK(text.find(left) == std::string::npos);
  }
}

TEST_CASE("project: rules that are named elsewhere exist or are to come in a known group") {
  const std::set<std::string_view> groups = {"config", "cert", "tls", "flex", "krakend", "tyk"};
  for (const tlsward::lint::Rule* rule : tlsward::rules::all()) {
    INFO(rule->id);
    for (const auto* list : {&rule->replaces, &rule->replaces_in_context})
      for (const std::string_view other : *list) CHECK(groups.contains(tlsward::lint::group(other)));
  }
  for (const tlsward::rules::LogLine& line : tlsward::rules::log_lines()) {
    INFO(line.text);
    bool any = false;
    for (const std::string_view id : line.rules) any = any || tlsward::rules::find(id) != nullptr;
    CHECK(any);
  }
}
