// krakend/unknown-cipher-id: a cipher id that is none of the 25 documented ones.
#include <fmt/format.h>

#include "gateways/krakend/ciphers.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unknown_cipher_id {
namespace {

// Names are the matter of krakend/non-integer-cipher.
bool is_id(const tls::ListedCipher& entry) {
  return !entry.unresolved && entry.suite && !entry.written.empty() && entry.written.front() >= '0' &&
         entry.written.front() <= '9';
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend") return;
  const std::size_t documented = gateways::krakend::documented_ciphers().size();
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (!is_id(entry) || entry.accepted) continue;
    const bool has_name = tls::facts(*entry.suite) != nullptr;
    out.add(context, entry.where,
            fmt::format("{} ({}) is ignored, because it is none of the {} ids that KrakenD supports", entry.written,
                        has_name ? tls::name(*entry.suite) : "no TLS cipher suite", documented));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unknown-cipher-id",
    .summary = "a cipher id that KrakenD does not support",
    .why =
        "KrakenD hands the ids to Go's TLS library, which has 25 suites and skips every other number without a word. "
        "The connection then uses something else than the file says, or nothing at all where no other id is left. "
        "There are no DHE, CCM, CAMELLIA or PSK suites in Go.",
    .cites = {{"KrakenD 2.6, TLS settings", "supported cipher suites",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Go, crypto/tls", "constants", "https://pkg.go.dev/crypto/tls#pkg-constants"}},
    .severity = Severity::Error,
    .fix = "none: choose an id of the documented lists; tlsward ciphers prints them",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      158   //~ krakend/unknown-cipher-id
    ]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49200
    ]
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_unknown_cipher_id
