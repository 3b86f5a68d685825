#include "report/probe_tally.h"

#include <algorithm>

#include "report/counted.h"
#include "report/probe_words.h"

namespace tlsward::report {

void ProbeTally::add(const probe::HostResult& result) {
  const auto end = result.started + std::chrono::milliseconds(result.milliseconds);
  first_start = endpoints == 0 ? result.started : std::min(first_start, result.started);
  last_end = endpoints == 0 ? end : std::max(last_end, end);
  connections += static_cast<std::size_t>(result.connections);
  ++endpoints;
  const bool trouble = result.trouble.kind != probe::Trouble::Kind::None;
  if (trouble)
    failures.push_back({result.target, result.address, std::string(name(result.trouble.kind)), trouble_words(result)});
  if (trouble && !result.speaks_tls()) {
    ++not_scanned;
  } else if (!result.is_complete()) {
    ++not_complete;
  }
  for (const Finding& finding : result.findings) {
    ++(finding.severity == Severity::Error ? error : finding.severity == Severity::Warning ? warning : info);
    if (std::find(rules.begin(), rules.end(), finding.rule) == rules.end()) rules.push_back(finding.rule);
  }
}

void ProbeTally::add_bad_target(std::string where, std::string message) {
  failures.push_back({std::move(where), {}, std::string(kBadTarget), std::move(message)});
}

std::size_t ProbeTally::rule_index(std::string_view rule) const {
  return static_cast<std::size_t>(std::find(rules.begin(), rules.end(), rule) - rules.begin());
}

std::string summary(const ProbeTally& tally) {
  std::string text;
  const auto add = [&](std::size_t number, const std::string& words) {
    if (number != 0) text += (text.empty() ? "" : ", ") + words;
  };
  add(tally.error, counted(tally.error, "error"));
  add(tally.warning, counted(tally.warning, "warning"));
  add(tally.info, fmt::format("{} info", tally.info));
  if (text.empty()) text = "no findings";
  add(tally.not_complete, fmt::format("{} not complete", tally.not_complete));
  add(tally.not_scanned, fmt::format("{} not scanned", tally.not_scanned));
  const auto bad =
      static_cast<std::size_t>(std::count_if(tally.failures.begin(), tally.failures.end(),
                                             [](const ProbeFailure& failure) { return failure.kind == kBadTarget; }));
  add(bad, counted(bad, "bad target"));
  return fmt::format("{}: {}", counted(tally.endpoints, "endpoint"), text);
}

}  // namespace tlsward::report
