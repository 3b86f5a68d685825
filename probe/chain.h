// What there is to say of a chain that a server showed.
#pragma once

#include <string>

#include "pki/verify.h"
#include "probe/plan/scan_plan.h"
#include "probe/result.h"

namespace tlsward::probe {

/// Reads and judges `chain`: against `anchors`, for `host` (a name or an IP address), at `at`.
SeenChain describe_chain(const RawChain& chain, const std::string& host, const pki::TrustAnchors& anchors,
                         tls::Time at);

}  // namespace tlsward::probe
