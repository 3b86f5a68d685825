// Where the project is that an input belongs to.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::lint {

inline constexpr std::string_view kConfigurationName = ".tlsward.yaml";

struct Project {
  std::string configuration;  // path of its .tlsward.yaml; empty: there is none
  /// Absolute: the folder of `configuration`, else of the nearest .git, else the working directory.
  std::string root;
  friend bool operator==(const Project&, const Project&) = default;
};

/// Looks upward from the folder of `path` (a file or folder that may not exist) to the folder that holds .git, or to
/// the root of the file system.
Project find_project(const std::string& path);

/// The folder that holds .git, upward from the absolute path of a folder; empty where there is none.
std::string find_repository(const std::string& folder);

/// True for the path of a file or folder somewhere below the folder `root`.
bool lies_below(const std::string& path, const std::string& root);

/// The path relative to the root, with `/` between its parts; unchanged where it does not lie below it.
std::string below_root(const std::string& path, const std::string& root);

}  // namespace tlsward::lint
