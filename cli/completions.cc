// tlsward completions: what the shells complete, made from the parser of the command line itself.
#include "cli/completions.h"

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"

namespace tlsward::cli {
namespace {

using namespace std::string_view_literals;

int print(const CLI::App& app, const std::string& shell) {
  constexpr std::array kShells = {"bash"sv, "zsh"sv, "fish"sv};
  constexpr std::array kWriters = {bash_completions, zsh_completions, fish_completions};
  print_to(stdout, "{}", kWriters[choice("SHELL", shell, kShells)](command_tree(app)));
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_completions(CLI::App& app, int& exit_code) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completions", "what a shell completes: commands, options, rules, files");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  command->footer(
      "Examples:\n"
      "  tlsward completions bash >~/.local/share/bash-completion/completions/tlsward\n"
      "  tlsward completions zsh >~/.zsh/completions/_tlsward       a folder of your fpath\n"
      "  tlsward completions fish >~/.config/fish/completions/tlsward.fish");
  command->callback([shell, &app, &exit_code] { exit_code = print(app, *shell); });
}

}  // namespace tlsward::cli
