// Endpoints as a probe saw them, judged by the rules that read nothing but a context.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/finding.h"
#include "lint/observed_endpoint.h"
#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"
#include "tls/context.h"

namespace tlsward::lint {

/// What the rules of the groups tls and cert say of an endpoint as it was seen. Only checks of one context are asked:
/// checks of a whole set (tls/cleartext-endpoint, cert/shared-private-key) compare what files say. Findings stand at
/// `place`, have no fix, and are in the order of `rules`; those that another one replaces are gone, and
/// Options::select and ignore hold. Dates are judged at Options::at.
std::vector<Finding> judge_observed(const tls::TlsContext& seen, const Endpoint& place,
                                    std::span<const Rule* const> rules, const Options& options);

/// Judges endpoints, without any file: findings by endpoint in the order given, then as `judge_observed`. Never null.
std::unique_ptr<Run> run_observed(std::span<const ObservedEndpoint> endpoints, std::span<const Rule* const> rules,
                                  const Options& options);

/// Observed contexts by tls::authority of their endpoint; several where a name has several addresses.
using ObservedByAuthority = std::multimap<std::string, const tls::TlsContext*, std::less<>>;
/// Those of `observed` that speak TLS, which must outlive the result.
ObservedByAuthority by_authority(std::span<const ObservedEndpoint> observed);

/// Tells the upstream contexts of `set` what was seen of the endpoints that they call: InputSet::observed names those,
/// and the chains that they showed become material of use KnownUpstream.
void attach_observed(InputSet& set, const ObservedByAuthority& observed);

}  // namespace tlsward::lint
