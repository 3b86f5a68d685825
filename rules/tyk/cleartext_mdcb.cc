// tyk/cleartext-mdcb: a data plane that talks to MDCB without TLS.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_cleartext_mdcb {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (!tyk::is_on(conf.use_rpc) || !tyk::is_off(conf.rpc_use_ssl)) continue;
    constexpr std::string_view kMessage =
        "slave_options.use_ssl is not true; MDCB sends private keys over this connection without a passphrase, so it "
        "must be encrypted";
    if (conf.rpc_use_ssl.written()) {
      Finding& finding = out.add(conf.rpc_use_ssl.where, std::string(kMessage), "tyk.conf");
      finding.fix = out.replace(conf.rpc_use_ssl.where, "true", "use TLS towards MDCB", false);
      continue;
    }
    Finding& finding = out.add(conf.slave_key, std::string(kMessage), "tyk.conf");
    finding.label = "no use_ssl here";
    finding.notes.push_back("the environment variable TYK_GW_SLAVEOPTIONS_USESSL may set it");
    finding.fix = out.insert(conf.slave_object, "use_ssl", "true", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/cleartext-mdcb",
    .summary = "the connection to MDCB is not encrypted",
    .why =
        "A data plane fetches its certificates from MDCB, which decodes the private keys before it sends them. Without "
        "TLS anybody on the way can read them, and the API keys as well.",
    .cites = {{"Tyk, mutual TLS concepts", "MDCB",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .fix = "unsafe: set use_ssl to true; the MDCB side must serve TLS at that address",
    .bad = {.gateway = "tyk@5.14", .text = R"({
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
    "use_ssl": false   //~ tyk/cleartext-mdcb
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

}  // namespace tlsward::rules::tyk_cleartext_mdcb
