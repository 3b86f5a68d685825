// Text for people: every finding with its line, a caret, where the claim comes from and what mends it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/print.h"
#include "core/width.h"
#include "report/cite.h"
#include "report/counted.h"
#include "report/counted_findings.h"
#include "report/error_text.h"
#include "report/format.h"
#include "report/paint.h"
#include "report/snippet.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

std::string link(const Report& report, const lint::Rule* rule, std::string_view text) {
  if (!report.links || rule == nullptr) return std::string(text);
  return hyperlink(help_url(*rule), text);
}

// "api.example:443, certificate chain (RSA) (probed 2026-11-22, 214 ms)".
std::string words(const Endpoint& endpoint) {
  const std::string_view day = std::string_view(endpoint.probed).substr(0, endpoint.probed.find('T'));
  std::string text = endpoint.endpoint;
  if (!endpoint.part.empty()) text += fmt::format(", {}", endpoint.part);
  text += fmt::format(" (probed {}", day);
  if (endpoint.milliseconds != 0) text += fmt::format(", {} ms", endpoint.milliseconds);
  return text + ")";
}

void write_place(const Report& report, const Finding& finding, const Paint& paint, std::FILE* out) {
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) {
    print_to(out, "  {} {}\n", paint(kBlue, "-->"), printable(words(*endpoint)));
    return;
  }
  const Span where = span_of(finding);
  const Position start = report.run.sources.position(where.file, where.begin);
  const Snippet shown = snippet(report.run.sources, where, finding.label);
  print_to(out, "{:{}}{} {}:{}:{}\n", "", shown.gutter + 1, paint(kBlue, "-->"),
           printable(report.run.sources.path(where.file)), start.line, start.column);
  const std::string bar = paint(kBlue, "|");
  print_to(out, " {:{}} {}\n", "", shown.gutter, bar);
  for (const auto& row : shown.rows) {
    const std::string number = row.number == 0 ? std::string() : std::to_string(row.number);
    const std::string text = row.number == 0 ? paint(severity_color(finding.severity), row.text) : row.text;
    print_to(out, " {} {}{}{}\n", paint(kBlue, fmt::format("{:>{}}", number, shown.gutter)), bar,
             row.text.empty() ? "" : " ", text);
  }
  print_to(out, " {:{}} {}\n", "", shown.gutter, bar);
}

void write_remark(std::string_view kind, std::string_view text, const Paint& paint, std::FILE* out) {
  print_to(out, "   {} {}: {}\n", paint(kBlue, "="), paint(kBold, kind), printable(text));
}

/// The gateway of each input, by its path.
using Gateways = std::map<std::string_view, std::string_view>;

std::string_view gateway_of(const Report& report, const Finding& finding, const Gateways& gateways) {
  const auto found = gateways.find(report.run.sources.path(span_of(finding).file));
  return found == gateways.end() ? std::string_view() : found->second;
}

/// Where nothing can be a link, the address stands there in full.
std::string words(const lint::Cite& cite, bool links) {
  std::string text(cite.title);
  if (!cite.section.empty()) text += fmt::format(", {}", cite.section);
  return links || cite.url.empty() ? text : fmt::format("{}, {}", text, cite.url);
}

/// With the page of the rule, unless that is one of its cites.
std::string help(const Report& report, const lint::Rule* rule, std::string_view id) {
  std::string text = fmt::format("tlsward explain {}", id);
  if (report.links || rule == nullptr) return text;
  const std::string url = help_url(*rule);
  const auto is_page = [&](const lint::Cite& cite) { return cite.url == url; };
  if (url.empty() || std::any_of(rule->cites.begin(), rule->cites.end(), is_page)) return text;
  return fmt::format("{}, {}", text, url);
}

void write_finding(const Report& report, const Finding& finding, const Gateways& gateways, const Paint& paint,
                   std::FILE* out) {
  const lint::Rule* rule = report.rule(finding.rule);
  const std::string head = paint(severity_color(finding.severity),
                                 fmt::format("{}[{}]", name(finding.severity), link(report, rule, finding.rule)));
  print_to(out, "{}: {}\n", head, paint(kBold, printable(finding.message)));
  write_place(report, finding, paint, out);
  for (const Label& label : finding.related) {
    const Position at = report.run.sources.position(label.where.file, label.where.begin);
    write_remark("see",
                 fmt::format("{}:{}:{}: {}", report.run.sources.path(label.where.file), at.line, at.column, label.text),
                 paint, out);
  }
  for (const std::string& note : finding.notes) write_remark("note", note, paint, out);
  if (finding.confidence != Confidence::High)
    write_remark("confidence", fmt::format("{}", name(finding.confidence)), paint, out);
  if (const auto* cite = rule ? nearest_cite(*rule, gateway_of(report, finding, gateways)) : nullptr)
    write_remark("cites", words(*cite, report.links), paint, out);
  if (finding.fix) write_remark(finding.fix->safe ? "fix (safe)" : "fix (unsafe)", finding.fix->title, paint, out);
  write_remark("help", help(report, rule, finding.rule), paint, out);
  print_to(out, "\n");
}

// "krakend.json:4:20", "api.example:443".
std::string short_place(const Report& report, const Finding& finding) {
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) return endpoint->endpoint;
  const Span where = span_of(finding);
  const Position at = report.run.sources.position(where.file, where.begin);
  return fmt::format("{}:{}:{}", report.run.sources.path(where.file), at.line, at.column);
}

// "2 of 14 files": those with findings of all; "14 files" where none has any.
std::string share(std::size_t with_findings, std::size_t all, std::string_view what) {
  return with_findings == 0 ? counted(all, what) : fmt::format("{} of {}", with_findings, counted(all, what));
}

// "2 of 14 files", "1 of 3 endpoints", or both.
std::string judged(const lint::Run& run) {
  std::set<FileId> files;
  std::set<std::string_view> endpoints;
  for (const Finding& finding : run.findings) {
    if (!counts(finding)) continue;
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    if (endpoint) endpoints.insert(endpoint->endpoint);
    if (!endpoint) files.insert(span_of(finding).file);
  }
  // The project's own .tlsward.yaml, which suppress/… may be about, is none of the files that were judged.
  const std::size_t all_files = std::max(run.files, files.size());
  std::string text;
  if (run.files != 0 || run.endpoints == 0) text = share(files.size(), all_files, "file");
  if (run.endpoints != 0) text += (text.empty() ? "" : " and ") + share(endpoints.size(), run.endpoints, "endpoint");
  return text;
}

}  // namespace

void write_full(const Report& report, std::FILE* out) {
  const Paint paint{report.color};
  Gateways gateways;
  for (const lint::InputFacts& input : report.run.inputs) gateways.emplace(input.path, input.gateway);
  for (const Finding& finding : report.run.findings) {
    if (counts(finding)) write_finding(report, finding, gateways, paint, out);
  }
  for (const lint::RunError& error : report.run.errors) {
    // A syntax error is also a finding, with its line; say here only what no finding says.
    if (error.where.known()) continue;
    print_to(out, "{}: {}\n\n", paint("1;31", "error"), printable(error_text(error)));
  }
  print_to(out, "{}\n", summary(report.run));
}

void write_concise(const Report& report, std::FILE* out) {
  for (const Finding& finding : report.run.findings) {
    if (!counts(finding)) continue;
    print_to(out, "{}: {}[{}]: {}\n", printable(short_place(report, finding)), name(finding.severity), finding.rule,
             printable(finding.message));
  }
  for (const lint::RunError& error : report.run.errors)
    if (!error.where.known()) print_to(out, "{}\n", printable(error_line(error)));
  print_to(out, "{}\n", summary(report.run));
}

std::string summary(const lint::Run& run) {
  const FindingCounts counts = count_findings(run);
  std::string text;
  const auto add = [&](std::size_t number, std::string_view what) {
    if (number != 0) text += (text.empty() ? "" : ", ") + counted(number, what);
  };
  add(counts.of(Severity::Error), "error");
  add(counts.of(Severity::Warning), "warning");
  const std::size_t infos = counts.of(Severity::Info);
  if (infos != 0) text += fmt::format("{}{} info", text.empty() ? "" : ", ", infos);
  if (text.empty()) text = "no findings";
  text += fmt::format(" in {}", judged(run));
  std::string left_out;
  if (counts.ignored != 0) left_out = fmt::format("{} ignored", counts.ignored);
  if (counts.baseline != 0) left_out += fmt::format("{}{} in baseline", left_out.empty() ? "" : ", ", counts.baseline);
  if (!left_out.empty()) text += "; " + left_out;
  if (counts.fixable != 0) text += fmt::format("; {} fixable ({} safe)", counts.fixable, counts.safely_fixable);
  std::set<std::string_view> unread;
  for (const lint::RunError& error : run.errors)
    if (!error.path.empty()) unread.insert(error.path);
  if (!unread.empty()) text += fmt::format("; {} not read in full", counted(unread.size(), "input"));
  return text;
}

std::string statistics(const lint::Run& run) {
  std::map<std::string_view, std::size_t> by_rule;
  for (const Finding& finding : run.findings) {
    if (counts(finding)) ++by_rule[finding.rule];
  }
  std::vector<std::pair<std::string_view, std::size_t>> rows(by_rule.begin(), by_rule.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [rule, number] : rows) text += fmt::format("{:>6}  {}\n", number, rule);
  return text;
}

}  // namespace tlsward::report
