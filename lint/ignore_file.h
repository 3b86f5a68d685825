// The patterns of a `.gitignore` file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::lint {

/// One file of patterns as git reads it (gitignore(5)): `#` comments, `!`, anchors, `**`, patterns for directories.
class IgnoreFile {
 public:
  explicit IgnoreFile(std::string_view text);

  /// Whether the last pattern that matches ignores the path (true) or takes it back (false); nullopt where none
  /// matches. `path` is relative to the directory of the file, with `/` between its parts.
  std::optional<bool> ignores(std::string_view path, bool is_directory) const;

  bool empty() const { return patterns_.empty(); }

 private:
  struct Pattern {
    std::vector<std::string> parts;  // between slashes
    bool negated = false;
    bool directory_only = false;
    bool anchored = false;
  };
  static std::optional<Pattern> parse(std::string_view line);

  std::vector<Pattern> patterns_;
};

/// Shell pattern without slashes: `*`, `?`, `[a-z]`, `[!a]` and `\` before a plain character.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace tlsward::lint
