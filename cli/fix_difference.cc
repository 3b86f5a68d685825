#include "cli/fix_difference.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "cli/terminal.h"
#include "core/print.h"
#include "core/unified_diff.h"
#include "report/secret.h"

namespace tlsward::cli {
namespace {

namespace fs = std::filesystem;

/// Through no symbolic link to a folder: git applies nothing behind one.
fs::path real_path(const std::string& path) {
  std::error_code problem;
  const fs::path whole = fs::absolute(path, problem);
  const fs::path folder = fs::weakly_canonical(whole.parent_path(), problem);
  return (problem ? whole.parent_path().lexically_normal() : folder) / whole.filename();
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  return *path.lexically_relative(folder).begin() != "..";
}

fs::path folder_of_all(const std::vector<FileChange>& changes, fs::path folder) {
  for (const FileChange& change : changes)
    while (folder.has_relative_path() && !lies_below(real_path(change.path), folder)) folder = folder.parent_path();
  return folder;
}

}  // namespace

void print_difference(const std::vector<FileChange>& changes) {
  std::error_code problem;
  const fs::path here = fs::current_path(problem);
  const fs::path base = folder_of_all(changes, problem ? fs::path("/") : here);
  for (const FileChange& change : changes) {
    const std::string name = real_path(change.path).lexically_relative(base).generic_string();
    const UnifiedDiff diff = unified_diff(name, change.before, change.after, report::masked_line);
    print_as_is(diff.text);
    if (diff.masked)
      print_to(stderr,
               "tlsward: {}: secrets are shown as *, so that patch cannot take this difference; --fix makes it\n",
               change.path);
  }
  if (!changes.empty() && base != here)
    print_to(stderr, "tlsward: the difference is to be applied in '{0}': git -C '{0}' apply, or patch -d '{0}' -p1\n",
             base.string());
}

}  // namespace tlsward::cli
