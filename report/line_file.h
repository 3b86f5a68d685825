// A file that grows line by line and is whole after every line, whatever kills the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace tlsward::report {

/// A regular file that is open for appending, and locked: a second program that opens it this way is refused. Each line
/// is one write(2), which the kernel carries out whole or, on a full disk, in part; a part is taken back. So a program
/// that is killed leaves whole lines, and a machine that loses power at most one broken line at the end.
class LineFile {
 public:
  /// Opens `path`, or creates it. Error: it cannot be opened, is no regular file, or is written by somebody else.
  static Result<LineFile> open(const std::string& path);
  LineFile(LineFile&& other) noexcept;
  LineFile& operator=(LineFile&& other) noexcept;
  ~LineFile();

  std::uint64_t size() const { return size_; }
  /// Cuts the file to `size` bytes.
  std::optional<Error> truncate(std::uint64_t size);
  /// Appends `line` and a line ending. After an error the file is as it was before; the next line may be tried.
  std::optional<Error> append(std::string_view line);

 private:
  LineFile(std::string path, int descriptor, std::uint64_t size)
      : path_(std::move(path)), descriptor_(descriptor), size_(size) {}

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace tlsward::report
