// The .tlsward.yaml of a project, as the command line asks for it.
#pragma once

#include <string>

#include "core/source.h"
#include "lint/configuration.h"
#include "lint/project.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

/// Which .tlsward.yaml counts.
struct ConfigurationArguments {
  std::string file;
  bool none = false;
};
/// Adds --config and --no-config.
void add_configuration_options(CLI::App& app, ConfigurationArguments& arguments);

/// The configuration of `project`, all defaults where it has none; its file is added to `sources`, which its places are
/// in. Throws UsageError with every mistake of the file, and where it asks for another version of tlsward.
lint::Configuration load_configuration(const lint::Project& project, SourceMap& sources);

}  // namespace tlsward::cli
