// tlsward rules: the list of rules, as text, JSON or Markdown.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "report/rule_page.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  bool json = false, markdown = false;
  std::string color = "auto";
};

int list_rules(const Arguments& arguments) {
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
  command->add_flag("--markdown", arguments->markdown, "as one Markdown document with every page")->excludes(json);
  command->add_option("--color", arguments->color, "auto, always or never")->type_name("WHEN");
  command->callback([arguments, &exit_code] { exit_code = list_rules(*arguments); });
}

}  // namespace tlsward::cli
