// The output formats of probe: one file each, listed in probe_formats.cc.
//
// A run may be 10,000 hosts, so that no format holds results back: `begin`, then `host` for each as it ends, then
// `end`. What a format must know of earlier hosts stands in the tally.
#pragma once

#include <cstdio>
#include <span>
#include <string_view>

#include "lint/rule.h"
#include "probe/result.h"
#include "report/probe_tally.h"

namespace tlsward::report {

/// What every part of the output may use. The caller owns what it points to, and adds each result to `tally` before it
/// is printed.
struct ProbeReport {
  std::span<const lint::Rule* const> rules;  // in the order of their ids
  bool color = false;
  /// Terminal hyperlinks (OSC 8) may be written.
  bool links = false;
  ProbeTally tally;
};

struct ProbeFormat {
  std::string_view name;
  /// Text for people ends with the summary line; machine formats have nothing but their document.
  bool machine;
  /// What `host` prints is of use before `end`: flush it. Else the document is whole at its end only.
  bool streaming;
  void (*begin)(const ProbeReport&, std::FILE*);
  void (*host)(const ProbeReport&, const probe::HostResult&, std::FILE*);
  void (*end)(const ProbeReport&, std::FILE*);
};

/// The first is the default.
std::span<const ProbeFormat* const> probe_formats();
/// By name, or nullptr.
const ProbeFormat* find_probe_format(std::string_view name);

}  // namespace tlsward::report
