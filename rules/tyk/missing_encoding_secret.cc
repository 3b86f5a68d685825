// tyk/missing-encoding-secret: private keys in the certificate store are encrypted with the API secret.
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_missing_encoding_secret {
namespace {

namespace tyk = gateways::tyk;

Span place(const tyk::Conf& conf) {
  if (conf.encoding_secret.written()) return conf.encoding_secret.where;
  if (conf.security_key.known()) return conf.security_key;
  return conf.secret_key.known() ? conf.secret_key : conf.head;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    // The store of certificates came with mutual TLS.
    if (conf.version < tyk::kMutualTls) continue;
    if (!tyk::is_off(conf.encoding_secret)) continue;
    // With several tyk.conf in the set nobody knows which of them stores the certificates of the APIs.
    const bool stored = tyk::conf_of(model) == &conf && tyk::uses_stored_key(model);
    Finding& finding =
        out.add(stored ? Severity::Warning : Severity::Info, place(conf),
                "security.private_certificate_encoding_secret is not set, so the API secret also encrypts the private "
                "keys of the certificate store; set a secret of its own",
                "tyk.conf");
    if (!conf.encoding_secret.written()) finding.label = "no private_certificate_encoding_secret here";
    finding.notes.push_back("the environment variable TYK_GW_SECURITY_PRIVATECERTIFICATEENCODINGSECRET may set it");
    if (stored)
      finding.notes.push_back("certificates of the store are in use: with another secret they must be uploaded again");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/missing-encoding-secret",
    .summary = "private keys are encrypted with the API secret",
    .why =
        "Tyk encrypts private keys before it puts them into its store, with "
        "security.private_certificate_encoding_secret or, where that is empty, with the secret that every caller of "
        "the gateway API sends along. Whoever may call that API can then decrypt the keys, and changing the one "
        "secret loses the keys of the other.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "none: only you can choose a secret",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"]
  },
  "security": {   //~ tyk/missing-encoding-secret
    "control_api_use_mutual_tls": false
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"]
  },
  "security": {
    "private_certificate_encoding_secret": "env://TYK_CERT_SECRET",
    "control_api_use_mutual_tls": false
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_missing_encoding_secret
