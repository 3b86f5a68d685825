// From what a scan saw to a TlsContext, so that the rules for configurations judge live endpoints too.
#pragma once

#include <string>

#include "core/finding.h"
#include "probe/result.h"
#include "tls/context.h"

namespace tlsward::probe {

/// What the endpoint does. Every setting that the scan told in full is Observed; the others are Unresolved, hold what
/// was seen and say in `because` what is missing. A chain is a Material of use Certificate with its verdicts, and an
/// Identity without a key. Not enabled where no version was accepted. The context names no gateway (tls::is_observed).
tls::TlsContext observed_context(const HostResult& result);

/// Where findings about it stand.
Endpoint observed_place(const HostResult& result);

/// "api.example:443", "[::1]:8443".
std::string endpoint_text(const HostResult& result);

/// The first thing that a scan is for and that this one could not tell ("TLS 1.3: no answer in 1.5 s, twice"); empty
/// where HostResult::is_complete.
std::string first_gap(const HostResult& result);

}  // namespace tlsward::probe
