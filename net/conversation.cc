// Bytes come in any portions. The script wants pieces: a line, a tag, so many bytes. `scanned_` remembers how far the
// end of the wanted piece was looked for, so that a server that sends byte by byte costs no more than one that does
// not. Nothing is thrown away: 64 KiB is the most that a conversation takes, and what the script left belongs to TLS.
#include "net/conversation.h"

#include <utility>

#include "net/server_text.h"

namespace tlsward::net {

Conversation::Piece Conversation::line() {
  return wait_for(Shape::Line);
}

Conversation::Piece Conversation::tag() {
  return wait_for(Shape::Tag);
}

Conversation::Piece Conversation::bytes(std::size_t count) {
  return wait_for(Shape::Bytes, count);
}

void Conversation::hear(std::span<const std::uint8_t> bytes) {
  heard_ += text_of(bytes);
  if (waiting_ && find_end()) std::exchange(waiting_, {}).resume();
}

std::string Conversation::take_output() {
  return std::exchange(output_, {});
}

Conversation::Piece Conversation::wait_for(Shape shape, std::size_t count) {
  shape_ = shape;
  count_ = count;
  scanned_ = taken_;
  in_tag_ = false;
  quote_ = 0;
  return Piece(*this);
}

/// True where the whole piece is there; it then ends at `scanned_`.
bool Conversation::find_end() {
  const std::string_view heard = std::string_view(heard_).substr(0, kLimit);
  if (shape_ == Shape::Line) return find_end_of_line(heard);
  if (shape_ == Shape::Tag) return find_end_of_tag(heard);
  if (heard.size() - taken_ < count_) return false;
  scanned_ = taken_ + count_;
  return true;
}

bool Conversation::find_end_of_line(std::string_view heard) {
  const std::size_t end = heard.find('\n', scanned_);
  if (end == std::string_view::npos) {
    scanned_ = heard.size();
    return false;
  }
  scanned_ = end + 1;
  return true;
}

bool Conversation::find_end_of_tag(std::string_view heard) {
  while (scanned_ < heard.size()) {
    const char c = heard[scanned_++];
    if (!in_tag_) {
      in_tag_ = c == '<';
    } else if (quote_ != 0) {
      if (c == quote_) quote_ = 0;
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    } else if (c == '>') {
      return true;
    }
  }
  return false;
}

std::string Conversation::take() {
  std::string piece = heard_.substr(taken_, scanned_ - taken_);
  taken_ = scanned_;
  if (shape_ != Shape::Line) return piece;
  piece.pop_back();
  if (piece.ends_with('\r')) piece.pop_back();
  return piece;
}

}  // namespace tlsward::net
