// Lines of a stream, one at a time, however long they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward::probe {

/// Reads a stream line by line, each as soon as it is there. Memory: the longest line that was allowed.
class LineReader {
 public:
  struct Line {
    std::string_view text;   // without its line ending (LF or CRLF) and the file's byte-order mark; until the next call
    std::size_t number = 0;  // from 1
    std::uint64_t offset = 0;  // of its first byte in the stream
    bool ended = false;        // a line ending stood behind it; false: the stream ended
    bool too_long = false;     // `text` is only its beginning; the rest was skipped
  };

  /// `in` must outlive the reader.
  explicit LineReader(std::istream& in) : in_(&in) {}
  /// The next line, at most `max_bytes` of it; nullopt at the end.
  std::optional<Line> next(std::size_t max_bytes);
  /// The end was an error: the stream could not be read on.
  bool failed() const;
  /// Bytes read so far.
  std::uint64_t offset() const { return offset_; }

 private:
  std::istream* in_;
  std::string text_;
  std::size_t number_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace tlsward::probe
