#include "report/finding_groups.h"

namespace tlsward::report {

std::map<std::string, FindingGroup> group_findings(const lint::Run& run) {
  std::map<std::string, FindingGroup> groups;
  for (const lint::InputFacts& input : run.inputs) groups[input.path];
  for (const Finding& finding : run.findings) {
    if (!counts(finding)) continue;
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    const std::string name = endpoint ? endpoint->endpoint : run.sources.path(span_of(finding).file);
    groups[name].findings.push_back(&finding);
  }
  for (const lint::RunError& error : run.errors) {
    if (!error.where.known()) groups[error.path].errors.push_back(&error);
  }
  return groups;
}

}  // namespace tlsward::report
