// PEM is text with blocks in it. Readers such as Go's encoding/pem only see a block whose BEGIN and END stand at the
// start of lines of their own, and silently pass over all others; people then wonder why a certificate "is missing".
// This scanner therefore looks for the markers anywhere, pairs them up and says for each block what is unusual about
// it. It reads each byte a constant number of times, whatever the text, and never quotes a body: it may be a key.
#include "pki/armor.h"

#include <algorithm>
#include <optional>

#include "pki/base64.h"
#include "pki/printable_label.h"

namespace tlsward::pki {
namespace {

constexpr std::string_view kDashes = "-----";
constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kBlanks = " \t\r\v\f";
constexpr std::string_view kSpace = " \t\r\v\f\n";
/// Longest label in use is "ENCRYPTED PRIVATE KEY"; anything much longer is a line without its closing dashes.
constexpr std::size_t kMaxLabel = 64;
/// A body of this length or more is taken for base64, whatever it looks like.
constexpr std::size_t kMaxSampleText = 200;
/// The smallest key in DER is Ed25519's public one: 44 bytes, 60 characters.
constexpr std::size_t kMinBase64 = 60;

struct Marker {
  bool begin = false;
  bool closed = false;     // the dashes after the label are there
  bool commented = false;  // its line starts with `#`
  bool first = false;      // first marker of its line
  std::string_view label;
  std::string_view before;  // text of the line in front, from the marker before where there is one
  std::size_t start = 0, end = 0;
  std::size_t line = 1;
};

std::string_view trim(std::string_view text, std::string_view what = kSpace) {
  const std::size_t first = text.find_first_not_of(what);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(what) - first + 1);
}

/// Walks through the markers of a text, keeping count of lines.
class MarkerReader {
 public:
  explicit MarkerReader(std::string_view text) : text_(text) { start_line(0); }

  std::optional<Marker> next() {
    for (std::size_t at = text_.find(kDashes, position_); at != std::string_view::npos;
         at = text_.find(kDashes, at + 1)) {
      const std::string_view rest = text_.substr(at);
      if (rest.starts_with(kBegin)) return read(at, kBegin);
      if (rest.starts_with(kEnd)) return read(at, kEnd);
    }
    return std::nullopt;
  }

 private:
  Marker read(std::size_t at, std::string_view opening) {
    for (std::size_t i = position_; i < at; ++i) {
      if (text_[i] != '\n') continue;
      ++line_;
      start_line(i + 1);
    }
    Marker marker;
    marker.begin = opening == kBegin;
    marker.commented = commented_;
    marker.first = line_is_new_;
    marker.start = at;
    marker.line = line_;
    const std::size_t before = std::max(position_, line_start_);
    marker.before = text_.substr(before, at - before);
    line_is_new_ = false;

    std::string_view label = text_.substr(at + opening.size(), kMaxLabel + kDashes.size());
    label = label.substr(0, label.find('\n'));
    const std::size_t closing = label.find(kDashes);
    marker.closed = closing != std::string_view::npos;
    marker.label = marker.closed ? label.substr(0, closing) : std::string_view();
    marker.end = at + opening.size() + (marker.closed ? closing + kDashes.size() : 0);
    position_ = marker.end;
    return marker;
  }

  void start_line(std::size_t at) {
    line_start_ = at;
    line_is_new_ = true;
    const std::size_t first = text_.find_first_not_of(kBlanks, at);
    commented_ = first != std::string_view::npos && text_[first] == '#';
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
  bool line_is_new_ = true;
  bool commented_ = false;
};

std::string named(const char* keyword, std::string_view label) {
  const std::string text = printable_label(label);
  return text.empty() ? std::string(keyword) : std::string(keyword) + " " + text;
}

bool shares_line_with_next(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first != std::string_view::npos && text[first] != '\n';
}

bool shares_line_with_previous(std::string_view text) {
  const std::size_t last = text.find_last_not_of(kBlanks);
  return last != std::string_view::npos && text[last] != '\n';
}

class ArmorScanner {
 public:
  ArmorScanner(std::string_view text, std::size_t limit) : text_(text), limit_(limit) {}

  /// Takes the next marker; false where enough blocks were read.
  bool add(const Marker& marker) {
    if (!marker.closed) {
      armor_.strays.push_back("line " + std::to_string(marker.line) + ": " + (marker.begin ? "BEGIN" : "END") +
                              " without label and closing dashes");
      return true;
    }
    return marker.begin ? open(marker) : close(marker);
  }

  Armor finish() {
    leave_open();
    note_text_after_end(text_.size());
    return std::move(armor_);
  }

 private:
  bool open(const Marker& marker) {
    leave_open();
    if (armor_.blocks.size() == limit_) {
      armor_.cut = true;
      return false;
    }
    if (marker.first) note_text_after_end(marker.start - marker.before.size());
    ArmorBlock block;
    block.label = printable_label(marker.label);
    block.line = marker.line;
    if (block.label.empty())
      block.flaws.push_back("its label is unusual, such as CERTIFICATE or PRIVATE KEY is expected");
    const bool blank = trim(marker.before).empty();
    if (!marker.commented && !blank) block.flaws.push_back("other text stands in front of BEGIN in its line");
    if (!marker.commented && blank && marker.first && !marker.before.empty())
      block.flaws.push_back("its BEGIN line is indented");
    if (blank && !marker.first) block.flaws.push_back("BEGIN stands in the line of the END before it");
    end_ = 0;
    armor_.blocks.push_back(std::move(block));
    begin_ = marker;
    return true;
  }

  bool close(const Marker& marker) {
    if (!begin_) {
      armor_.strays.push_back("line " + std::to_string(marker.line) + ": " + named("END", marker.label) +
                              " without BEGIN");
      return true;
    }
    ArmorBlock& block = armor_.blocks.back();
    if (marker.label != begin_->label) {
      block.broken = "ends with " + named("END", marker.label);
    } else {
      block.body = text_.substr(begin_->end, marker.start - begin_->end);
      block.folded =
          !trim(block.body).empty() && (shares_line_with_next(block.body) || shares_line_with_previous(block.body));
      end_ = marker.end;
    }
    begin_.reset();
    return true;
  }

  void leave_open() {
    if (begin_) armor_.blocks.back().broken = "BEGIN without END";
    begin_.reset();
  }

  /// Names what stands behind the last END in its line, up to `limit`.
  void note_text_after_end(std::size_t limit) {
    if (end_ == 0 || !shares_line_with_next(text_.substr(end_, limit - end_))) return;
    armor_.blocks.back().flaws.push_back("other text follows END in its line");
    end_ = 0;
  }

  std::string_view text_;
  std::size_t limit_;
  Armor armor_;
  std::optional<Marker> begin_;  // of the last block, as long as its END is not found
  std::size_t end_ = 0;          // of the last block; 0: none, or looked at
};

/// A word of prose, as opposed to a piece of base64.
bool is_word(std::string_view token) {
  constexpr std::size_t kLongestWord = 20;
  return token.size() <= kLongestWord && token.find_first_of("+/=") == std::string_view::npos;
}

bool is_prose(std::string_view text) {
  std::size_t words = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kSpace), text.size());
    if (!is_word(text.substr(0, end))) return false;
    ++words;
    text = trim(text.substr(end));
  }
  return words > 1;
}

}  // namespace

Armor scan_armor(std::string_view text, std::size_t limit, CommentedLines commented) {
  MarkerReader markers(text);
  ArmorScanner scanner(text, limit);
  std::size_t skipped = 0;
  while (const std::optional<Marker> marker = markers.next()) {
    if (marker->commented) ++skipped;
    if (marker->commented != (commented == CommentedLines::Read)) continue;
    if (!scanner.add(*marker)) break;
  }
  Armor armor = scanner.finish();
  armor.commented = skipped;
  return armor;
}

ArmorBody split_headers(const ArmorBlock& block) {
  ArmorBody parts;
  parts.base64 = block.body;
  parts.base64_line = block.line;
  // Base64 has no colon: lines with one, from the first on, are headers.
  while (true) {
    const std::size_t end = parts.base64.find('\n');
    const std::string_view line = parts.base64.substr(0, end);
    if (!trim(line).empty() && line.find(':') == std::string_view::npos) return parts;
    if (line.find("Proc-Type:") != std::string_view::npos && line.find("ENCRYPTED") != std::string_view::npos) {
      parts.encrypted = true;
    }
    if (end == std::string_view::npos) {
      parts.base64 = {};
      return parts;
    }
    parts.base64.remove_prefix(end + 1);
    ++parts.base64_line;
  }
}

bool is_sample_text(std::string_view body) {
  std::string_view text = trim(body);
  if (text.empty()) return false;
  if (text.find("...") != std::string_view::npos || text.find("\u2026") != std::string_view::npos) return true;
  if (text.size() >= kMaxSampleText) return false;
  if (text.front() == '#' || text.front() == '<' || text.front() == '[' || text.front() == '*') return true;
  if (std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }))
    return true;
  if (text.size() >= kMinBase64) return false;
  return is_prose(text) || text.find_first_not_of("xX") == std::string_view::npos;
}

}  // namespace tlsward::pki
