#include "lint/project.h"

#include <filesystem>
#include <system_error>

namespace tlsward::lint {
namespace {

namespace fs = std::filesystem;

fs::path absolute(const std::string& path) {
  std::error_code problem;
  const fs::path result = fs::weakly_canonical(fs::absolute(path, problem), problem);
  return problem ? fs::path(path) : result;
}

}  // namespace

Project find_project(const std::string& path) {
  std::error_code problem;
  fs::path folder = absolute(path);
  if (!fs::is_directory(folder, problem)) folder = folder.parent_path();
  for (; !folder.empty(); folder = folder.parent_path()) {
    const fs::path configuration = folder / kConfigurationName;
    if (fs::exists(configuration, problem)) return {configuration.string(), folder.string()};
    if (fs::exists(folder / ".git", problem)) return {{}, folder.string()};
    if (folder == folder.root_path()) break;
  }
  return {{}, absolute(".").string()};
}

std::string below_root(const std::string& path, const std::string& root) {
  const fs::path relative = absolute(path).lexically_relative(root);
  if (relative.empty() || *relative.begin() == "..") return path;
  return relative.generic_string();
}

}  // namespace tlsward::lint
