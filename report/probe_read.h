// Files of probe results, read one result at a time: NDJSON, or one JSON document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "probe/line_reader.h"
#include "probe/result.h"
#include "report/json_split.h"
#include "report/probe_result_read.h"

namespace tlsward::report {

/// A part of a file that gave no result.
struct ReadProblem {
  enum class Kind : std::uint8_t {
    Broken,      // no JSON, or no result
    CutOff,      // the last line has no line ending and is no whole JSON: the run that wrote it was killed
    Schema,      // not tlsward-probe/1
    Unreadable,  // the stream broke
  };
  Kind kind = Kind::Broken;
  std::size_t line = 0;      // from 1
  std::uint64_t offset = 0;  // of the line's first byte in the file
  std::string message;       // one clause, lower case, without file and line
};

/// A result with its place in the file.
struct ReadResult {
  probe::HostResult result;
  std::string text;      // the JSON object on one line, unknown fields and all
  std::size_t line = 0;  // from 1, where it starts
};

/// Bounds: 8 MiB for one result, 512 MiB for a document, 64 levels of nesting; NDJSON may be of any length.
class ProbeReader {
 public:
  /// `in` and `rules` must outlive the reader, `rules` the results too.
  ProbeReader(std::istream& in, RuleIds& rules) : lines_(in), rules_(&rules) {}
  ProbeReader(const ProbeReader&) = delete;
  ProbeReader& operator=(const ProbeReader&) = delete;

  /// The next result, or a problem in its place; nullopt at the end. After a problem the rest of the file is read all
  /// the same.
  std::optional<Result<ReadResult, ReadProblem>> next();
  /// The file is one JSON document, not NDJSON. Known after the first `next`.
  bool is_document() const { return is_document_; }
  /// Bytes read so far.
  std::uint64_t offset() const { return lines_.offset(); }

 private:
  using Item = Result<ReadResult, ReadProblem>;

  /// Where a text stands in the file.
  struct Place {
    std::size_t line = 0;
    std::uint64_t offset = 0;
    bool ended = true;
  };
  std::optional<Item> take_line(const probe::LineReader::Line& line);
  std::optional<Item> take_document();
  std::optional<Item> open();
  std::optional<Item> next_element();
  Item read(std::string_view text, const Place& place);

  probe::LineReader lines_;
  RuleIds* rules_;
  bool started_ = false, failed_ = false, is_document_ = false;
  std::string text_;  // a line, or a document
  Place place_;       // of `text_`
  /// What is left of the results in `text_`, and up to where line endings were counted.
  std::optional<JsonSplitter> elements_;
  std::size_t counted_ = 0;
};

}  // namespace tlsward::report
