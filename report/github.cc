// Annotations of GitHub Actions, and the table for the summary page of a job.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/print.h"
#include "core/width.h"
#include "report/counted.h"
#include "report/error_text.h"
#include "report/format.h"
#include "report/repository_path.h"
#include "report/workflow_command.h"

namespace tlsward::report {
namespace {

/// ",file=deploy/krakend.json,line=4,col=20,endLine=4,endColumn=27"; empty for an endpoint. Both ends are included.
std::string place_properties(const Report& report, Span where) {
  if (!where.known()) return {};
  const SourceMap& sources = report.run.sources;
  const Position start = sources.position(where.file, where.begin);
  const Position end = sources.position(where.file, where.end > where.begin ? where.end - 1 : where.end);
  return fmt::format("file={},line={},col={},endLine={},endColumn={},",
                     workflow_property(repository_path(report, sources.path(where.file))), start.line, start.column,
                     end.line, end.column);
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

/// For the table's head and the lines that count what was left out.
constexpr std::size_t kRoomForCounts = 512;

/// Appends whole pieces as long as `text` stays within `limit` bytes, then how many more there are of `what`.
void append_within(std::string& text, const std::vector<std::string>& pieces, std::size_t limit,
                   std::string_view what) {
  std::size_t count = 0;
  for (; count < pieces.size() && text.size() + pieces[count].size() <= limit; ++count) text += pieces[count];
  if (count < pieces.size())
    text += fmt::format("\nAnd {} more, too much for this page.\n", counted(pieces.size() - count, what));
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

std::string github_summary(const Report& report, std::size_t most) {
  std::string text = fmt::format("### tlsward lint\n\n{}\n", cell(summary(report.run)));
  std::vector<std::string> rows;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    for (const Finding& finding : report.run.findings) {
      if (!counts(finding) || finding.severity != severity) continue;
      rows.push_back(fmt::format("| {} | {} | {} | {} |\n", name(finding.severity), cell(finding.rule),
                                 cell(place_text(report, finding)), cell(finding.message)));
    }
  }
  std::vector<std::string> errors;
  for (const lint::RunError& error : report.run.errors)
    errors.push_back(fmt::format("\nNot read: {}\n", cell(error_text(error))));
  const std::size_t limit = most - std::min(most, kRoomForCounts);
  append_within(text, errors, limit, "unread input");
  if (!rows.empty()) text += "\n| Severity | Rule | Place | Finding |\n|---|---|---|---|\n";
  append_within(text, rows, limit, "finding");
  return text + "\n";
}

}  // namespace tlsward::report
