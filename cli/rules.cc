// tlsward rules: the list of rules, as text, JSON or Markdown; or the pages of all.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "core/print.h"
#include "report/rule_page.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  bool json = false, markdown = false;
  std::string directory;
  std::string color = "auto";
};

int write_page(const lint::Rule& rule, const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (!file) {
    print_to(stderr, "tlsward: cannot write '{}': {}\n", path, std::strerror(errno));
    return kIncomplete;
  }
  report::write_rule_markdown(rule, file);
  const int result = finish_output(file, path);
  std::fclose(file);
  return result;
}

/// DIRECTORY/tls/weak-cipher.md and so on. Ends with the first page that cannot be written.
int write_pages(const std::string& directory) {
  for (const lint::Rule* rule : rules::all()) {
    const std::filesystem::path path = std::filesystem::path(directory) / fmt::format("{}.md", rule->id);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
      print_to(stderr, "tlsward: cannot make '{}': {}\n", path.parent_path().string(), error.message());
      return kIncomplete;
    }
    if (const int result = write_page(*rule, path.string()); result != kDone) return result;
  }
  return kDone;
}

int list_rules(const Arguments& arguments) {
  if (!arguments.directory.empty()) return write_pages(arguments.directory);
  if (arguments.json) {
    report::write_rules_json(rules::all(), stdout);
  } else if (arguments.markdown) {
    report::write_rules_markdown(rules::all(), stdout);
  } else {
    report::write_rule_list(rules::all(), wants_color(arguments.color, stdout), stdout);
  }
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_rules(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("rules", "list every rule");
  CLI::Option* json = command->add_flag("--json", arguments->json, "as JSON (tlsward-rules/1)");
  CLI::Option* markdown =
      command->add_flag("--markdown", arguments->markdown, "as a table in Markdown")->excludes(json);
  command->add_option("--directory", arguments->directory, "with --markdown: a page for each rule, into this directory")
      ->needs(markdown)
      ->type_name("DIR");
  add_color_option(*command, arguments->color);
  command->callback([arguments, &exit_code] { exit_code = list_rules(*arguments); });
}

}  // namespace tlsward::cli
