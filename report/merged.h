// The output of `tlsward merge`.
#pragma once

#include <cstdio>
#include <span>
#include <string_view>

#include "lint/rule.h"
#include "report/probe_format.h"
#include "report/probe_result_read.h"

namespace tlsward::report {

/// Writes results that were read before, each as the JSON text on one line that it was. In JSON and NDJSON the texts
/// stay as they are, with fields that this version does not know; other formats show what they would show after a scan.
/// `rules` must outlive the report: its tally names rules.
void write_merged(const ProbeFormat& format, std::span<const std::string_view> texts, ProbeReport& report,
                  RuleIds& rules, std::FILE* out);

}  // namespace tlsward::report
