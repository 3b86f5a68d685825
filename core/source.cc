// Texts are kept as they were read. Lines and columns are looked up through two small tables that are built the first
// time a file is asked for a position: where each line starts, and how many code points precede each block of bytes.
// The second one keeps columns cheap in a file that is one line of many megabytes.
#include "core/source.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <mutex>
#include <utility>

namespace tlsward {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kBlock = 4096;

bool starts_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::uint32_t count_code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

/// Bytes before the first column of the first line.
std::size_t mark_length(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

}  // namespace

struct SourceMap::File {
  std::string path;
  std::string text;
  mutable std::once_flag indexed;
  mutable std::vector<std::uint32_t> line_starts;
  mutable std::vector<std::uint32_t> code_points_before_block;

  void index() const {
    std::call_once(indexed, [this] {
      index_lines();
      index_code_points();
    });
  }

  /// Code points in front of the byte at `offset`.
  std::uint32_t code_points_before(std::size_t offset) const {
    const std::size_t block = offset / kBlock;
    const std::string_view rest = std::string_view(text).substr(block * kBlock, offset % kBlock);
    return code_points_before_block[block] + count_code_points(rest);
  }

 private:
  void index_lines() const {
    line_starts.push_back(static_cast<std::uint32_t>(mark_length(text)));
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
      line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }

  void index_code_points() const {
    std::uint32_t count = 0;
    for (std::size_t at = 0; at <= text.size(); at += kBlock) {
      code_points_before_block.push_back(count);
      count += count_code_points(std::string_view(text).substr(at, kBlock));
    }
  }
};

SourceMap::SourceMap() {
  files_.push_back(std::make_unique<File>());
}
SourceMap::~SourceMap() = default;
SourceMap::SourceMap(SourceMap&&) noexcept = default;
SourceMap& SourceMap::operator=(SourceMap&&) noexcept = default;

FileId SourceMap::add(std::string path, std::string text) {
  assert(text.size() < std::numeric_limits<std::uint32_t>::max());
  auto file = std::make_unique<File>();
  file->path = std::move(path);
  file->text = std::move(text);
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

const SourceMap::File& SourceMap::at(FileId file) const {
  assert(file < files_.size());
  return *files_[file < files_.size() ? file : 0];
}

const std::string& SourceMap::path(FileId file) const {
  return at(file).path;
}

std::string_view SourceMap::text(FileId file) const {
  return at(file).text;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  const File& source = at(file);
  source.index();
  std::size_t place = std::min<std::size_t>(offset, source.text.size());
  while (place > 0 && place < source.text.size() && !starts_code_point(source.text[place])) --place;
  const auto next = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), place);
  if (next == source.line_starts.begin()) return {};  // inside the byte-order mark
  const std::uint32_t start = *std::prev(next);
  return {.line = static_cast<std::size_t>(next - source.line_starts.begin()),
          .column = source.code_points_before(place) - source.code_points_before(start) + std::size_t{1}};
}

std::string_view SourceMap::line(FileId file, std::size_t line) const {
  const File& source = at(file);
  source.index();
  if (line == 0 || line > source.line_starts.size()) return {};
  const std::size_t begin = source.line_starts[line - 1];
  const bool last = line == source.line_starts.size();
  const std::size_t end = last ? source.text.size() : source.line_starts[line] - std::size_t{1};
  std::string_view found = std::string_view(source.text).substr(begin, end - begin);
  if (!last && found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::size_t SourceMap::line_count(FileId file) const {
  const File& source = at(file);
  source.index();
  const bool ends_open = source.line_starts.back() < source.text.size();
  return source.line_starts.size() - (ends_open ? 0 : 1);
}

std::size_t SourceMap::size() const {
  return files_.empty() ? 0 : files_.size() - 1;
}

}  // namespace tlsward
