// tyk/keyless-upstream-certificate: a client certificate for upstreams whose file has no private key.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_keyless_upstream_certificate {
namespace {

namespace tyk = gateways::tyk;

void check_map(const tyk::HostMap& map, std::string_view subject, lint::Reporter& out) {
  if (map.switched_off) return;
  for (const tyk::HostEntry& entry : map.entries) {
    for (const tyk::CertificateReference& certificate : entry.certificates) {
      const bool no_certificate = tyk::lacks_certificate(certificate);
      if (!no_certificate && !tyk::lacks_private_key(certificate)) continue;
      const std::string what =
          certificate.written.empty() ? std::string("this certificate") : fmt::format("'{}'", certificate.written);
      out.add(certificate.where,
              fmt::format("{} has no {}, so Tyk drops it and connects to '{}' without a client certificate; "
                          "put {} into the same PEM",
                          what, no_certificate ? "certificate" : "private key", entry.host,
                          no_certificate ? "it" : "the key"),
              subject);
    }
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_map(conf.upstream_certificates, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_map(api.upstream_certificates, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/keyless-upstream-certificate",
    .summary = "an upstream certificate comes without its private key",
    .why =
        "To prove itself to an upstream Tyk must sign with the key of the certificate. An entry without key is "
        "silently left out, the handshake offers no certificate, and an upstream that only requests one may even let "
        "the request pass unauthenticated.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificates",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .fix = "none: append the private key to the certificate's file",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/keyless-upstream-certificate
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"ca.pem", "cn=\"Example CA\" ca"},
                        {"etc/tyk/upstream/orders.pem", "cn=gateway no-ca eku=clientAuth issuer=ca.pem"}},
            .options = "--root ."},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .recipes = {{"ca.pem", "cn=\"Example CA\" ca"},
                         {"etc/tyk/upstream/orders.pem", "cn=gateway no-ca eku=clientAuth issuer=ca.pem with-key"}},
             .options = "--root ."},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_keyless_upstream_certificate
