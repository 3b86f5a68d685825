// The commands with their options as plain data, read from the parser itself: for completions and the manual page.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tlsward::cli {

struct OptionFacts {
  std::vector<std::string> names;  // "--quiet", "-q", long ones first; of a positional its name alone: "PATH"
  std::string value;               // what it takes: "FILE", "ID[@VERSION]"; empty: a flag
  std::string help;
  std::string otherwise;  // default as printed in the help; empty: none
  bool positional = false, required = false, repeats = false;
};

struct CommandFacts {
  std::string name, help, footer;
  std::vector<OptionFacts> options;  // positionals too, in order
};

/// The program itself (with an empty list of names of its own), then its commands, in their order.
std::vector<CommandFacts> command_tree(const CLI::App& app);

/// The help up to the first ';' or ':' or '(': what fits beside a completion.
std::string short_help(const std::string& help);

}  // namespace tlsward::cli
