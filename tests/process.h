// Runs the real binary, as a user would.
#pragma once

#include <string>
#include <vector>

namespace tlsward::tests {

struct ProcessResult {
  int exit_code = -1;
  std::string out, err;
};

/// Runs `command` with /bin/sh in `directory`; `tlsward` in it is the built binary. NO_COLOR is set, other colour
/// variables are not. Bounded by 60 s.
ProcessResult run_shell(const std::string& command, const std::string& directory);

/// A directory that is removed with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }
  /// Writes a file below it, making folders as needed.
  void write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

/// The whole text of a file; fails the test where it cannot be read.
std::string read_file(const std::string& path);

}  // namespace tlsward::tests
