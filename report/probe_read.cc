// The first line decides: one that ends in '}' is a line of NDJSON, or a document on one line; anything else is the
// beginning of a document. In either case a text is first split into its members: with "results" it is a document,
// whose elements are read one by one, else it is one result.
#include "report/probe_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "probe/quoted.h"

namespace tlsward::report {
namespace {

using Kind = ReadProblem::Kind;

constexpr std::size_t kMaxResult = std::size_t{8} << 20;
constexpr std::size_t kMaxDocument = std::size_t{512} << 20;
constexpr std::string_view kSchema = "\"tlsward-probe/1\"";

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool begins_document(std::string_view first_line) {
  const std::string_view text = trim(first_line);
  return text.starts_with('{') && (text.ends_with('{') || text.ends_with('[') || text.ends_with(','));
}

/// The two members of a text that say what it is; empty where it has none.
struct Head {
  std::string_view schema, results;
  bool broken = false;
  std::size_t offset = 0;  // broken: how far it was read
};

Head head_of(std::string_view text) {
  Head head;
  JsonSplitter members(text);
  while (const auto member = members.next()) {
    if (member->key == "schema") head.schema = member->value;
    if (member->key == "results") head.results = member->value;
  }
  head.broken = members.broken();
  head.offset = members.offset();
  return head;
}

std::string schema_message(std::string_view schema) {
  if (schema.empty()) return "there is no schema; tlsward-probe/1 can be read";
  const bool is_text = schema.size() >= 2 && schema.starts_with('"');
  const std::string_view shown = is_text ? schema.substr(1, schema.size() - 2) : schema;
  return fmt::format("schema {} is not known; tlsward-probe/1 can be read", probe::quoted(shown));
}

}  // namespace

std::optional<ProbeReader::Item> ProbeReader::next() {
  while (true) {
    if (auto element = next_element()) return element;
    const auto line = lines_.next(started_ ? kMaxResult : kMaxDocument);
    if (!line) break;
    if (trim(line->text).empty()) continue;
    if (auto item = take_line(*line)) return item;
  }
  if (!lines_.failed() || std::exchange(failed_, true)) return {};
  return ReadProblem{Kind::Unreadable, 0, lines_.offset(), "the file could not be read on"};
}

std::optional<ProbeReader::Item> ProbeReader::take_line(const probe::LineReader::Line& line) {
  const bool first = !std::exchange(started_, true);
  place_ = {line.number, line.offset, line.ended};
  if (line.too_long)
    return ReadProblem{Kind::Broken, line.number, line.offset,
                       fmt::format("the line is longer than {} MiB", (first ? kMaxDocument : kMaxResult) >> 20)};
  text_.assign(line.text);
  if (!first || !line.ended || !begins_document(text_)) return open();
  is_document_ = true;
  return take_document();
}

std::optional<ProbeReader::Item> ProbeReader::take_document() {
  while (const auto line = lines_.next(kMaxDocument)) {
    if (line->too_long || text_.size() + line->text.size() > kMaxDocument)
      return ReadProblem{
          Kind::Broken, line->number, line->offset,
          fmt::format("the document is larger than {} MiB; NDJSON may be of any size", kMaxDocument >> 20)};
    text_ += '\n';
    text_ += line->text;
  }
  return open();
}

std::optional<ProbeReader::Item> ProbeReader::open() {
  const Head head = head_of(text_);
  if (head.broken && !place_.ended)
    return ReadProblem{Kind::CutOff, place_.line, place_.offset, "the last line is cut off; the run was killed"};
  if (head.broken || head.results.empty()) return read(text_, place_);
  is_document_ = true;
  if (head.schema != kSchema) return ReadProblem{Kind::Schema, place_.line, place_.offset, schema_message(head.schema)};
  elements_.emplace(head.results);
  counted_ = 0;
  return {};
}

std::optional<ProbeReader::Item> ProbeReader::next_element() {
  if (!elements_) return {};
  const auto element = elements_->next();
  if (!element) {
    const bool broken = elements_->broken();
    elements_.reset();
    if (!broken) return {};
    return ReadProblem{Kind::Broken, place_.line, place_.offset, "field 'results': this is no list of objects"};
  }
  const auto begin = static_cast<std::size_t>(element->value.data() - text_.data());
  place_.line += static_cast<std::size_t>(std::count(text_.data() + counted_, text_.data() + begin, '\n'));
  counted_ = begin;
  return read(element->value, {place_.line, place_.offset, true});
}

ProbeReader::Item ProbeReader::read(std::string_view text, const Place& place) {
  const auto problem = [&](Kind kind, std::string message) {
    return ReadProblem{kind, place.line, place.offset, std::move(message)};
  };
  if (text.size() > kMaxResult)
    return problem(Kind::Broken, fmt::format("the result is larger than {} MiB", kMaxResult >> 20));
  const Head head = head_of(text);
  if (head.broken)
    return problem(Kind::Broken, fmt::format("no whole JSON object; it breaks at byte {}", head.offset + 1));
  if (head.schema != kSchema) return problem(Kind::Schema, schema_message(head.schema));
  auto result = read_probe_result(text, *rules_);
  if (!result) return problem(Kind::Broken, std::move(result.error().message));
  return ReadResult{std::move(*result), compact_json(text), place.line};
}

}  // namespace tlsward::report
