// How far a run over many hosts is: one line for stderr, as text. Nothing is printed here, and the caller tells the
// time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "net/deadline.h"

namespace tlsward::probe {

struct Progress {
  std::uint64_t done = 0;              // hosts of this run that have a result
  std::uint64_t failed = 0;            // of them, those that could not be scanned
  std::optional<std::uint64_t> total;  // where it is known
};

/// "1,200 of 10,000 hosts, 14 failed, 61.5 hosts/s, 2:23 left" after `elapsed`; without total and time left where the
/// total is not known, without rate where nothing is done yet.
std::string progress_text(const Progress& progress, net::Clock::duration elapsed);

/// Decides when there is something to print.
class ProgressLine {
 public:
  /// On a terminal one line is written over, at most 10 times a second; elsewhere (a log of a cluster's job) a line is
  /// added every 30 s.
  ProgressLine(bool terminal, net::Clock::time_point start);
  /// The bytes to print now; nullopt where it is too early.
  std::optional<std::string> update(const Progress& progress, net::Clock::time_point now);
  /// The bytes that make room for other output or for the end: they clear the line on a terminal where there is one.
  std::string clear();

 private:
  bool terminal_;
  bool shown_ = false;
  net::Clock::time_point start_, last_;
};

}  // namespace tlsward::probe
