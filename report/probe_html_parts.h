// The two halves of an endpoint on the HTML page, and what they share.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "probe/result.h"
#include "report/probe_format.h"
#include "report/probe_words.h"

namespace tlsward::report {

/// The cells that are seen while the endpoint is folded: endpoint, address, versions, certificate, findings, scan.
void write_html_cells(const probe::HostResult& result, std::FILE* out);
/// What it unfolds to: trouble, findings, answers with evidence, chains, suites, groups and the other lists.
void write_html_details(const ProbeReport& report, const probe::HostResult& result, std::FILE* out);
/// The chapter on the rules that found something: why, what to do, where it says so.
void write_html_rules(const ProbeReport& report, std::FILE* out);

/// Class of page.css that gives colour and symbol; empty for Plain.
std::string_view html_class(Mood mood);
std::string_view html_class(Severity severity);
/// Anchor of a rule: "rule-tls-obsolete-version".
std::string html_anchor(std::string_view rule);
/// Links to the cites of a rule, with commas between them.
std::string html_cites(const lint::Rule& rule);

}  // namespace tlsward::report
