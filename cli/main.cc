#include <fmt/format.h>
#include <openssl/crypto.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "report/tool.h"
#include "rules/all.h"

namespace {

namespace cli = tlsward::cli;

std::string version_text() {
  return fmt::format("tlsward {}\nrules: {} ({})\n{}", tlsward::report::tool_version(), tlsward::rules::all().size(),
                     tlsward::report::rules_edition(), OpenSSL_version(OPENSSL_VERSION));
}

std::vector<std::string_view> command_names(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  return names;
}

bool names_a_file(const std::string& word) {
  std::error_code ignored;
  return word == "-" || word.find_first_of("./") != std::string::npos || std::filesystem::exists(word, ignored);
}

// `tlsward FILE` means `tlsward lint FILE`.
void add_default_command(std::vector<std::string>& words, const CLI::App& app) {
  if (words.empty()) return;
  const auto names = command_names(app);
  const std::string& first = words.front();
  if (std::find(names.begin(), names.end(), first) != names.end()) return;
  if (first == "-h" || first == "--help" || first == "--version") return;
  if (first.size() > 1 && first.front() == '-') {
    words.insert(words.begin(), "lint");
    return;
  }
  if (!names_a_file(first))
    throw cli::UsageError(fmt::format("unknown command '{}'{}; commands are {}", first, cli::suggestion(first, names),
                                      fmt::join(names, ", ")));
  words.insert(words.begin(), "lint");
}

// CLI11 names the words that it could not place; the nearest option of the called command is the likely meaning.
std::string unknown_words(const CLI::App& app) {
  const auto called = app.get_subcommands();
  const CLI::App& command = called.empty() ? app : *called.front();
  std::vector<std::string> options;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  const std::vector<std::string_view> candidates(options.begin(), options.end());
  for (const std::string& word : app.remaining(true)) {
    const std::string name = word.substr(0, word.find('='));
    if (name.starts_with('-')) return fmt::format("unknown option '{}'{}", name, cli::suggestion(name, candidates));
    return fmt::format("'{}' is one argument too many for '{}'", word, command.get_name());
  }
  return "unknown arguments";
}

/// CLI11's "--at: At Most 1 required but received 2" and the like.
std::string wrong_number_of_values(std::string_view message) {
  const std::string_view option = message.substr(0, message.find_first_of(": "));
  if (message.find(": At Most ") != std::string_view::npos)
    return fmt::format("{} takes one value and was given more than once", option);
  if (message.ends_with(" missing")) return fmt::format("{} needs a value", option);
  return std::string(message);
}

/// `app` knows which command was called.
int usage(const CLI::App& app, std::string_view message) {
  const auto called = app.get_subcommands();
  const std::string command = called.empty() ? "" : called.front()->get_name() + " ";
  tlsward::print_to(stderr, "tlsward: {}\ntry 'tlsward {}--help'\n", message, command);
  return cli::kUsage;
}

int run(CLI::App& app, std::vector<std::string> words, int& exit_code) {
  try {
    add_default_command(words, app);
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    app.parse(words);
    return exit_code;
  } catch (const CLI::CallForHelp&) {
    const auto called = app.get_subcommands();
    tlsward::print_to(stdout, "{}", (called.empty() ? app.help() : called.front()->help("tlsward")));
    return cli::finish_output(stdout, "standard output");
  } catch (const CLI::CallForVersion& version) {
    tlsward::print_to(stdout, "{}\n", version.what());
    return cli::finish_output(stdout, "standard output");
  } catch (const CLI::ExtrasError&) {
    return usage(app, unknown_words(app));
  } catch (const CLI::ArgumentMismatch& error) {
    return usage(app, wrong_number_of_values(error.what()));
  } catch (const CLI::ParseError& error) {
    return usage(app, error.what());
  } catch (const cli::UsageError& error) {
    return usage(app, error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  cli::prepare_streams();
  CLI::App app(
      "tlsward lints, shows and explains the TLS settings of API gateways (MuleSoft Flex Gateway, KrakenD, Tyk), "
      "serves "
      "them locally\nand scans live endpoints.",
      "tlsward");
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text);
  int exit_code = cli::kDone;
  cli::add_lint(app, exit_code);
  cli::add_probe(app, exit_code);
  cli::add_serve(app, exit_code);
  cli::add_show(app, exit_code);
  cli::add_explain(app, exit_code);
  cli::add_rules(app, exit_code);
  cli::add_policies(app, exit_code);
  cli::add_init(app, exit_code);
  cli::add_ignores(app, exit_code);
  cli::add_ciphers(app, exit_code);
  cli::add_merge(app, exit_code);
  cli::add_diff(app, exit_code);
  cli::add_schema(app, exit_code);
  cli::add_completions(app, exit_code);
  cli::add_man(app, exit_code);
  app.footer(
      "Examples:\n"
      "  tlsward krakend.json                     lint a file\n"
      "  tlsward show krakend.json                what the endpoint will do\n"
      "  tlsward serve krakend.json               do it here, on localhost\n"
      "  tlsward probe api.example:8443           what it really does\n"
      "  tlsward explain krakend/public-client-ca\n"
      "\n'tlsward COMMAND --help' tells more.");
  std::vector<std::string> words(argv + 1, argv + argc);
  return run(app, std::move(words), exit_code);
}
