// suppress/expired: a suppression whose date has passed, or soon will.
#include "lint/rule.h"

namespace tlsward::rules::suppress_expired {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "suppress/expired",
    .summary = "a suppression has ended or is about to",
    .why =
        "A date says how long a weakness was accepted for. From the day after it the findings count again; this one "
        "says "
        "why, and tells so fourteen days ahead, so that a build does not break by surprise.",
    .cites = {{"SARIF 2.1.0", "3.35", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html"},
              {"RFC 3339", "5.6", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix = "none",
    .bad = {.gateway = "flex@1.8",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    # tlsward: ignore[tls/obsolete-version] until=2026-01-31 the old billing host   #~ suppress/expired
    minversion: "1.1"
    maxversion: "1.3"
)",
            .options = "--at 2026-11-22"},
    .good = {.gateway = "flex@1.8",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    # tlsward: ignore[tls/obsolete-version] until=2027-01-31 the old billing host
    minversion: "1.1"
    maxversion: "1.3"
)",
             .options = "--at 2026-11-22"},
    .check = {},
};

}  // namespace tlsward::rules::suppress_expired
