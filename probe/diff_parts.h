// The parts of diff: each compares one side of two results that both speak TLS, and appends what changed.
#pragma once

#include <string>
#include <vector>

#include "probe/diff.h"
#include "probe/question.h"
#include "probe/result.h"

namespace tlsward::probe {

void compare_versions(const HostResult& before, const HostResult& after, std::vector<Change>& changes);
void compare_suites(const HostResult& before, const HostResult& after, std::vector<Change>& changes);
/// Groups, signature schemes, Diffie-Hellman primes and protocols of ALPN.
void compare_parameters(const HostResult& before, const HostResult& after, std::vector<Change>& changes);
void compare_certificates(const HostResult& before, const HostResult& after, std::vector<Change>& changes);
void compare_questions(const HostResult& before, const HostResult& after, std::vector<Change>& changes);
void compare_findings(const HostResult& before, const HostResult& after, std::vector<Change>& changes);

/// Effect of one verdict taking the place of another, for a thing that is `wanted` or not. The same verdict: Neutral.
Effect effect_of(Verdict before, Verdict after, Wanted wanted);
/// "accepted"; for Unknown with the evidence, where there is some: "unknown (no answer in 3 s)".
std::string verdict_text(const Told& told);

}  // namespace tlsward::probe
