// Annotations of GitHub Actions, and the table for the summary page of a job.
#include <fmt/format.h>

#include "core/print.h"
#include "report/error_text.h"
#include "report/format.h"
#include "report/width.h"
#include "report/workflow_command.h"

namespace tlsward::report {
namespace {

/// ",file=deploy/krakend.json,line=4,col=20,endLine=4,endColumn=27"; empty for an endpoint. Both ends are included.
std::string place_properties(const Report& report, Span where) {
  if (!where.known()) return {};
  const SourceMap& sources = report.run.sources;
  const Position start = sources.position(where.file, where.begin);
  const Position end = sources.position(where.file, where.end > where.begin ? where.end - 1 : where.end);
  return fmt::format("file={},line={},col={},endLine={},endColumn={},", workflow_property(sources.path(where.file)),
                     start.line, start.column, end.line, end.column);
}

std::string message_of(const Finding& finding) {
  std::string text = printable(finding.message);
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) text = endpoint->endpoint + ": " + text;
  for (const std::string& note : finding.notes) text += "\nnote: " + printable(note);
  if (finding.fix)
    text += fmt::format("\nfix ({}): {}", finding.fix->safe ? "safe" : "unsafe", printable(finding.fix->title));
  return text;
}

/// A cell of a Markdown table: no line break, no bar that would end it, no markup.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '|' || c == '<' || c == '`' || c == '*' || c == '_' || c == '[') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

std::string place_text(const Report& report, const Finding& finding) {
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) return endpoint->endpoint;
  const Span where = span_of(finding);
  const Position at = report.run.sources.position(where.file, where.begin);
  return fmt::format("{}:{}", report.run.sources.path(where.file), at.line);
}

}  // namespace

void write_github(const Report& report, std::FILE* out) {
  for (const Finding& finding : report.run.findings) {
    if (!counts(finding)) continue;
    print_to(out, "::{} {}title={}::{}\n", workflow_command(finding.severity),
             place_properties(report, span_of(finding)), workflow_property(finding.rule),
             workflow_message(message_of(finding)));
  }
  for (const lint::RunError& error : report.run.errors) {
    // A syntax error is a finding too.
    if (error.where.known()) continue;
    print_to(out, "::error title=not read::{}\n", workflow_message(printable(error_text(error))));
  }
}

std::string github_summary(const Report& report) {
  std::string text = fmt::format("### tlsward lint\n\n{}\n", cell(summary(report.run)));
  std::string rows;
  for (const Finding& finding : report.run.findings) {
    if (!counts(finding)) continue;
    rows += fmt::format("| {} | {} | {} | {} |\n", name(finding.severity), cell(finding.rule),
                        cell(place_text(report, finding)), cell(finding.message));
  }
  if (!rows.empty()) text += "\n| Severity | Rule | Place | Finding |\n|---|---|---|---|\n" + rows;
  for (const lint::RunError& error : report.run.errors)
    text += fmt::format("\nNot read: {}\n", cell(error_text(error)));
  return text + "\n";
}

}  // namespace tlsward::report
