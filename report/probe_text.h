// The parts of probe's text output.
#pragma once

#include <cstdio>

#include "report/paint.h"
#include "report/probe_format.h"

namespace tlsward::report {

/// sslscan's sections, from the protocols to the names of client CAs.
void write_sslscan_sections(const probe::HostResult& result, const Paint& paint, std::FILE* out);
/// What sslscan has no section for: verdicts with their evidence, chains, ALPN, primes, notes, findings.
void write_more_sections(const ProbeReport& report, const probe::HostResult& result, std::FILE* out);
/// A line that says that a list is not complete; nothing for an empty one.
void write_gap(const Paint& paint, const std::string& words, std::FILE* out);

}  // namespace tlsward::report
