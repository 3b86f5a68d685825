#include "gateways/router_pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "gateways/router_path.h"

namespace tlsward::gateways {
namespace {

re2::StringPiece piece_of(std::string_view text) {
  return {text.data(), text.size()};
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

Result<std::shared_ptr<const re2::RE2>> compile_expression(std::string_view text, bool any_case,
                                                           std::string_view because) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!any_case);
  auto expression = std::make_shared<const RE2>(piece_of(text), options);
  if (!expression->ok())
    return Error{fmt::format("{}: '{}' is no regular expression: {}", because, text, expression->error())};
  return expression;
}

bool fits_whole(const re2::RE2& expression, std::string_view text) {
  return RE2::FullMatch(piece_of(text), expression);
}

Result<RoutePattern> RoutePattern::make(const ServiceRoute& route) {
  RoutePattern pattern;
  pattern.kind_ = route.kind;
  switch (route.kind) {
    case PatternKind::Prefix:
      pattern.prefix_ = route.pattern;
      break;
    case PatternKind::Template:
      pattern.read_template(route.pattern);
      break;
    case PatternKind::Regex: {
      auto expression = compile_expression(route.pattern, false, route.name);
      if (!expression) return expression.error();
      pattern.expression_ = *expression;
      const int groups = pattern.expression_->NumberOfCapturingGroups();
      for (int i = 1; i <= groups; ++i) pattern.names_.push_back(std::to_string(i));
      break;
    }
  }
  pattern.read_pieces(route.base_path);
  return pattern;
}

void RoutePattern::read_template(std::string_view pattern) {
  for (const std::string_view segment : segments_of(pattern)) {
    if (is_parameter(segment)) {
      names_.emplace_back(segment.substr(1, segment.size() - 2));
      segments_.push_back({{}, true});
    } else {
      segments_.push_back({std::string(segment), false});
    }
  }
  open_ = !segments_.empty() && !segments_.back().parameter && segments_.back().literal == "*";
  if (open_) segments_.pop_back();
  for (const Segment& segment : segments_) {
    if (segment.parameter) break;
    prefix_ += "/" + segment.literal;
  }
}

/// A hole whose name nobody knows is plain text.
void RoutePattern::read_pieces(std::string_view text) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}', std::min(open, text.size()));
    if (close == std::string_view::npos) break;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (open > 0) pieces_.push_back({std::string(text.substr(0, open)), kNoIndex, false});
    if (name == "*") {
      pieces_.push_back({{}, kNoIndex, true});
    } else if (found != names_.end()) {
      pieces_.push_back({{}, static_cast<std::size_t>(found - names_.begin()), false});
    } else {
      pieces_.push_back({escape_path(text.substr(open, close - open + 1)), kNoIndex, false});
    }
    text.remove_prefix(close + 1);
  }
  if (!text.empty()) pieces_.push_back({std::string(text), kNoIndex, false});
}

bool RoutePattern::fits_length(std::size_t segments) const {
  return open_ ? segments > segments_.size() : segments == segments_.size();
}

std::optional<Captures> RoutePattern::match(const CutPath& path) const {
  Captures captures;
  if (kind_ == PatternKind::Prefix) {
    if (!path.text.starts_with(prefix_)) return {};
    return captures;
  }
  if (kind_ == PatternKind::Regex) {
    std::vector<re2::StringPiece> found(names_.size() + 1);
    const int count = static_cast<int>(found.size());
    if (!expression_->Match(piece_of(path.text), 0, path.text.size(), RE2::ANCHOR_BOTH, found.data(), count)) return {};
    for (const re2::StringPiece& group : found) captures.emplace_back(group.data(), group.size());
    return captures;
  }
  if (!fits_length(path.segments.size())) return {};
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const std::string_view given = path.segments[i];
    if (segments_[i].parameter ? given.empty() : given != segments_[i].literal) return {};
    if (segments_[i].parameter) captures.push_back(given);
  }
  if (open_) {
    const auto offset = static_cast<std::size_t>(path.segments[segments_.size()].data() - path.text.data());
    captures.push_back(path.text.substr(offset));
  }
  return captures;
}

std::optional<std::string> RoutePattern::corrected(const CutPath& path) const {
  if (kind_ != PatternKind::Template || !fits_length(path.segments.size())) return {};
  std::string result;
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    const std::string_view given = path.segments[i];
    result += '/';
    const bool is_literal = i < segments_.size() && !segments_[i].parameter;
    if (is_literal && !equal_ignoring_case(given, segments_[i].literal)) return {};
    if (i < segments_.size() && segments_[i].parameter && given.empty()) return {};
    result += is_literal ? std::string_view(segments_[i].literal) : given;
  }
  return result;
}

std::string RoutePattern::everything(const Captures& captures) const {
  if (kind_ == PatternKind::Template) return std::string(open_ ? captures.back() : std::string_view());
  if (captures.size() == 1) return std::string(captures.front());
  std::string result;
  for (std::size_t i = 1; i < captures.size(); ++i) result += captures[i];
  return result;
}

std::string RoutePattern::fill(const Captures& captures, bool escape) const {
  std::string result;
  for (const Piece& piece : pieces_) {
    if (piece.capture == kNoIndex && !piece.all) {
      result += piece.literal;
      continue;
    }
    const std::size_t first_group = kind_ == PatternKind::Regex ? 1 : 0;
    const std::string text = piece.all ? everything(captures) : std::string(captures[piece.capture + first_group]);
    result += escape ? escape_path(text) : text;
  }
  return result;
}

}  // namespace tlsward::gateways
