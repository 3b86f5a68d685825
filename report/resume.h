// Taking up a run that was interrupted (`--resume FILE`): what is done, and the file to go on with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "probe/done.h"
#include "report/line_file.h"
#include "report/probe_read.h"

namespace tlsward::report {

/// What a file of earlier results tells.
struct EarlierResults {
  probe::DoneSet done;
  std::size_t results = 0;
  /// Lines that could not be used and stay in the file; their hosts are scanned again. At most 100.
  std::vector<ReadProblem> problems;
  /// Where a last line begins that was cut off and has to go.
  std::optional<std::uint64_t> cut_off;
  /// The last line stays but has no line ending.
  bool unended = false;
};

/// Reads NDJSON of earlier runs. Results stay in the file where they are: of several about one endpoint the newest
/// counts (probe/newest.h), for `merge` and `diff` too. An empty file is a run that has done nothing. Error: the file
/// is something else (a JSON document, another schema, no results at all), and must not be touched.
Result<EarlierResults> read_earlier_results(std::istream& in);

struct Resumed {
  LineFile file;
  EarlierResults earlier;
};
/// Opens `path` (creating it), reads it, cuts off a broken last line or ends an unended one: results can be appended.
/// Error: as above, or the file cannot be opened, read or written.
Result<Resumed> resume(const std::string& path);

}  // namespace tlsward::report
