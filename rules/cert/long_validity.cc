// cert/long-validity: a server certificate that is valid for longer than clients accept.
#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_long_validity {
namespace {

// Apple, "Requirements for trusted certificates in iOS 13 and macOS 10.15": any TLS server certificate.
constexpr long kMaxDays = 825;

struct Limit {
  std::chrono::year_month_day issued_from;
  long days;
};
// CA/Browser Forum Baseline Requirements, 6.3.2 (ballot SC-081v3): what public CAs may issue, latest first.
constexpr std::array<Limit, 4> kPublicLimits{{
    {std::chrono::year{2029} / 3 / 15, 47},
    {std::chrono::year{2027} / 3 / 15, 100},
    {std::chrono::year{2026} / 3 / 15, 200},
    {std::chrono::year{2020} / 9 / 1, 398},
}};

/// The limit for a certificate of a public CA, or nullptr. Who issued it shows only where a probe verified it.
const Limit* public_limit(const tls::PlacedCertificate& leaf) {
  if (!leaf.material->verdicts.public_ca) return nullptr;
  const auto found = std::find_if(kPublicLimits.begin(), kPublicLimits.end(), [&](const Limit& limit) {
    return leaf.facts->not_before >= std::chrono::sys_days{limit.issued_from};
  });
  return found == kPublicLimits.end() ? nullptr : &*found;
}

std::string said(const Limit& limit) {
  return fmt::format("public CAs may issue for at most {} since {}", limit.days,
                     tls::date(std::chrono::sys_days{limit.issued_from}));
}

/// Apple counts the time between the two dates, the Baseline Requirements every second from the first to the last; a
/// part of a day counts as one.
long days_of(const tls::PlacedCertificate& leaf, const Limit* limit) {
  const std::chrono::seconds both_ends{limit ? 1 : 0};
  const auto lifetime = leaf.facts->not_after - leaf.facts->not_before + both_ends;
  return static_cast<long>(std::chrono::ceil<std::chrono::days>(lifetime).count());
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.role != tls::Role::Listener) return;
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    const Limit* limit = public_limit(leaf);
    const long days = days_of(leaf, limit);
    if (days <= (limit ? limit->days : kMaxDays)) continue;
    out.add(context, leaf,
            fmt::format("the certificate {} is valid for {} days; {}", tls::describe(leaf), days,
                        limit ? said(*limit) : fmt::format("some clients accept at most {}", kMaxDays)));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/long-validity",
    .summary = "a server certificate is valid for longer than some clients accept",
    .why =
        "The longer a certificate lives, the longer a stolen key is of use. Apple's clients refuse server certificates "
        "of more than 825 days even from private CAs, and public CAs may issue for 200 days only since March 2026.",
    .cites = {{"Apple, requirements for trusted certificates", "", "https://support.apple.com/en-us/103769"},
              {"CA/Browser Forum, Baseline Requirements", "6.3.2",
               "https://cabforum.org/working-groups/server/baseline-requirements/requirements/"}},
    .severity = Severity::Info,
    .fix = "none: issue it for 200 days or less, from March 2027 on 100",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/long-validity
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "days=-30..3620 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                         "issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_long_validity
