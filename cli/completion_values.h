// What may stand behind an option, for completions.
#pragma once

#include <string>
#include <vector>

#include "cli/command_tree.h"

namespace tlsward::cli {

struct CompletionValues {
  std::vector<std::string> words;
  bool files = false, directories = false;
  bool list = false;       // several words, separated by commas
  bool with_file = false;  // a word, or one with '=' and a file behind it
};

/// Nothing where only the user can know: a number, a host name.
CompletionValues completion_values(const CommandFacts& command, const OptionFacts& option);

}  // namespace tlsward::cli
