// A YAML file is read document by document. Here is what happens before and after yaml-cpp (yaml.cc) sees one: files
// that are JSON go to the stricter reader, templates are neutralised, documents are told apart, and one that is broken
// is read as far as it goes.
#include "core/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/template.h"
#include "core/text_check.h"
#include "core/yaml_document.h"
#include "core/yaml_scan.h"

namespace tlsward {
namespace {

/// The first byte of a document that no YAML may hold: not UTF-8, or a control character (YAML 1.2.2, 5.1).
std::optional<SyntaxError> unprintable(std::string_view text, DocumentExtent extent, FileId file) {
  const std::string_view part = text.substr(0, extent.end);
  for (std::size_t at = extent.begin; at < extent.end; ++at) {
    const auto byte = static_cast<unsigned char>(part[at]);
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    if (control) {
      return SyntaxError{span_at(file, at, 1),
                         fmt::format("found control character U+{:04X}, expected text", static_cast<unsigned>(byte))};
    }
    if (byte < 0x80) continue;
    const std::size_t length = utf8_length(part, at);
    if (length == 0) {
      return SyntaxError{span_at(file, at, 1),
                         fmt::format("found byte 0x{:02X}, expected UTF-8", static_cast<unsigned>(byte))};
    }
    at += length - 1;
  }
  return std::nullopt;
}

/// The part of a document that lies before the line of `at`.
DocumentExtent before_line_of(std::string_view text, DocumentExtent extent, std::size_t at) {
  const std::size_t line = at - static_cast<std::size_t>(column_of(text, at));
  return {.begin = extent.begin, .end = std::max(extent.begin, line)};
}

/// Reads one document. yaml-cpp looks ahead and gives up before it has told what stands in front of an error, so a
/// broken document is read once more up to the line of its error.
void read_document(const YamlInput& input, DocumentExtent extent, std::size_t index, const Limits& limits,
                   AliasBudget& budget, ReadFile& result) {
  const std::optional<SyntaxError> problem = unprintable(input.original, extent, input.file);
  if (problem) {
    result.errors.push_back(*problem);
    extent = before_line_of(input.parsed, extent, problem->where.begin);
  }
  const AliasBudget budget_before = budget;
  YamlAttempt found = read_yaml_document(input, extent, problem.has_value(), limits, budget);
  result.errors.insert(result.errors.end(), found.errors.begin(), found.errors.end());
  if (found.stopped_at) {
    budget = budget_before;
    YamlAttempt again =
        read_yaml_document(input, before_line_of(input.parsed, extent, *found.stopped_at), true, limits, budget);
    if (again.found_something) found = std::move(again);
  }
  found.document.index = index;
  if (found.found_something) result.documents.push_back(std::move(found.document));
}

/// A copy with line feeds for carriage returns that stand alone: line breaks in YAML, letters for yaml-cpp 0.7. Nothing
/// where there are none.
std::optional<std::string> without_lone_returns(std::string_view text) {
  std::optional<std::string> copy;
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (text.substr(at + 1).starts_with('\n')) continue;
    if (!copy) copy = std::string(text);
    (*copy)[at] = '\n';
  }
  return copy;
}

/// A copy with spaces for the tabs that start lines without anything else or with a comment only, which yaml-cpp takes
/// for indentation. Nothing where there are none.
std::optional<std::string> without_harmless_tabs(std::string_view text) {
  std::optional<std::string> copy;
  for (std::size_t tab = text.find('\t'); tab != std::string_view::npos;) {
    const std::size_t line = tab - static_cast<std::size_t>(column_of(text, tab));
    const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
    const bool nothing_else = first == text.size() || text[first] == '\n' || text[first] == '\r' || text[first] == '#';
    if (nothing_else && tab < first) {
      if (!copy) copy = std::string(text);
      std::fill(copy->begin() + static_cast<std::ptrdiff_t>(tab), copy->begin() + static_cast<std::ptrdiff_t>(first),
                ' ');
    }
    tab = text.find('\t', text.find('\n', std::max(first, tab)));
  }
  return copy;
}

/// A file that holds templates and nothing else, such as one that only includes another.
Document only_templates(const YamlInput& input) {
  Document document{.file = input.file, .format = Format::Yaml};
  const std::uint32_t begin = input.templates->front().begin;
  const Span where = span_at(input.file, begin, input.templates->back().end - begin);
  document.root = {.kind = NodeKind::Text, .unresolved = true, .where = where};
  document.root.scalar = input.original.substr(where.begin, where.end - where.begin);
  return document;
}

/// The file read as JSON, which is YAML too. yaml-cpp knows fewer escapes and shorter keys than JSON has.
std::optional<ReadFile> read_as_json(const SourceMap& sources, FileId file, const Limits& limits) {
  const std::string_view text = sources.text(file);
  const std::size_t begin = text.find_first_not_of(" \t\r\n", byte_order_mark(text));
  const std::string_view start = text.substr(std::min(begin, text.size()), 2);
  if (start == "{{" || !(start.starts_with('{') || start.starts_with('['))) return std::nullopt;
  ReadFile result = read_json(sources, file, limits);
  if (!result.errors.empty()) return std::nullopt;
  for (Document& document : result.documents) document.format = Format::Yaml;
  return result;
}

/// Offsets of each ` // …` that ends a line: a comment in other languages, text in YAML. Vendors' pages have them.
std::vector<std::size_t> slash_comments(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(" //"); at != std::string_view::npos; at = text.find(" //", at + 1)) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    places.push_back(at + 1);
    at = end - 1;
  }
  return places;
}

std::string without_slash_comments(std::string_view text, const std::vector<std::size_t>& places) {
  std::string copy(text);
  for (const std::size_t place : places)
    for (std::size_t at = place; at < copy.size() && copy[at] != '\n' && copy[at] != '\r'; ++at) copy[at] = ' ';
  return copy;
}

ReadFile read_documents(const YamlInput& input, const Limits& limits) {
  ReadFile result;
  AliasBudget budget{.limit = limits.alias_nodes};
  const std::vector<DocumentExtent> extents = split_documents(input.parsed, byte_order_mark(input.parsed));
  for (std::size_t i = 0; i < extents.size(); ++i) read_document(input, extents[i], i, limits, budget, result);
  if (!extents.empty()) return result;
  if (input.templates && !input.templates->empty()) {
    result.documents.push_back(only_templates(input));
  } else {
    result.errors.push_back({span_at(input.file, 0), "file is empty, it holds comments only"});
  }
  return result;
}

}  // namespace

ReadFile read_yaml(const SourceMap& sources, FileId file, const Limits& limits) {
  const std::string_view text = sources.text(file);
  if (std::optional<SyntaxError> problem = unreadable(text, file, limits)) {
    return {.documents = {}, .errors = {*problem}};
  }
  if (std::optional<ReadFile> json = read_as_json(sources, file, limits)) return std::move(*json);

  YamlInput input{.file = file, .original = text, .parsed = text};
  const std::optional<std::string> returned = without_lone_returns(text);
  if (returned) input.parsed = *returned;
  const std::optional<MaskedText> masked = mask_yaml_templates(input.parsed);
  if (masked) input.parsed = masked->text;
  if (masked) input.templates = &masked->uses;
  ReadFile found = read_documents(input, limits);
  if (found.errors.empty()) return found;

  // In a block scalar such a tab is a part of the text, so it is taken out only where it is the trouble.
  const std::optional<std::string> untabbed = without_harmless_tabs(input.parsed);
  if (untabbed) input.parsed = *untabbed;
  if (untabbed) found = read_documents(input, limits);

  const std::vector<std::size_t> slashes = slash_comments(input.parsed);
  if (found.errors.empty() || slashes.empty()) return found;
  const std::string uncommented = without_slash_comments(input.parsed, slashes);
  input.parsed = uncommented;
  ReadFile mended = read_documents(input, limits);
  if (!mended.errors.empty()) return found;
  mended.errors.push_back({span_at(file, slashes.front(), 2), "found '//', expected a comment to start with '#'"});
  return mended;
}

}  // namespace tlsward
