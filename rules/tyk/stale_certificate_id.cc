// tyk/stale-certificate-id: an id that none of the certificates at hand has.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_stale_certificate_id {
namespace {

namespace tyk = gateways::tyk;

// CN=billing; its id stands in the good example.
constexpr std::string_view kCertificate =
    "text=-----BEGIN CERTIFICATE-----\n"
    "MIIBcTCCARegAwIBAgIBATAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdiaWxsaW5n\n"
    "MB4XDTI2MTAwMTAwMDAwMFoXDTI3MDkwMTAwMDAwMFowEjEQMA4GA1UEAwwHYmls\n"
    "bGluZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAG+bSJYsHWLv8AVwpMPu+oE\n"
    "3SO5Xgfmt9rOiiWgici3IIhm2yHmsrf4exzUmQTLZk3NLPl6zbtfiF+XzRP/NA6j\n"
    "XjBcMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMB0GA1UdJQQWMBQGCCsG\n"
    "AQUFBwMBBggrBgEFBQcDAjAdBgNVHQ4EFgQUG35FmLs/WyM185qu3c/eRg4j/yIw\n"
    "CgYIKoZIzj0EAwIDSAAwRQIhANkq+yun8+4TUTb+gNvFdcEWByK4DJ0Sssbllddi\n"
    "TytcAiBymMQuwfUIwZCDKhy7FZielhGf+6FcHHaaY51LH+8buA==\n"
    "-----END CERTIFICATE-----\n";

void check_all(const std::vector<const tyk::CertificateReference*>& references, std::string_view subject,
               lint::Reporter& out) {
  for (const tyk::CertificateReference* reference : references) {
    if (!reference->looked_up || reference->material.state == tls::MaterialState::Read) continue;
    out.add(reference->where,
            fmt::format("no certificate in {} has the id {}; the certificate may have been renewed",
                        out.options().read.certs_dir, reference->written),
            subject);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_all(tyk::references(conf), "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_all(tyk::references(api), api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/stale-certificate-id",
    .summary = "a certificate id fits no local certificate",
    .why =
        "An id is the SHA-256 of the certificate, so it can be computed from the file, and a renewed certificate has "
        "another one. An id that none of the files of --certs-dir gives is either mistyped or of a certificate that "
        "was "
        "replaced.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Warning,
    .fix = "none: compute the id of the current certificate",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"   //~ tyk/stale-certificate-id
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"certs/billing.pem", kCertificate}},
            .options = "--certs-dir certs"},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "130d81b8568bea685e946c2a6486d8d540d38b8f1b9f6357479973ff48902e7c"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .recipes = {{"certs/billing.pem", kCertificate}},
             .options = "--certs-dir certs"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_stale_certificate_id
