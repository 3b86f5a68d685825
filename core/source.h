// Where things are: the texts that were read, and places in them.
//
// A Span is two byte offsets and a file number; lines and columns are computed only when a finding is printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward {

/// Number of a file in a SourceMap. 0 is the empty file that stands for "no place".
using FileId = std::uint32_t;

/// Half-open byte range [begin, end) in one file. The default Span is "no place".
struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  /// True where the span names a real file (it may still be empty, for example at the end of a file).
  bool known() const { return file != 0; }
  /// True where `other` lies within this span, both ends included.
  bool contains(const Span& other) const { return file == other.file && begin <= other.begin && other.end <= end; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// A place as people count: both numbers start at 1, `column` counts code points, not bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

/// Owns the text of every file that was read. Texts never move or change, so string_views into them stay valid as
/// long as the map lives.
class SourceMap {
 public:
  SourceMap();
  ~SourceMap();
  SourceMap(SourceMap&&) noexcept;
  SourceMap& operator=(SourceMap&&) noexcept;

  /// Adds a file and returns its number (1 and up). `path` is what findings print. `text` must be shorter than 4 GiB.
  FileId add(std::string path, std::string text);

  /// The path under which the file was added.
  const std::string& path(FileId file) const;
  /// The whole text of the file, byte-order mark included; lines and columns leave it out.
  std::string_view text(FileId file) const;
  /// The bytes that the span covers; cut at the end of the file where the span goes beyond it.
  std::string_view text(Span span) const;
  /// Line and column of the byte at `offset`; an offset beyond the end gives the end of the file. CRLF and LF end a
  /// line.
  Position position(FileId file, std::uint32_t offset) const;
  /// The text of line `line` (from 1) without its line ending; empty beyond the last line.
  std::string_view line(FileId file, std::size_t line) const;
  /// Number of lines; a trailing line ending does not start another one.
  std::size_t line_count(FileId file) const;
  /// Number of files added, the empty file 0 not counted. Their numbers are 1 to this.
  std::size_t size() const;

 private:
  struct File;
  const File& at(FileId file) const;
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace tlsward
