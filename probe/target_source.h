// Targets one after the other, from the command line and a file, without holding them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "probe/address_block.h"
#include "probe/line_reader.h"
#include "probe/target.h"

namespace tlsward::probe {

/// One line of a target file that could not be used.
struct TargetProblem {
  std::size_t line = 0;  // from 1
  std::string message;
};

/// Counts through blocks and reads a file as it goes. A target that is named twice comes twice.
class TargetSource {
 public:
  /// `words`: targets and blocks from the command line, checked here: the first error is returned. `file`: may be null;
  /// must outlive the source. A line of a file is one target or block; blank lines and what follows `#` are ignored;
  /// lines over 4 KiB are a problem.
  static Result<TargetSource> make(std::vector<std::string> words, std::istream* file, std::uint16_t default_port);
  /// The next target; nullopt at the end. Waits for the file where that is a pipe.
  std::optional<Target> next();
  /// Problems since the last call: they are reported and make exit code 3, the scan goes on. At most 1,000 at a time,
  /// the last of which then counts the others.
  std::vector<TargetProblem> take_problems();
  /// How many targets there are, where that is known (no file, or a file that was read to its end).
  std::optional<std::uint64_t> total() const;

 private:
  explicit TargetSource(std::uint16_t default_port) : default_port_(default_port) {}
  std::optional<Target> next_of_block();
  void read_word(std::string_view word);
  void read_line(const LineReader::Line& line);
  void report(std::size_t line, std::string message);

  std::uint16_t default_port_;
  std::vector<std::string> words_;
  std::size_t next_word_ = 0;
  std::optional<LineReader> file_;
  /// What the last word or line named: one target, or a block and how far it is counted.
  std::optional<Target> target_;
  std::optional<AddressBlock> block_;
  std::uint64_t next_in_block_ = 0;
  std::uint64_t seen_ = 0;  // targets in the words, and in the lines so far
  std::vector<TargetProblem> problems_;
  std::uint64_t unreported_ = 0;
};

/// How many targets `source` still has for which `wanted` holds; for "time left" where a file can be read twice.
std::uint64_t count_targets(TargetSource source, const std::function<bool(const Target&)>& wanted);

}  // namespace tlsward::probe
