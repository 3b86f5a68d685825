// Checkstyle XML: the files with their findings.
#include <fmt/format.h>

#include "core/print.h"
#include "report/finding_groups.h"
#include "report/format.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

void write_finding(const Report& report, const Finding& finding, std::FILE* out) {
  std::string place;
  if (const Span where = span_of(finding); where.known()) {
    const Position at = report.run.sources.position(where.file, where.begin);
    place = fmt::format("line=\"{}\" column=\"{}\" ", at.line, at.column);
  }
  print_to(out, "    <error {}severity=\"{}\" message=\"{}\" source=\"tlsward.{}\" />\n", place, name(finding.severity),
           xml_text(finding.message), finding.rule);
}

}  // namespace

void write_checkstyle(const Report& report, std::FILE* out) {
  print_to(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
  for (const auto& [name, group] : group_findings(report.run)) {
    print_to(out, "  <file name=\"{}\">\n", xml_text(name.empty() ? "." : name));
    for (const Finding* finding : group.findings) write_finding(report, *finding, out);
    for (const lint::RunError* error : group.errors)
      print_to(out, "    <error severity=\"error\" message=\"{}\" source=\"tlsward.not-read\" />\n",
               xml_text(error->message));
    print_to(out, "  </file>\n");
  }
  print_to(out, "</checkstyle>\n");
}

}  // namespace tlsward::report
