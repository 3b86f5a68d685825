// cert/expiring-soon: a certificate with little time left.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_expiring_soon {
namespace {

// Tyk warns as early by default; certificates of a few days are renewed in their last quarter.
constexpr std::chrono::days kWindow{30};
constexpr int kLastPart = 4;

/// What .tlsward.yaml asks for counts as it is.
std::chrono::seconds window(const tls::CertificateFacts& certificate, const lint::Options& options) {
  const auto setting = options.rules.find("cert/expiring-soon");
  if (setting != options.rules.end() && setting->second.warn_days) return std::chrono::days(*setting->second.warn_days);
  const std::chrono::seconds lifetime = certificate.not_after - certificate.not_before;
  return std::min<std::chrono::seconds>(kWindow, lifetime / kLastPart);
}

void report(const tls::TlsContext& context, const tls::PlacedCertificate& certificate, lint::Reporter& out) {
  const tls::Time now = out.options().at;
  const tls::Time end = certificate.facts->not_after;
  if (end < now || end >= now + window(*certificate.facts, out.options())) return;
  const long days = tls::days_between(now, end);
  out.add(context, certificate,
          fmt::format("the certificate {} expires on {} ({} {} left)", tls::describe(certificate), tls::date(end), days,
                      days == 1 ? "day" : "days"));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList}) {
    for (const auto& certificate : tls::certificates(context, use)) report(context, certificate, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/expiring-soon",
    .summary = "a certificate expires soon",
    .why =
        "After its last day a certificate is refused everywhere. Renewing, distributing and reloading it takes time, "
        "so the warning begins 30 days before, or with the last quarter of a short lifetime.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"RFC 5280", "4.1.2.5", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"}},
    .severity = Severity::Warning,
    .fix = "none: renew it",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/expiring-soon
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "days=-345..20 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                         "issuer=ca.pem chain with-key"}},
            .options = "--at 2026-11-22"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",
        "private_key": "server.pem"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_expiring_soon
