// Words first, then the file's lines. Each is one target or one block; a block is counted through before the next word
// is looked at, so that a /12 takes no more memory than a single host.
#include "probe/target_source.h"

#include <fmt/format.h>

#include <utility>

namespace tlsward::probe {
namespace {

constexpr std::size_t kMaxLine = 4 * 1024;
constexpr std::size_t kMaxProblems = 1000;

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\f\v";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool is_utf16(std::string_view first_line) {
  return first_line.starts_with("\xFF\xFE") || first_line.starts_with("\xFE\xFF");
}

/// What one word names. Neither: `error` says why.
struct Named {
  std::optional<Target> target;
  std::optional<AddressBlock> block;
  std::string error;

  std::uint64_t size() const { return block ? block->size() : target ? 1 : 0; }
};

Named read_name(std::string_view word, std::uint16_t default_port) {
  if (auto block = parse_block(word, default_port)) {
    if (!*block) return {{}, {}, block->error().message};
    return {{}, **block, {}};
  }
  auto target = parse_target(word, default_port);
  if (!target) return {{}, {}, target.error().message};
  return {std::move(*target), {}, {}};
}

}  // namespace

Result<TargetSource> TargetSource::make(std::vector<std::string> words, std::istream* file,
                                        std::uint16_t default_port) {
  TargetSource source(default_port);
  for (const std::string& word : words) {
    const Named named = read_name(word, default_port);
    if (!named.error.empty()) return Error{named.error};
    source.seen_ += named.size();
  }
  source.words_ = std::move(words);
  if (file != nullptr) source.file_.emplace(*file);
  return source;
}

std::optional<Target> TargetSource::next() {
  while (true) {
    if (target_) return std::exchange(target_, std::nullopt);
    if (auto target = next_of_block()) return target;
    if (next_word_ < words_.size()) {
      read_word(words_[next_word_++]);
      continue;
    }
    if (!file_) return {};
    if (const auto line = file_->next(kMaxLine)) {
      read_line(*line);
      continue;
    }
    if (file_->failed()) report(0, "the file of targets could not be read on");
    file_.reset();
  }
}

std::vector<TargetProblem> TargetSource::take_problems() {
  if (unreported_ > 0) problems_.back().message += fmt::format("; {} more lines could not be used", unreported_);
  unreported_ = 0;
  return std::exchange(problems_, {});
}

std::optional<std::uint64_t> TargetSource::total() const {
  if (file_) return {};
  return seen_;
}

std::optional<Target> TargetSource::next_of_block() {
  if (!block_) return {};
  if (next_in_block_ < block_->size()) return block_->at(next_in_block_++);
  block_.reset();
  return {};
}

void TargetSource::read_word(std::string_view word) {
  Named named = read_name(word, default_port_);
  target_ = std::move(named.target);
  block_ = std::move(named.block);
  next_in_block_ = 0;
}

void TargetSource::read_line(const LineReader::Line& line) {
  if (line.number == 1 && is_utf16(line.text)) {
    report(line.number, "the file is UTF-16; save it as UTF-8");
    file_.reset();
    return;
  }
  if (line.too_long) {
    report(line.number, fmt::format("the line is longer than {} bytes; one target stands in a line", kMaxLine));
    return;
  }
  const std::string_view word = trim(line.text.substr(0, line.text.find('#')));
  if (word.empty()) return;
  Named named = read_name(word, default_port_);
  if (!named.error.empty()) {
    report(line.number, std::move(named.error));
    return;
  }
  seen_ += named.size();
  target_ = std::move(named.target);
  block_ = std::move(named.block);
  next_in_block_ = 0;
}

void TargetSource::report(std::size_t line, std::string message) {
  if (problems_.size() < kMaxProblems) {
    problems_.push_back({line, std::move(message)});
  } else {
    ++unreported_;
  }
}

std::uint64_t count_targets(TargetSource source, const std::function<bool(const Target&)>& wanted) {
  std::uint64_t count = 0;
  while (const auto target = source.next()) {
    if (wanted(*target)) ++count;
    source.take_problems();
  }
  return count;
}

}  // namespace tlsward::probe
