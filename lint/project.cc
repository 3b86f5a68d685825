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

/// A link to a file stands where it stands; folders are resolved.
fs::path relative_to(const std::string& path, const std::string& root) {
  const fs::path written(path);
  const fs::path folder = absolute(written.has_parent_path() ? written.parent_path().string() : ".");
  return (folder / written.filename()).lexically_relative(root);
}

bool leads_down(const fs::path& relative) {
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

Project find_project(const std::string& path) {
  std::error_code problem;
  fs::path folder = absolute(path);
  if (!fs::is_directory(folder, problem)) folder = folder.parent_path();
  for (; !folder.empty(); folder = folder.parent_path()) {
    const fs::path configuration = folder / kConfigurationName;
    // A link that leads nowhere is a mistake to tell, not a project without configuration.
    if (fs::exists(fs::symlink_status(configuration, problem))) return {configuration.string(), folder.string()};
    if (fs::exists(folder / ".git", problem)) return {{}, folder.string()};
    if (folder == folder.root_path()) break;
  }
  return {{}, absolute(".").string()};
}

std::string find_repository(const std::string& folder) {
  std::error_code problem;
  for (fs::path here = folder; !here.empty(); here = here.parent_path()) {
    if (fs::exists(here / ".git", problem)) return here.string();
    if (here == here.root_path()) break;
  }
  return {};
}

bool lies_below(const std::string& path, const std::string& root) {
  return leads_down(relative_to(path, root));
}

std::string below_root(const std::string& path, const std::string& root) {
  const fs::path relative = relative_to(path, root);
  return leads_down(relative) ? relative.generic_string() : path;
}

}  // namespace tlsward::lint
