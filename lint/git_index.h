// Which files git tracks, read from `.git/index` itself: lint starts no process.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace tlsward::lint {

/// Paths of all entries of an index file of version 2, 3 or 4 (git's Documentation/gitformat-index.txt), relative to
/// the work tree. `hash_bytes` is 20, or 32 in a repository with SHA-256 object names. Nullopt where the bytes are no
/// such index or are cut short.
std::optional<std::unordered_set<std::string>> parse_git_index(std::string_view bytes, std::size_t hash_bytes = 20);

/// Answers for files of any repository; reads each index once.
class GitIndex {
 public:
  /// True where the file at `path` (relative ones to the working directory) is tracked by the repository that it lies
  /// in. False also where there is no repository, or its index cannot be read.
  bool tracks(const std::string& path);
  /// The same of a folder, which git knows only by the files in it: true where it tracks one of them.
  bool tracks_below(const std::string& folder);

 private:
  struct Repository {
    std::unordered_set<std::string> files;
    std::unordered_set<std::string> folders;  // of the files, up to the work tree
  };
  /// The repository that the folder of `path` lies in, and the path relative to its work tree; nullptr where there is
  /// none.
  std::pair<const Repository*, std::string> look_up(const std::string& path);
  static Repository read(const std::string& work_tree);

  /// By work tree.
  std::map<std::string, Repository> repositories_;
};

}  // namespace tlsward::lint
