// tlsward ciphers: every cipher suite under all its names.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "report/ciphers_text.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  std::string pattern;
  bool json = false;
};

int list_ciphers(const Arguments& arguments) {
  const report::CipherSelection selection = report::select_ciphers(arguments.pattern);
  if (selection.rows.empty())
    throw UsageError(
        fmt::format("no cipher suite fits '{}'; give a name, a part of one, a glob, or a number", arguments.pattern));
  if (arguments.json) {
    report::write_ciphers_json(selection, stdout);
  } else {
    report::write_ciphers_text(selection, stdout);
  }
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_ciphers(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("ciphers", "list cipher suites, or convert one between all its names and numbers");
  command->add_option("PATTERN", arguments->pattern,
                      "a name of IANA, OpenSSL, Go or GnuTLS, a part of one, a glob, or a number");
  command->add_flag("--json", arguments->json, "as JSON (tlsward-ciphers/1)");
  command->footer(
      "Examples:\n  tlsward ciphers ECDHE-RSA-AES128-GCM-SHA256\n  tlsward ciphers 49199\n  tlsward ciphers "
      "'*CHACHA20*'");
  command->callback([arguments, &exit_code] { exit_code = list_ciphers(*arguments); });
}

}  // namespace tlsward::cli
