// SARIF 2.1.0 for endpoints. Hosts that could not be scanned are notifications of the invocation. The list of results
// is written as they come, `tool` behind it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/print.h"
#include "probe/observed_context.h"
#include "report/counted.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/probe_formats_list.h"
#include "report/probe_json.h"
#include "report/sarif_parts.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

Json result_object(const ProbeReport& report, const probe::HostResult& host, const Finding& finding,
                   const std::string& fingerprint) {
  const auto* seen = std::get_if<Endpoint>(&finding.place);
  const Endpoint endpoint = seen == nullptr ? probe::observed_place(host) : *seen;
  Json result = {{"ruleId", finding.rule}};
  result["ruleIndex"] = report.tally.rule_index(finding.rule);
  result["level"] = sarif_level(finding.severity);
  result["message"] = {{"text", sarif_message(finding)}};
  result["locations"] = Json::array({sarif_place(endpoint)});
  result["partialFingerprints"] = {{"tlsward/v2", fingerprint}};
  result["properties"] = {{"confidence", name(finding.confidence)},
                          {"subject", finding.subject},
                          {"address", endpoint.address},
                          {"probed", endpoint.probed}};
  return result;
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "{{\n  \"$schema\": \"{}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {{\n", kSarifSchema);
  print_to(out, "      \"columnKind\": \"unicodeCodePoints\",\n      \"results\": [");
}

void host(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  const auto& findings = result.findings;
  const std::vector<std::string> fingerprints = probe_fingerprints(result);
  const bool first_host = report.tally.error + report.tally.warning + report.tally.info == findings.size();
  for (std::size_t i = 0; i < findings.size(); ++i)
    write_json_element(result_object(report, result, findings[i], fingerprints[i]), 4, first_host && i == 0, out);
}

Json invocation(const ProbeTally& tally) {
  Json notifications = Json::array();
  for (const ProbeFailure& failure : tally.failures)
    notifications.push_back(
        {{"level", "error"}, {"message", {{"text", fmt::format("{}: {}", failure.target, failure.message)}}}});
  if (tally.not_complete != 0)
    notifications.push_back(
        {{"level", "warning"}, {"message", {{"text", counted(tally.not_complete, "endpoint") + " not complete"}}}});
  return {{"executionSuccessful", tally.failures.empty() && tally.not_complete == 0},
          {"toolExecutionNotifications", std::move(notifications)}};
}

Json rules(const ProbeReport& report) {
  Json list = Json::array();
  for (const std::string_view id : report.tally.rules) {
    const lint::Rule* rule = find_rule(report.rules, id);
    list.push_back(rule == nullptr ? Json{{"id", id}} : sarif_rule(*rule));
  }
  return list;
}

void end(const ProbeReport& report, std::FILE* out) {
  const bool empty = report.tally.rules.empty();
  print_to(out, "{}]", empty ? "" : "\n      ");
  write_json_member("invocations", Json::array({invocation(report.tally)}), 3, out);
  write_json_member("tool", sarif_tool(rules(report)), 3, out);
  print_to(out, "\n    }}\n  ]\n}}\n");
}

}  // namespace

const ProbeFormat kProbeSarif{"sarif", true, false, begin, host, end};

}  // namespace tlsward::report
