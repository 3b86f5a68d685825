// tlsward-findings/1: the JSON shape that programs read. Fields may be added, never changed.
#include <nlohmann/json.hpp>

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

std::size_t count(const Report& report, Severity severity) {
  std::size_t number = 0;
  for (const Finding& finding : report.run.findings) number += finding.severity == severity ? 1 : 0;
  return number;
}

}  // namespace

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
  document["summary"] = {{"error", count(report, Severity::Error)},
                         {"warning", count(report, Severity::Warning)},
                         {"info", count(report, Severity::Info)},
                         {"ignored", 0},
                         {"baseline", 0},
                         {"files", report.run.files}};
  if (report.run.endpoints != 0) document["summary"]["endpoints"] = report.run.endpoints;
  write_json_document(document, out);
}

}  // namespace tlsward::report
