#include "core/json_mend.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text_check.h"

namespace tlsward {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
/// More trailing commas than this say nothing new.
constexpr std::size_t kMostCommas = 20;

class Mending {
 public:
  Mending(std::string_view text, FileId file) : text_(text), file_(file) { mended_.text = text; }

  std::optional<MendedJson> run() {
    while (at_ < text_.size()) step();
    if (comments_ == 0 && commas_ == 0) return std::nullopt;
    if (comments_ > 0) note_comments();
    return std::move(mended_);
  }

 private:
  void step() {
    const char c = text_[at_];
    const std::string_view two = text_.substr(at_, 2);
    if (c == '"') {
      string();
    } else if (two == "//" || c == '#') {
      comment(std::min(text_.find('\n', at_), text_.size()));
    } else if (two == "/*") {
      const std::size_t close = text_.find("*/", at_ + 2);
      comment(close == kNone ? text_.size() : close + 2);
    } else {
      if ((c == '}' || c == ']') && comma_ != kNone) trailing_comma(c);
      if (c == ',') comma_ = at_;
      if (c != ',' && c != ' ' && c != '\t' && c != '\n' && c != '\r') comma_ = kNone;
      ++at_;
    }
  }

  // A string that is not closed on its line ends the mending: what follows may be inside of it.
  void string() {
    comma_ = kNone;
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return;
      }
      if (text_[at_] == '\\') ++at_;
    }
    at_ = text_.size();
  }

  void comment(std::size_t end) {
    if (comments_++ == 0) first_comment_ = at_;
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n' && text_[at_] != '\r') mended_.text[at_] = ' ';
    }
  }

  void trailing_comma(char bracket) {
    mended_.text[comma_] = ' ';
    if (commas_++ >= kMostCommas) return;
    const std::string_view expected = bracket == '}' ? "a key in double quotes" : "a value";
    mended_.errors.push_back(
        {span_at(file_, comma_, 1), fmt::format("trailing ',' before '{}', expected {}", bracket, expected)});
  }

  void note_comments() {
    const auto behind = std::find_if(mended_.errors.begin(), mended_.errors.end(),
                                     [this](const SyntaxError& error) { return error.where.begin > first_comment_; });
    const std::string found = comments_ == 1 ? "a comment" : fmt::format("{} comments", comments_);
    const std::size_t length = text_[first_comment_] == '#' ? 1 : 2;
    mended_.errors.insert(behind,
                          {span_at(file_, first_comment_, length), fmt::format("found {}, JSON has none", found)});
  }

  std::string_view text_;
  FileId file_;
  MendedJson mended_;
  std::size_t at_ = 0;
  std::size_t comma_ = kNone;  // a comma with nothing but white space and comments behind it so far
  std::size_t comments_ = 0;
  std::size_t first_comment_ = 0;
  std::size_t commas_ = 0;
};

}  // namespace

std::optional<MendedJson> mend_json(std::string_view text, FileId file) {
  return Mending(text, file).run();
}

}  // namespace tlsward
