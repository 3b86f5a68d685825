// tlsward man: the manual page.
#include <CLI/CLI.hpp>

#include "cli/command_tree.h"
#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/terminal.h"
#include "core/print.h"

namespace tlsward::cli {

void add_man(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("man", "the manual page, in mdoc");
  command->footer("Examples:\n  tlsward man | man -l -");
  command->callback([&app, &exit_code] {
    print_to(stdout, "{}", manual_page(command_tree(app)));
    exit_code = finish_output(stdout, "standard output");
  });
}

}  // namespace tlsward::cli
