// suppress/unused: a suppression of something that is not there.
#include "lint/rule.h"

namespace tlsward::rules::suppress_unused {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "suppress/unused",
    .summary = "a suppression suppresses nothing",
    .why =
        "What it was for is mended or has moved away. Left in place it would hide the next finding of that rule, which "
        "nobody has looked at. It is told only where the rule was asked and the file was read to its end.",
    .cites = {{"SARIF 2.1.0", "3.35", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix = "safe: remove the suppression, or the ids that suppress nothing",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    # tlsward: ignore[tls/obsolete-version] owner=net-team the old billing host   #~ suppress/unused
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    # tlsward: ignore[tls/obsolete-version] owner=net-team the old billing host
    minversion: "1.1"
    maxversion: "1.3"
)"},
    .check = {},
};

}  // namespace tlsward::rules::suppress_unused
