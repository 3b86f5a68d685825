// The manual page of the program, made from the parser of the command line.
#pragma once

#include <string>
#include <vector>

#include "cli/command_tree.h"

namespace tlsward::cli {

/// tlsward(1) in mdoc(7).
std::string manual_page(const std::vector<CommandFacts>& tree);

}  // namespace tlsward::cli
