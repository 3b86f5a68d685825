// A probed endpoint has no file and no gateway: its rules see an InputSet with neither, and their findings stand at the
// endpoint. What a probe saw of an upstream also helps to judge the file that calls it; then the findings stand in the
// file, since that is where they can be mended.
#include "lint/observed.h"

#include <algorithm>
#include <utility>

#include "lint/selection.h"
#include "tls/authority.h"

namespace tlsward::lint {
namespace {

ContextCheck check_of_endpoints(const Rule& rule) {
  const std::string_view of = group(rule.id);
  if (of != "tls" && of != "cert") return nullptr;
  const auto* check = std::get_if<ContextCheck>(&rule.check);
  return check ? *check : nullptr;
}

void add_known_chains(tls::TlsContext& context, const tls::TlsContext& seen) {
  for (const tls::Material& chain : seen.material) {
    if (chain.use != tls::MaterialUse::Certificate) continue;
    tls::Material& known = context.material.emplace_back(chain);
    known.use = tls::MaterialUse::KnownUpstream;
    known.verdicts = {};  // of the prober's anchors, not of this context's
    known.seen_at = seen.endpoint;
    known.field += " of " + seen.endpoint;
  }
}

}  // namespace

std::vector<Finding> judge_observed(const tls::TlsContext& seen, const Endpoint& place,
                                    std::span<const Rule* const> rules, const Options& options) {
  const SourceMap no_files;
  InputSet set;
  set.sources = &no_files;
  set.options = &options;
  set.endpoint = &place;
  std::vector<Finding> findings;
  for (const Rule* rule : rules_to_run(rules, options)) {
    const ContextCheck check = check_of_endpoints(*rule);
    if (!check) continue;
    Reporter out(set, *rule, findings);
    check(seen, out);
  }
  drop_replaced(findings, rules);
  std::erase_if(findings, [&](const Finding& finding) { return !selected(finding.rule, options); });
  return findings;
}

std::unique_ptr<Run> run_observed(std::span<const ObservedEndpoint> endpoints, std::span<const Rule* const> rules,
                                  const Options& options) {
  auto run = std::make_unique<Run>();
  for (const ObservedEndpoint& endpoint : endpoints) {
    if (!endpoint.gap.empty()) run->errors.push_back({endpoint.place.endpoint, {}, endpoint.gap});
    if (!endpoint.context.enabled) continue;
    ++run->endpoints;
    std::vector<Finding> found = judge_observed(endpoint.context, endpoint.place, rules, options);
    std::move(found.begin(), found.end(), std::back_inserter(run->findings));
  }
  return run;
}

ObservedByAuthority by_authority(std::span<const ObservedEndpoint> observed) {
  ObservedByAuthority result;
  for (const ObservedEndpoint& endpoint : observed) {
    if (endpoint.context.enabled) result.emplace(tls::authority(endpoint.context.endpoint), &endpoint.context);
  }
  return result;
}

void attach_observed(InputSet& set, const ObservedByAuthority& observed) {
  if (observed.empty()) return;
  for (tls::TlsContext& context : set.reading.contexts) {
    if (context.role != tls::Role::Upstream || !context.enabled) continue;
    const std::string called = tls::authority(context.endpoint);
    if (called.empty()) continue;
    const auto [first, last] = observed.equal_range(called);
    for (auto seen = first; seen != last; ++seen) {
      add_known_chains(context, *seen->second);
      if (std::find(set.observed.begin(), set.observed.end(), seen->second) == set.observed.end())
        set.observed.push_back(seen->second);
    }
  }
}

}  // namespace tlsward::lint
