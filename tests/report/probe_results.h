// Fixed results of a probe, one of each kind that an output must be able to print.
#pragma once

#include <span>
#include <vector>

#include "lint/rule.h"
#include "probe/result.h"

namespace tlsward::tests {

/// A good server; a weak one with SSL 2.0, SSL 3.0, RC4, an expired self-signed certificate and client certificates; a
/// port that is SSH; a rate-limited server with gaps; a scan that was interrupted; a name that does not resolve.
std::vector<probe::HostResult> fixed_probe_results();
/// The rules that their findings are of, in the order of their ids.
std::span<const lint::Rule* const> fixed_probe_rules();

}  // namespace tlsward::tests
