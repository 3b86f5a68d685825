// tyk/unshared-mdcb-secret: a data plane that cannot decode the private keys of the control plane.
#include <algorithm>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unshared_mdcb_secret {
namespace {

namespace tyk = gateways::tyk;

bool has_id(const std::vector<const tyk::CertificateReference*>& references) {
  return std::any_of(references.begin(), references.end(), [](const tyk::CertificateReference* reference) {
    return reference->form == tyk::ReferenceForm::Id && reference->purpose != tyk::Purpose::Pin;
  });
}

bool uses_ids(const tyk::Model& model, const tyk::Conf& conf) {
  if (has_id(tyk::references(conf))) return true;
  // With several tyk.conf in the set nobody knows which of them loads the APIs.
  return tyk::conf_of(model) && std::any_of(model.apis.begin(), model.apis.end(),
                                            [](const tyk::Api& api) { return has_id(tyk::references(api)); });
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    // The store of certificates came with mutual TLS.
    if (conf.version < tyk::kMutualTls) continue;
    if (!tyk::is_on(conf.use_rpc) || !tyk::is_off(conf.encoding_secret)) continue;
    Finding& finding =
        out.add(uses_ids(model, conf) ? Severity::Warning : Severity::Info, conf.use_rpc.where,
                "a data plane without security.private_certificate_encoding_secret cannot decode private keys of the "
                "control plane, unless the API secret is the same everywhere; set one for MDCB, control plane and data "
                "planes",
                "tyk.conf");
    if (conf.security_key.known()) finding.related.push_back({conf.security_key, "no such secret here"});
    finding.notes.push_back("the environment variable TYK_GW_SECURITY_PRIVATECERTIFICATEENCODINGSECRET may set it");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unshared-mdcb-secret",
    .summary = "a data plane lacks the secret that private keys are encoded with",
    .why =
        "The control plane encrypts private keys before it stores them. MDCB hands them to the data planes and must "
        "know the secret for that; where it is not set, the API secrets of all parts would have to be equal, which "
        "they usually are not.",
    .cites = {{"Tyk, mutual TLS concepts", "MDCB",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "none: set the secret that the control plane uses",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["/etc/tyk/tls/api.pem"]
  },
  "slave_options": {
    "use_rpc": true,   //~ tyk/unshared-mdcb-secret
    "connection_string": "mdcb.example.com:9091",
    "use_ssl": true
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["/etc/tyk/tls/api.pem"]
  },
  "security": { "private_certificate_encoding_secret": "env://TYK_CERT_SECRET" },
  "slave_options": {
    "use_rpc": true,
    "connection_string": "mdcb.example.com:9091",
    "use_ssl": true
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unshared_mdcb_secret
