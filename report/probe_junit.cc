// JUnit XML as CI servers read it: a suite for each host, a case for reaching it, one for a complete answer and one for
// each finding. Warnings and errors are failures; an info passes, with its text. A host that could not be scanned is an
// error, so that it is never taken for a good one.
#include <fmt/format.h>

#include "core/print.h"
#include "probe/observed_context.h"
#include "report/format.h"
#include "report/probe_formats_list.h"
#include "report/probe_words.h"
#include "report/time_text.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

struct Counts {
  std::size_t failures = 0, errors = 0;
};

Counts counts(const probe::HostResult& result, bool reached) {
  Counts counts;
  for (const Finding& finding : result.findings) counts.failures += finding.severity == Severity::Info ? 0 : 1;
  if (!reached) ++counts.errors;
  if (reached && !result.is_complete()) ++counts.errors;
  return counts;
}

void write_case(std::string_view suite, std::string_view name, std::string_view content, std::FILE* out) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", suite, name);
  if (content.empty()) {
    print_to(out, "{} />\n", head);
    return;
  }
  print_to(out, "{}>\n      {}\n    </testcase>\n", head, content);
}

void write_completeness(std::string_view suite, const probe::HostResult& result, std::FILE* out) {
  if (result.is_complete()) return write_case(suite, "complete", {}, out);
  std::string lines = trouble_words(result);
  for (const std::string& gap : gaps(result)) lines += (lines.empty() ? "" : "; ") + gap;
  if (lines.empty()) lines = "not every answer is known";
  write_case(suite, "complete", fmt::format("<error type=\"not-complete\" message=\"{}\" />", xml_text(lines)), out);
}

// An attribute cannot hold line breaks, content can.
std::string details(const Finding& finding) {
  std::string text = xml_text(finding.message);
  for (const std::string& note : finding.notes) text += "\nnote: " + xml_text(note);
  return text;
}

void write_finding(std::string_view suite, const Finding& finding, std::FILE* out) {
  const std::string name = xml_text(fmt::format("{}: {}", finding.rule, finding.message));
  if (finding.severity == Severity::Info)
    return write_case(suite, name, fmt::format("<system-out>{}</system-out>", details(finding)), out);
  write_case(suite, name,
             fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>", tlsward::name(finding.severity),
                         xml_text(finding.message), details(finding)),
             out);
}

// The schema of Jenkins has no place for a time zone; it is UTC.
std::string timestamp(const probe::HostResult& result) {
  std::string text = rfc3339(std::chrono::floor<std::chrono::seconds>(result.started));
  text.pop_back();
  return text;
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tlsward probe\">\n");
}

void host(const ProbeReport& /*report*/, const probe::HostResult& result, std::FILE* out) {
  const std::string trouble = trouble_words(result);
  const bool reached = trouble.empty() || result.speaks_tls();
  const Counts count = counts(result, reached);
  const std::string address =
      result.address.empty() || result.address == result.host ? std::string() : fmt::format(" ({})", result.address);
  const std::string suite = xml_text(probe::endpoint_text(result) + address);
  print_to(out,
           "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\" time=\"{:.3f}\" "
           "timestamp=\"{}\">\n",
           suite, result.findings.size() + (reached ? 2 : 1), count.failures, count.errors,
           static_cast<double>(result.milliseconds) / 1000, timestamp(result));
  if (reached) {
    write_case(suite, "reached", {}, out);
    write_completeness(suite, result, out);
  } else {
    write_case(suite, "reached",
               fmt::format("<error type=\"{}\" message=\"{}\" />", probe::name(result.trouble.kind), xml_text(trouble)),
               out);
  }
  for (const Finding& finding : result.findings) write_finding(suite, finding, out);
  print_to(out, "  </testsuite>\n");
}

void end(const ProbeReport& report, std::FILE* out) {
  for (const ProbeFailure& failure : report.tally.failures) {
    if (failure.kind != kBadTarget) continue;
    const std::string suite = xml_text(failure.target);
    print_to(out, "  <testsuite name=\"{}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n", suite);
    write_case(suite, "reached",
               fmt::format("<error type=\"{}\" message=\"{}\" />", failure.kind, xml_text(failure.message)), out);
    print_to(out, "  </testsuite>\n");
  }
  print_to(out, "</testsuites>\n");
}

}  // namespace

const ProbeFormat kProbeJunit{"junit", true, false, begin, host, end};

}  // namespace tlsward::report
