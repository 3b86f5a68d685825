// What a run of the probe came to: counts for the summary, and what could not be scanned.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "probe/result.h"

namespace tlsward::report {

/// Kind of a failure that is no host: a line of a target file.
inline constexpr std::string_view kBadTarget = "target";

/// A target that could not be scanned or was scanned in part, or a line of a target file that is none.
struct ProbeFailure {
  std::string target;   // as given; "hosts.txt:17" for a line of a file
  std::string address;  // empty where there is none
  std::string kind;     // probe::name(Trouble::Kind) or kBadTarget
  std::string message;
};

/// Grows with every result. Memory grows with failures only.
struct ProbeTally {
  std::size_t endpoints = 0;
  std::size_t not_scanned = 0;   // nothing of TLS was seen
  std::size_t not_complete = 0;  // something is unknown
  std::size_t error = 0, warning = 0, info = 0;
  std::size_t connections = 0;
  /// Start of the first scan and end of the last; equal where there was none.
  std::chrono::sys_time<std::chrono::milliseconds> first_start{}, last_end{};
  std::vector<ProbeFailure> failures;
  /// Ids of the rules that found something, by first finding.
  std::vector<std::string_view> rules;

  void add(const probe::HostResult& result);
  /// A line of a target file that could not be used. `where`: "hosts.txt:17".
  void add_bad_target(std::string where, std::string message);
  /// Place of the rule in `rules`. The rule must be in it.
  std::size_t rule_index(std::string_view rule) const;
};

/// "3 endpoints: 1 error, 2 warnings, 1 not complete"; "1 endpoint: no findings".
std::string summary(const ProbeTally& tally);

}  // namespace tlsward::report
