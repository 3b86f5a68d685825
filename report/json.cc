// tlsward-findings/1: the JSON shape that programs read. Fields may be added, never changed.
#include <nlohmann/json.hpp>

#include "report/counted_findings.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

Json place(const Report& report, const Finding& finding) {
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) return json_place(*endpoint);
  return json_place(report.run.sources, span_of(finding));
}

Json error_json(const Report& report, const lint::RunError& error) {
  Json result = {{"path", error.path}, {"message", error.message}};
  if (error.where.known()) result["place"] = json_place(report.run.sources, error.where);
  return result;
}

Json input_json(const lint::InputFacts& input) {
  Json result = {{"path", input.path}};
  result["gateway"] = input.gateway.empty() ? Json(nullptr) : Json(input.gateway);
  result["version"] = input.version.empty() ? Json(nullptr) : Json(input.version);
  result["version_guessed"] = input.version_guessed;
  result["detected_by"] = input.detected_by;
  return result;
}

Json json_summary(const lint::Run& run) {
  const FindingCounts counts = count_findings(run);
  Json summary = {{"error", counts.of(Severity::Error)}, {"warning", counts.of(Severity::Warning)},
                  {"info", counts.of(Severity::Info)},   {"ignored", counts.ignored},
                  {"baseline", counts.baseline},         {"files", run.files}};
  if (run.endpoints != 0) summary["endpoints"] = run.endpoints;
  return summary;
}

}  // namespace

void write_ndjson(const Report& report, std::FILE* out) {
  constexpr std::string_view kSchema = "tlsward-findings/1";
  for (const lint::InputFacts& input : report.run.inputs)
    write_json_line({{"schema", kSchema}, {"input", input_json(input)}}, out);
  for (std::size_t i = 0; i < report.run.findings.size(); ++i) {
    const Finding& finding = report.run.findings[i];
    write_json_line({{"schema", kSchema},
                     {"finding", json_finding(report.run.sources, finding, report.rule(finding.rule),
                                              report.fingerprints[i], place(report, finding))}},
                    out);
  }
  for (const lint::RunError& error : report.run.errors)
    write_json_line({{"schema", kSchema}, {"error", error_json(report, error)}}, out);
  write_json_line({{"schema", kSchema}, {"tool", json_tool()}, {"summary", json_summary(report.run)}}, out);
}

void write_json(const Report& report, std::FILE* out) {
  Json document = {{"schema", "tlsward-findings/1"},
                   {"tool", json_tool()},
                   {"inputs", Json::array()},
                   {"findings", Json::array()},
                   {"errors", Json::array()}};
  for (const lint::InputFacts& input : report.run.inputs) document["inputs"].push_back(input_json(input));
  for (std::size_t i = 0; i < report.run.findings.size(); ++i) {
    const Finding& finding = report.run.findings[i];
    document["findings"].push_back(json_finding(report.run.sources, finding, report.rule(finding.rule),
                                                report.fingerprints[i], place(report, finding)));
  }
  for (const lint::RunError& error : report.run.errors) document["errors"].push_back(error_json(report, error));
  document["summary"] = json_summary(report.run);
  write_json_document(document, out);
}

}  // namespace tlsward::report
