// Which .tlsward.yaml judges which files of a run: for each file the nearest one, upward from its folder.
#pragma once

#include <vector>

#include "cli/input_options.h"
#include "cli/project_configuration.h"
#include "core/source.h"
#include "lint/collect.h"
#include "lint/configuration.h"

namespace tlsward::cli {

/// Files that are judged by one configuration.
struct Project {
  lint::Configuration configuration;  // its places are in the SourceMap that was handed in
  std::vector<lint::FoundFile> files;
  bool whole = false;  // its root, or a folder above it, was searched
};

/// The projects of all inputs: first that of the first path (or of the working directory, where there is none), which
/// may have no file, then the others as their files come. Files without any .tlsward.yaml are one project; with
/// --config or --no-config there is one for all. A file that was found by walking a directory (or may be
/// skipped) is left out where `exclude` says so, of its own project or of the one that the directory belongs to. A glob
/// of `gateways` that fits no file of a project that was searched as a whole is told on stderr. Throws UsageError with
/// what is wrong in a configuration that counts.
std::vector<Project> find_projects(const ConfigurationArguments& configuration, const InputArguments& input,
                                   SourceMap& sources);

}  // namespace tlsward::cli
