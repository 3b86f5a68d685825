#include "probe/line_reader.h"

#include <algorithm>
#include <array>

#include "core/text_check.h"

namespace tlsward::probe {
namespace {

constexpr std::size_t kPiece = 16 * 1024;

}  // namespace

std::optional<LineReader::Line> LineReader::next(std::size_t max_bytes) {
  std::array<char, kPiece> piece;
  Line line{{}, number_ + 1, offset_, false, false};
  text_.clear();
  // getline takes what is there and waits for more only where the line is not whole yet: a pipe is read as it is
  // filled.
  while (!line.ended && in_->good()) {
    in_->getline(piece.data(), piece.size());
    const auto taken = static_cast<std::size_t>(in_->gcount());
    offset_ += taken;
    line.ended = in_->good();
    const std::size_t length = line.ended ? taken - 1 : taken;
    const std::size_t room = max_bytes - text_.size();
    line.too_long = line.too_long || length > room;
    text_.append(piece.data(), std::min(length, room));
    const bool full = in_->fail() && taken == piece.size() - 1;
    if (full) in_->clear();
  }
  if (offset_ == line.offset) return {};
  ++number_;
  line.text = text_;
  if (line.ended && line.text.ends_with('\r')) line.text.remove_suffix(1);
  if (line.number == 1) line.text.remove_prefix(byte_order_mark(line.text));
  return line;
}

bool LineReader::failed() const {
  return in_->bad();
}

}  // namespace tlsward::probe
