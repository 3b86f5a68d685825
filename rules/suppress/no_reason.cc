// suppress/no-reason: a suppression that does not say why.
#include "lint/rule.h"

namespace tlsward::rules::suppress_no_reason {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "suppress/no-reason",
    .summary = "a suppression gives no reason",
    .why =
        "Whoever reads it later cannot tell whether it may go. It is told where require-reason is set in "
        ".tlsward.yaml, or "
        "with --require-reason.",
    .cites = {{"SARIF 2.1.0", "3.35", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html"}},
    .severity = Severity::Info,
    .fix = "none",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "tlsward: ignore[tls/obsolete-version] owner=net-team",   //~ suppress/no-reason
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",
    "cipher_suites": [49199, 49200]
  }
}
)",
            .options = "--require-reason"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "tlsward: ignore[tls/obsolete-version] owner=net-team payment terminals",
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",
    "cipher_suites": [49199, 49200]
  }
}
)",
             .options = "--require-reason"},
    .check = {},
};

}  // namespace tlsward::rules::suppress_no_reason
