#include "report/json_split.h"

namespace tlsward::report {
namespace {

constexpr int kMaxDepth = 64;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ends_scalar(char c) {
  return is_blank(c) || c == ',' || c == ']' || c == '}';
}

}  // namespace

JsonSplitter::JsonSplitter(std::string_view text) : text_(text) {
  skip_blanks();
  const char open = at_ < text_.size() ? text_[at_] : '\0';
  broken_ = open != '{' && open != '[';
  if (broken_) return;
  close_ = open == '{' ? '}' : ']';
  ++at_;
}

std::optional<JsonSplitter::Part> JsonSplitter::next() {
  if (broken_ || ended_) return {};
  skip_blanks();
  if (at_ >= text_.size()) return fail();
  if (text_[at_] == close_) {
    ++at_;
    skip_blanks();
    ended_ = true;
    return at_ == text_.size() ? std::nullopt : fail();
  }
  if (!first_) {
    if (text_[at_] != ',') return fail();
    ++at_;
    skip_blanks();
  }
  first_ = false;
  Part part;
  if (close_ == '}') {
    const std::size_t begin = at_;
    if (!skip_string()) return fail();
    part.key = text_.substr(begin + 1, at_ - begin - 2);
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != ':') return fail();
    ++at_;
    skip_blanks();
  }
  const std::size_t begin = at_;
  if (!skip_value()) return fail();
  part.value = text_.substr(begin, at_ - begin);
  return part;
}

bool JsonSplitter::skip_string() {
  if (at_ >= text_.size() || text_[at_] != '"') return false;
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == '\\') {
      ++at_;
    } else if (text_[at_] == '"') {
      ++at_;
      return true;
    }
  }
  return false;
}

bool JsonSplitter::skip_value() {
  const std::size_t begin = at_;
  int depth = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (depth == 0 && at_ > begin) return true;
    if (c == '"') {
      if (!skip_string()) return false;
      continue;
    }
    if (c == '{' || c == '[') {
      if (++depth >= kMaxDepth) return false;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    } else if (depth == 0) {
      while (at_ < text_.size() && !ends_scalar(text_[at_])) ++at_;
      return at_ > begin;
    }
    ++at_;
  }
  return depth == 0 && at_ > begin;
}

void JsonSplitter::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
}

std::optional<JsonSplitter::Part> JsonSplitter::fail() {
  broken_ = true;
  return {};
}

std::string compact_json(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool in_string = false, escaped = false;
  for (const char c : text) {
    if (in_string || !is_blank(c)) result += c;
    if (!escaped && c == '"') in_string = !in_string;
    escaped = in_string && !escaped && c == '\\';
  }
  return result;
}

}  // namespace tlsward::report
