// cert/expired-anchor: a trusted certificate whose time is over.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_expired_anchor {
namespace {

/// True where no trusted certificate of the context may still be of use.
bool all_are_over(const tls::TlsContext& context, tls::Time now) {
  return std::all_of(context.material.begin(), context.material.end(), [&](const tls::Material& material) {
    if (material.use != tls::MaterialUse::TrustAnchor) return true;
    const auto& anchors = material.bundle.certificates;
    return tls::is_read(material) &&
           std::all_of(anchors.begin(), anchors.end(), [&](const auto& anchor) { return anchor.not_after < now; });
  });
}

void check_field(const tls::TlsContext& context, const tls::Material& material, lint::Reporter& out) {
  const auto& anchors = material.bundle.certificates;
  const tls::Time now = out.options().at;
  const auto is_expired = [&](const tls::CertificateFacts& anchor) { return anchor.not_after < now; };
  const auto first = std::find_if(anchors.begin(), anchors.end(), is_expired);
  if (first == anchors.end()) return;
  const auto expired = static_cast<std::size_t>(std::count_if(anchors.begin(), anchors.end(), is_expired));
  const std::string message =
      anchors.size() == 1
          ? fmt::format("the trusted certificate {} expired on {}", tls::describe(*first), tls::date(first->not_after))
          : fmt::format("{} of {} trusted certificates have expired, the first is {} (on {})", expired, anchors.size(),
                        tls::describe(*first), tls::date(first->not_after));
  Finding& finding =
      out.add(all_are_over(context, now) ? Severity::Error : Severity::Warning, context, material, message);
  for (const tls::CertificateFacts& anchor : anchors) {
    if (is_expired(anchor))
      finding.value += fmt::format("{}{}", finding.value.empty() ? "" : ", ", tls::describe(anchor));
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (material.use == tls::MaterialUse::TrustAnchor && tls::is_read(material)) check_field(context, material, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/expired-anchor",
    .summary = "a trusted certificate has expired",
    .why =
        "Go and OpenSSL check the dates of the trusted certificate too. Once it has expired, no certificate that it "
        "issued is accepted any more, however fresh that one is.",
    .cites = {{"RFC 5280", "6.1.3", "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3"},
              {"Go, crypto/x509", "Verify", "https://pkg.go.dev/crypto/x509#Certificate.Verify"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: trust the CA that follows it",
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
      "backends.pem"   //~ cert/expired-anchor
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                         "chain with-key"},
                        {"backends.pem", "ca cn=Backend-CA days=-900..-10"}}},
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
                         {"backends.pem", "ca cn=Backend-CA days=-900..900"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_expired_anchor
