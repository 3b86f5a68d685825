// What may stand behind an option, for completions.
#pragma once

#include <string>
#include <vector>

#include "cli/command_tree.h"

namespace tlsward::cli {

/// What one gateway alone takes.
struct GatewayWords {
  std::string gateway;  // "tyk"
  std::vector<std::string> words;
};

struct CompletionValues {
  std::vector<std::string> words;
  std::vector<GatewayWords> by_gateway;  // in place of `words` where the line names that gateway
  bool files = false, directories = false;
  bool list = false;       // several words, separated by commas
  bool with_file = false;  // a word, or one with '=' and a file behind it
  bool releases = false;   // a word, or one of gateway_releases()
};

/// "krakend" and the others.
std::vector<std::string> gateway_ids();
/// "krakend@2.13" and before: the minor releases of each gateway's latest major one.
std::vector<std::string> gateway_releases();

/// Nothing where only the user can know: a number, a host name.
CompletionValues completion_values(const CommandFacts& command, const OptionFacts& option);

}  // namespace tlsward::cli
