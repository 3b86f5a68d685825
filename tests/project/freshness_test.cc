// What is written down in the tree is what the program says today.
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

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

}  // namespace

TEST_CASE("project: docs/rules.md is what 'tlsward rules --markdown' prints") {
  const auto printed = tlsward::tests::run_shell("tlsward rules --markdown", root().string());
  CHECK(printed.exit_code == 0);
  CHECK(printed.out == read_file((root() / "docs/rules.md").string()));
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
