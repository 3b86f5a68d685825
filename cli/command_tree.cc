#include "cli/command_tree.h"

#include <CLI/CLI.hpp>

namespace tlsward::cli {
namespace {

/// "PORT" of "PORT:INT in [1 - 65535]". "TEXT" is what CLI11 says where nobody named the value.
std::string value_name(const CLI::Option& option, bool positional) {
  if (option.get_items_expected_max() == 0) return {};
  const std::string type = option.get_type_name();
  const std::string name = type.substr(0, type.find(':'));
  return positional && name == "TEXT" ? option.get_name(true) : name;
}

OptionFacts facts_of(const CLI::Option& option) {
  OptionFacts facts;
  for (const std::string& name : option.get_lnames()) facts.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) facts.names.push_back("-" + name);
  facts.positional = facts.names.empty();
  if (facts.positional) facts.names.push_back(option.get_name(true));
  facts.value = value_name(option, facts.positional);
  facts.help = option.get_description();
  facts.otherwise = option.get_default_str();
  facts.required = option.get_required();
  facts.repeats = option.get_expected_max() > 1;
  return facts;
}

CommandFacts facts_of(const CLI::App& app) {
  CommandFacts facts{app.get_name(), app.get_description(), app.get_footer(), {}};
  for (const CLI::Option* option : app.get_options()) facts.options.push_back(facts_of(*option));
  return facts;
}

}  // namespace

std::vector<CommandFacts> command_tree(const CLI::App& app) {
  std::vector<CommandFacts> tree = {facts_of(app)};
  for (const CLI::App* command : app.get_subcommands(nullptr)) tree.push_back(facts_of(*command));
  return tree;
}

std::string short_help(const std::string& help) {
  std::string text = help.substr(0, help.find_first_of(";:("));
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace tlsward::cli
