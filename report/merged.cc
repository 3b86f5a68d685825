#include "report/merged.h"

#include "core/print.h"

namespace tlsward::report {

void write_merged(const ProbeFormat& format, std::span<const std::string_view> texts, ProbeReport& report,
                  RuleIds& rules, std::FILE* out) {
  const bool as_lines = format.name == "ndjson", as_document = format.name == "json";
  format.begin(report, out);
  for (const std::string_view text : texts) {
    const auto result = read_probe_result(text, rules);
    if (!result) continue;  // it was read once already
    report.tally.add(*result);
    if (as_document) print_to(out, "{}\n    {}", report.tally.endpoints == 1 ? "" : ",", text);
    if (as_lines) print_to(out, "{}\n", text);
    if (!as_document && !as_lines) format.host(report, *result, out);
  }
  format.end(report, out);
}

}  // namespace tlsward::report
