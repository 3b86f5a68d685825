// cert/duplicate-certificate: the same certificate twice in one file or chain.
#include <map>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_duplicate_certificate {
namespace {

/// What another side shows is sent; what a file holds is there.
std::string_view kept(const tls::TlsContext& context, const tls::Material& material) {
  const bool shown = tls::is_observed(context) || material.use == tls::MaterialUse::KnownUpstream;
  return shown ? "sent" : "there";
}

void check_bundle(const tls::TlsContext& context, const tls::Material& material, lint::Reporter& out) {
  std::map<std::string, int> times;
  for (const tls::CertificateFacts& certificate : material.bundle.certificates) {
    if (++times[certificate.sha256] == 2) {
      out.add(context, material,
              fmt::format("the certificate {} is {} more than once; once is enough", tls::describe(certificate),
                          kept(context, material)));
    }
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (tls::is_read(material) && material.part != tls::MaterialPart::Key) check_bundle(context, material, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/duplicate-certificate",
    .summary = "a file or chain holds the same certificate twice",
    .why =
        "The second copy is sent in every handshake, or loaded, for nothing. It is usually left over from putting "
        "files together, and the file may lack another certificate that belongs there.",
    .cites = {{"RFC 8446", "4.4.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"}},
    .severity = Severity::Info,
    .fix = "none: remove the copies",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "ca_certs": [
      "backends.pem"   //~ cert/duplicate-certificate
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                         "chain with-key"},
                        {"one.pem", "ca cn=Backend-CA"},
                        {"backends.pem", "concat=one.pem,one.pem"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "ca_certs": [
      "backends.pem"
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"},
                         {"one.pem", "ca cn=Backend-CA"},
                         {"two.pem", "ca cn=Other-CA"},
                         {"backends.pem", "concat=one.pem,two.pem"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_duplicate_certificate
