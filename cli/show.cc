// tlsward show: the effective TLS contexts of a configuration, every value with its origin.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input_options.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "report/context.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  InputArguments input;
  bool json = false;
  std::string as = "text";
  std::string color = "auto";
};

int show(const Arguments& arguments) {
  constexpr std::array<std::string_view, 3> kForms = {"text", "json", "sslscan"};
  const std::size_t form = arguments.json ? 1 : choice("--as", arguments.as, kForms);
  const lint::Options options = input_options(arguments.input);
  const auto run = lint::run(read_inputs(arguments.input, options), {}, options);
  if (form == 1) {
    report::write_contexts_json(*run, stdout);
  } else if (form == 2) {
    report::write_contexts_sslscan(*run, stdout);
  } else {
    report::write_contexts_text(*run, wants_color(arguments.color, stdout), stdout);
  }
  const int written = finish_output(stdout, "standard output");
  return run->errors.empty() ? written : kIncomplete;
}

}  // namespace

void add_show(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("show", "what each endpoint of a configuration does: every TLS value with its origin");
  add_input_options(*command, arguments->input);
  command->add_flag("--json", arguments->json, "as JSON (tlsward-contexts/1)");
  command->add_option("--as", arguments->as, "text, json or sslscan")->type_name("FORM");
  add_color_option(*command, arguments->color);
  command->footer(
      "Examples:\n  tlsward show krakend.json\n  tlsward show --as sslscan --gateway krakend@2.6 krakend.json");
  command->callback([arguments, &exit_code] { exit_code = show(*arguments); });
}

}  // namespace tlsward::cli
