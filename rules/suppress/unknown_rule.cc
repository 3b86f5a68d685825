// suppress/unknown-rule: a suppression that names no rule, or that cannot be understood.
#include "lint/rule.h"

namespace tlsward::rules::suppress_unknown_rule {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "suppress/unknown-rule",
    .summary = "a suppression names no rule or cannot be understood",
    .why =
        "A suppression with a typo suppresses nothing, or is about something else than its writer thinks; somebody "
        "relies on it all the same. A suppression names each rule by its whole id, so that it cannot hide more than "
        "was "
        "looked at. Findings about suppressions cannot be suppressed.",
    .cites = {{"SARIF 2.1.0", "3.35", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: write the id that was probably meant",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "tlsward: ignore[tls/obsolete-versoin] until=2027-01-31 payment terminals",   //~ suppress/unknown-rule
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",
    "cipher_suites": [49199, 49200]
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "tlsward: ignore[tls/obsolete-version] until=2027-01-31 payment terminals",
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",
    "cipher_suites": [49199, 49200]
  }
}
)"},
    .check = {},
};

}  // namespace tlsward::rules::suppress_unknown_rule
