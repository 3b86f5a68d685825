// What an answer tells beside the question that it was for.
#pragma once

#include "probe/plan/scan_plan.h"

namespace tlsward::probe {

/// Notes certificates, primes, certificate requests, extensions and clock of a flight. `offer` is what the client
/// offered, as far as an absent extension means something.
void observe(ScanPlan& scan, const tls::wire::ServerFlight& flight, const tls::wire::ClientHello& offer);

/// Notes a chain; one that is there already gains the version.
void note_chain(ScanPlan& scan, RawChain chain, tls::Version version);
/// Notes names of certificate authorities.
void note_client_cas(ScanPlan& scan, const std::vector<tls::wire::Bytes>& names);

}  // namespace tlsward::probe
