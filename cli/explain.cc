// tlsward explain: what a rule means, or what a line of a gateway's log says.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/project_configuration.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "lint/project.h"
#include "report/rule_page.h"
#include "rules/all.h"
#include "rules/log_lines.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  std::string what;
  std::string color = "auto";
};

void write_log_line(const rules::LogLine& line, std::FILE* out) {
  print_to(out, "{}\n\n{}\n\nWhat to look at\n", line.text, line.cause);
  for (const std::string_view step : line.look_at) print_to(out, "  - {}\n", step);
  print_to(out, "\nRelated rules\n");
  for (const std::string_view id : line.rules) {
    const lint::Rule* rule = rules::find(id);
    if (rule != nullptr) print_to(out, "  {}: {}\n", id, rule->summary);
  }
}

/// "\nHere\n  off  (.tlsward.yaml)": what the project in the working directory makes of the rule; empty where it says
/// nothing, or cannot be read, which is lint's to tell.
std::string setting_here(std::string_view id) {
  try {
    SourceMap sources;
    const lint::Configuration configuration = load_configuration(lint::find_project("."), sources);
    const auto setting = configuration.rules.find(id);
    if (setting == configuration.rules.end()) return {};
    const lint::RuleSetting& rule = setting->second;
    std::string words = rule.off ? "off" : rule.severity ? std::string(name(*rule.severity)) : std::string();
    if (rule.warn_days) words += fmt::format("{}warns {} days ahead", words.empty() ? "" : ", ", *rule.warn_days);
    return fmt::format("\nHere\n  {}  ({})\n", words, printable(configuration.file));
  } catch (const UsageError&) {
    return {};
  }
}

int explain(const Arguments& arguments) {
  if (const lint::Rule* rule = rules::find(arguments.what)) {
    report::write_rule_text(*rule, wants_color(arguments.color, stdout), stdout);
    print_to(stdout, "{}", setting_here(rule->id));
    return finish_output(stdout, "standard output");
  }
  if (const rules::LogLine* line = rules::find_log_line(arguments.what)) {
    write_log_line(*line, stdout);
    return finish_output(stdout, "standard output");
  }
  std::vector<std::string_view> ids;
  for (const lint::Rule* rule : rules::all()) ids.push_back(rule->id);
  throw UsageError(fmt::format("neither a rule nor a known log line: '{}'{}; see 'tlsward rules'", arguments.what,
                               suggestion(arguments.what, ids)));
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("explain", "what a rule means, or what a log line of a failed handshake says");
  command->add_option("RULE", arguments->what, "rule id, or a log line in quotes")->required();
  add_color_option(*command, arguments->color);
  command->footer(
      "Examples:\n  tlsward explain tls/weak-cipher\n"
      "  tlsward explain 'tls: no cipher suite supported by both client and server'");
  command->callback([arguments, &exit_code] { exit_code = explain(*arguments); });
}

}  // namespace tlsward::cli
