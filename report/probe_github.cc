// Workflow commands of GitHub Actions: each finding and each host that is not known is an annotation. GitHub shows ten
// of a kind in its summary; all of them stand in the log.
#include <fmt/format.h>

#include "core/print.h"
#include "core/width.h"
#include "probe/observed_context.h"
#include "report/probe_formats_list.h"
#include "report/probe_words.h"
#include "report/workflow_command.h"

namespace tlsward::report {
namespace {

void write_command(std::string_view name, std::string_view title, std::string_view message, std::FILE* out) {
  print_to(out, "::{} title={}::{}\n", name, workflow_property(printable(title)), workflow_message(message));
}

void nothing(const ProbeReport& /*report*/, std::FILE* /*out*/) {}

// One annotation for all that is not known of a host: GitHub's ten are soon used up.
std::string unknown_lines(const probe::HostResult& result, const std::string& endpoint) {
  std::string lines;
  for (const std::string& gap : gaps(result)) lines += "\n" + printable(gap);
  return lines.empty() ? lines : printable(endpoint) + ": not complete" + lines;
}

void host(const ProbeReport& /*report*/, const probe::HostResult& result, std::FILE* out) {
  const std::string endpoint = probe::endpoint_text(result);
  const std::string trouble = trouble_words(result);
  if (!trouble.empty())
    write_command("error", fmt::format("{}: {}", endpoint, result.speaks_tls() ? "not complete" : "not scanned"),
                  printable(fmt::format("{}: {}", endpoint, trouble)), out);
  for (const Finding& finding : result.findings) {
    std::string message = printable(fmt::format("{}: {}", endpoint, finding.message));
    for (const std::string& note : finding.notes) message += "\nnote: " + printable(note);
    write_command(workflow_command(finding.severity), fmt::format("{}: {}", endpoint, finding.rule), message, out);
  }
  const std::string unknown = unknown_lines(result, endpoint);
  if (!unknown.empty()) write_command("warning", fmt::format("{}: not complete", endpoint), unknown, out);
}

void end(const ProbeReport& report, std::FILE* out) {
  for (const ProbeFailure& failure : report.tally.failures)
    if (failure.kind == kBadTarget)
      write_command("error", failure.target, printable(fmt::format("{}: {}", failure.target, failure.message)), out);
}

}  // namespace

const ProbeFormat kProbeGithub{"github", true, true, nothing, host, end};

}  // namespace tlsward::report
