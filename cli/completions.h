// The completions of one shell each, as a script.
#pragma once

#include <string>
#include <vector>

#include "cli/command_tree.h"

namespace tlsward::cli {

std::string bash_completions(const std::vector<CommandFacts>& tree);
std::string zsh_completions(const std::vector<CommandFacts>& tree);
std::string fish_completions(const std::vector<CommandFacts>& tree);

}  // namespace tlsward::cli
