// `json`: one document, written as the results come. `ndjson`: one result a line and nothing else, for runs that are
// merged, compared or taken up again.
#include <nlohmann/json.hpp>

#include "core/print.h"
#include "report/json_parts.h"
#include "report/probe_formats_list.h"
#include "report/probe_json.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

void nothing(const ProbeReport& /*report*/, std::FILE* /*out*/) {}

void begin_document(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "{{\n  \"schema\": \"tlsward-probe/1\"");
  write_json_member("tool", json_tool(), 1, out);
  print_to(out, ",\n  \"results\": [");
}

void host_element(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  write_json_element(probe_result_json(result, report.rules), 2, report.tally.endpoints == 1, out);
}

Json errors(const ProbeTally& tally) {
  Json list = Json::array();
  for (const ProbeFailure& failure : tally.failures)
    list.push_back({{"target", failure.target},
                    {"address", failure.address},
                    {"kind", failure.kind},
                    {"message", failure.message}});
  return list;
}

void end_document(const ProbeReport& report, std::FILE* out) {
  const ProbeTally& tally = report.tally;
  print_to(out, "{}]", tally.endpoints == 0 ? "" : "\n  ");
  write_json_member("errors", errors(tally), 1, out);
  write_json_member("summary",
                    {{"endpoints", tally.endpoints},
                     {"not_complete", tally.not_complete},
                     {"not_scanned", tally.not_scanned},
                     {"error", tally.error},
                     {"warning", tally.warning},
                     {"info", tally.info}},
                    1, out);
  print_to(out, "\n}}\n");
}

void host_line(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  write_json_line(probe_result_json(result, report.rules), out);
}

}  // namespace

std::string probe_result_line(const probe::HostResult& result, std::span<const lint::Rule* const> rules) {
  return json_line(probe_result_json(result, rules));
}

const ProbeFormat kProbeJson{"json", true, false, begin_document, host_element, end_document};
const ProbeFormat kProbeNdjson{"ndjson", true, true, nothing, host_line, nothing};

}  // namespace tlsward::report
