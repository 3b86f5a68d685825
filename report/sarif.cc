// SARIF 2.1.0 (OASIS standard, 27 March 2020) as GitHub code scanning takes it: always `results`, columns in code
// points, parse errors as notifications of the invocation.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "report/error_text.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/repository_path.h"
#include "report/sarif_parts.h"
#include "report/secret.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

Json region(const SourceMap& sources, Span where) {
  const Position start = sources.position(where.file, where.begin);
  const Position end = sources.position(where.file, where.end);
  return {{"startLine", start.line}, {"startColumn", start.column}, {"endLine", end.line},
          {"endColumn", end.column}, {"byteOffset", where.begin},   {"byteLength", where.end - where.begin}};
}

std::string uri(const Report& report, FileId file) {
  return sarif_uri(repository_path(report, report.run.sources.path(file)));
}

Json location(const Report& report, Span where) {
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri(report, where.file)}}}, {"region", region(report.run.sources, where)}}}};
}

Json fix(const Report& report, const Fix& fix) {
  std::map<FileId, Json> by_file;
  for (const Edit& edit : fix.edits)
    by_file[edit.where.file].push_back(
        {{"deletedRegion", region(report.run.sources, edit.where)}, {"insertedContent", {{"text", edit.text}}}});
  Json changes = Json::array();
  for (auto& [file, replacements] : by_file)
    changes.push_back({{"artifactLocation", {{"uri", uri(report, file)}}}, {"replacements", std::move(replacements)}});
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

Json result_object(const Report& report, std::size_t index, const std::map<std::string_view, std::size_t>& rule_index) {
  const Finding& finding = report.run.findings[index];
  Json result = {{"ruleId", finding.rule}};
  if (const auto found = rule_index.find(finding.rule); found != rule_index.end()) result["ruleIndex"] = found->second;
  result["level"] = sarif_level(finding.severity);
  result["message"] = {{"text", sarif_message(finding)}};
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place))
    result["locations"] = Json::array({sarif_place(*endpoint)});
  if (span_of(finding).known()) result["locations"] = Json::array({location(report, span_of(finding))});
  if (!finding.related.empty()) {
    Json related = Json::array();
    for (const Label& label : finding.related) {
      Json place = location(report, label.where);
      place["message"] = {{"text", label.text}};
      related.push_back(std::move(place));
    }
    result["relatedLocations"] = std::move(related);
  }
  if (finding.suppressed)
    result["suppressions"] = Json::array({{{"kind", finding.suppressed->in_source ? "inSource" : "external"},
                                           {"justification", finding.suppressed->reason}}});
  if (finding.baseline || report.has_baseline) result["baselineState"] = finding.baseline ? "unchanged" : "new";
  result["partialFingerprints"] = {{"tlsward/v2", report.fingerprints[index]}};
  if (finding.fix && !writes_secret(*finding.fix)) result["fixes"] = Json::array({fix(report, *finding.fix)});
  result["properties"] = {{"confidence", name(finding.confidence)}, {"subject", finding.subject}};
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) {
    result["properties"]["address"] = endpoint->address;
    result["properties"]["probed"] = endpoint->probed;
  }
  return result;
}

Json invocation(const Report& report) {
  Json notifications = Json::array();
  for (const lint::RunError& error : report.run.errors) {
    Json notification = {{"level", "error"}, {"message", {{"text", error_text(error)}}}};
    if (error.where.known()) notification["locations"] = Json::array({location(report, error.where)});
    notifications.push_back(std::move(notification));
  }
  return {{"executionSuccessful", report.run.errors.empty()}, {"toolExecutionNotifications", std::move(notifications)}};
}

}  // namespace

void write_sarif(const Report& report, std::FILE* out) {
  Json rules = Json::array();
  std::map<std::string_view, std::size_t> rule_index;
  for (const Finding& finding : report.run.findings) {
    const lint::Rule* rule = report.rule(finding.rule);
    if (rule == nullptr || rule_index.contains(finding.rule)) continue;
    rule_index.emplace(finding.rule, rules.size());
    rules.push_back(sarif_rule(*rule));
  }
  Json results = Json::array();
  for (std::size_t i = 0; i < report.run.findings.size(); ++i) results.push_back(result_object(report, i, rule_index));

  const Json document = {{"$schema", kSarifSchema},
                         {"version", "2.1.0"},
                         {"runs", Json::array({{{"tool", sarif_tool(std::move(rules))},
                                                {"columnKind", "unicodeCodePoints"},
                                                {"invocations", Json::array({invocation(report)})},
                                                {"results", std::move(results)}}})}};
  write_json_document(document, out);
}

}  // namespace tlsward::report
