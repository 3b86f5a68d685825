// JUnit XML as CI servers read it: a suite for each input, a case for each finding. Warnings and errors are failures,
// an info passes with its text, an input without findings has one case that passes. What could not be read is an error.
#include <fmt/format.h>

#include "core/print.h"
#include "report/finding_groups.h"
#include "report/format.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

std::string place_of(const Report& report, const Finding& finding) {
  const Span where = span_of(finding);
  if (!where.known()) return {};
  const Position at = report.run.sources.position(where.file, where.begin);
  return fmt::format("{}:{}: ", at.line, at.column);
}

void write_finding(const Report& report, const std::string& suite, const Finding& finding, std::FILE* out) {
  const std::string place = place_of(report, finding);
  std::string details =
      xml_text(report.run.sources.path(span_of(finding).file) + (place.empty() ? "" : ":") + place + finding.message);
  for (const std::string& note : finding.notes) details += "\nnote: " + xml_text(note);
  print_to(out, "    <testcase classname=\"{}\" name=\"{}\">\n", xml_text(suite),
           xml_text(fmt::format("{}{}", place, finding.rule)));
  if (finding.severity == Severity::Info)
    print_to(out, "      <system-out>{}</system-out>\n", details);
  else
    print_to(out, "      <failure type=\"{}\" message=\"{}\">{}</failure>\n", name(finding.severity),
             xml_text(finding.message), details);
  print_to(out, "    </testcase>\n");
}

void write_error(const std::string& suite, const lint::RunError& error, std::FILE* out) {
  print_to(out,
           "    <testcase classname=\"{}\" name=\"read\">\n      <error type=\"not-read\" message=\"{}\" />\n    "
           "</testcase>\n",
           xml_text(suite), xml_text(error.message));
}

void write_suite(const Report& report, const std::string& suite, const FindingGroup& group, std::FILE* out) {
  std::size_t failures = 0;
  for (const Finding* finding : group.findings) failures += finding->severity == Severity::Info ? 0 : 1;
  const bool clean = group.findings.empty() && group.errors.empty();
  const std::size_t tests = clean ? 1 : group.findings.size() + group.errors.size();
  print_to(out, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n", xml_text(suite),
           tests, failures, group.errors.size());
  if (clean) print_to(out, "    <testcase classname=\"{}\" name=\"no findings\" />\n", xml_text(suite));
  for (const lint::RunError* error : group.errors) write_error(suite, *error, out);
  for (const Finding* finding : group.findings) write_finding(report, suite, *finding, out);
  print_to(out, "  </testsuite>\n");
}

}  // namespace

void write_junit(const Report& report, std::FILE* out) {
  print_to(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tlsward lint\">\n");
  for (const auto& [name, group] : group_findings(report.run))
    write_suite(report, name.empty() ? std::string("inputs") : name, group, out);
  print_to(out, "</testsuites>\n");
}

}  // namespace tlsward::report
