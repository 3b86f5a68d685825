#include "report/repository_path.h"

#include <filesystem>

namespace tlsward::report {

std::string repository_path(const Report& report, const std::string& path) {
  if (path.empty() || path.starts_with('<')) return path;
  namespace fs = std::filesystem;
  const std::string normal = fs::path(path).lexically_normal().generic_string();
  if (report.repository.empty()) return normal;
  const fs::path relative = (fs::path(report.folder) / path).lexically_normal().lexically_relative(report.repository);
  return relative.empty() || *relative.begin() == ".." ? normal : relative.generic_string();
}

}  // namespace tlsward::report
