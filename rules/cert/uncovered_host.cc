// cert/uncovered-host: an upstream whose known certificate is for other names.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_uncovered_host {
namespace {

/// The certificates that the upstream can only show: the ones it is known by, or, where nothing but end certificates is
/// trusted, one of those.
std::vector<tls::PlacedCertificate> possible(const tls::TlsContext& context) {
  auto known = tls::leaves(context, tls::MaterialUse::KnownUpstream);
  if (!known.empty() || context.trust_unknown) return known;
  const bool all_read = std::all_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
    return source.kind == tls::TrustKind::Material && source.material < context.material.size() &&
           tls::is_read(context.material[source.material]);
  });
  auto anchors = tls::certificates(context, tls::MaterialUse::TrustAnchor);
  const bool only_leaves = std::none_of(anchors.begin(), anchors.end(), [](const tls::PlacedCertificate& anchor) {
    return anchor.facts->is_ca || anchor.facts->version < 3;
  });
  const bool own = std::any_of(anchors.begin(), anchors.end(), [&](const tls::PlacedCertificate& anchor) {
    return tls::is_own(context, *anchor.facts);
  });
  return all_read && only_leaves && !own ? anchors : std::vector<tls::PlacedCertificate>{};
}

std::string names_of(const tls::CertificateFacts& certificate) {
  std::vector<std::string> names = certificate.dns_names;
  names.insert(names.end(), certificate.ip_addresses.begin(), certificate.ip_addresses.end());
  return names.empty() ? "no host" : fmt::format("{}", fmt::join(names, ", "));
}

void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.hosts.empty()) return;
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    if (leaf.material->verdicts.names_host != false) continue;
    Finding& finding = out.add(context, leaf,
                               fmt::format("'{}' is not among the names of the certificate {}, which is for {}",
                                           context.hosts.front(), tls::describe(leaf), names_of(*leaf.facts)));
    finding.value = fmt::format("{}: {}", context.hosts.front(), names_of(*leaf.facts));
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (tls::is_observed(context)) return check_observed(context, out);
  // With several hosts nobody knows which of them shows which certificate.
  if (!context.enabled || context.role != tls::Role::Upstream || context.hosts.size() != 1) return;
  if (context.verify_peer.known() && context.verify_peer.value == tls::VerifyPeer::None) return;
  const auto certificates = possible(context);
  if (certificates.empty()) return;
  const std::string& host = context.hosts.front();
  // Gateways look an internationalised name up by its A-labels, which this is not.
  if (std::any_of(host.begin(), host.end(), [](unsigned char c) { return c >= 0x80; })) return;
  const bool covered = std::any_of(certificates.begin(), certificates.end(), [&](const tls::PlacedCertificate& one) {
    return tls::covers_host(*one.facts, host);
  });
  if (covered) return;
  const tls::PlacedCertificate& first = certificates.front();
  Finding& finding =
      out.add(context, first,
              fmt::format("'{}' is not among the names of the upstream's certificate {}, which is for {}", host,
                          tls::describe(first), names_of(*first.facts)));
  finding.value = fmt::format("{}: {}", host, names_of(*first.facts));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/uncovered-host",
    .summary = "the certificate of an upstream or endpoint does not cover its host name",
    .why =
        "A client, such as the gateway, compares the host that it calls with the names in the server's certificate and "
        "ends the connection where none fits. A star covers exactly one label, the left-most, and an address must be "
        "listed as "
        "an IP address.",
    .cites = {{"RFC 9525", "6.3", "https://www.rfc-editor.org/rfc/rfc9525#section-6.3"}},
    .severity = Severity::Error,
    .fix = "none: call the upstream by a name in its certificate, or have one issued for this name",
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |   #~ cert/uncovered-host
      {{pem:upstream.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
            .recipes = {{"upstream.pem", "cn=orders.example san=DNS:orders.example no-ca"}}},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:upstream.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
             .recipes = {{"upstream.pem", "cn=billing.example san=DNS:billing.example no-ca"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_uncovered_host
