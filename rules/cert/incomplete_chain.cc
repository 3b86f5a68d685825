// cert/incomplete-chain: a leaf whose issuer is nowhere to be found.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_incomplete_chain {
namespace {

/// True where some loaded certificate issued this one.
bool issuer_loaded(const tls::TlsContext& context, const tls::CertificateFacts& certificate) {
  return std::any_of(context.material.begin(), context.material.end(), [&](const tls::Material& material) {
    const auto& found = material.bundle.certificates;
    return tls::is_read(material) &&
           std::any_of(found.begin(), found.end(),
                       [&](const tls::CertificateFacts& candidate) { return tls::issued(candidate, certificate); });
  });
}

/// True where a probe found the issuer among its trust anchors, or the missing one may be among what cannot be read.
bool may_be_complete(const tls::Material& material) {
  const tls::ChainVerdicts& seen = material.verdicts;
  return seen.trusted == true || seen.complete == true || !material.bundle.problems.empty();
}

/// A leaf with an address of its issuer is expected to have an intermediate above it; without one the issuer may be a
/// root, which is not sent.
void check_own(const tls::TlsContext& context, const tls::PlacedCertificate& leaf, lint::Reporter& out) {
  if (leaf.facts->self_issued || issuer_loaded(context, *leaf.facts) || may_be_complete(*leaf.material)) return;
  const bool has_url = !leaf.facts->ca_issuer_urls.empty();
  Finding& finding =
      out.add(has_url ? Severity::Warning : Severity::Info, context, leaf,
              fmt::format("the issuer '{}' of {} is missing from the chain; peers that do not know it refuse the "
                          "certificate",
                          leaf.facts->issuer, tls::describe(leaf)));
  if (has_url) {
    finding.notes.push_back(
        fmt::format("the certificate names {}, but TLS libraries fetch nothing from there; put "
                    "the intermediate behind the leaf",
                    leaf.facts->ca_issuer_urls.front()));
  }
}

/// True where everything that the context trusts is known by its certificates.
bool trust_is_known(const tls::TlsContext& context) {
  return !context.trust_unknown &&
         std::all_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
           return source.kind == tls::TrustKind::Material && source.material < context.material.size() &&
                  tls::is_read(context.material[source.material]);
         });
}

/// Climbs from the leaf through what the upstream shows; each step must be a new certificate, so it ends.
bool reaches_anchor(const tls::TlsContext& context, const tls::PlacedCertificate& leaf) {
  const auto anchors = tls::certificates(context, tls::MaterialUse::TrustAnchor);
  const auto& shown = leaf.material->bundle.certificates;
  std::vector<const tls::CertificateFacts*> path{leaf.facts};
  while (true) {
    const tls::CertificateFacts& top = *path.back();
    if (std::any_of(anchors.begin(), anchors.end(), [&](const tls::PlacedCertificate& anchor) {
          return anchor.facts->sha256 == top.sha256 || tls::names_issuer(*anchor.facts, top);
        })) {
      return true;
    }
    const auto next = std::find_if(shown.begin(), shown.end(), [&](const tls::CertificateFacts& candidate) {
      return tls::names_issuer(candidate, top) && std::find(path.begin(), path.end(), &candidate) == path.end();
    });
    if (next == shown.end()) return false;
    path.push_back(&*next);
  }
}

void check_upstream(const tls::TlsContext& context, const tls::PlacedCertificate& leaf, lint::Reporter& out) {
  if (!trust_is_known(context) || reaches_anchor(context, leaf)) return;
  out.add(Severity::Error, context, leaf,
          fmt::format("no path leads from the upstream's certificate {} to a trusted one; its issuer is '{}'",
                      tls::describe(leaf), leaf.facts->issuer));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) check_own(context, leaf, out);
  for (const auto& leaf : tls::leaves(context, tls::MaterialUse::KnownUpstream)) check_upstream(context, leaf, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/incomplete-chain",
    .summary = "the issuer of a certificate is missing from its chain",
    .why =
        "A peer verifies a certificate up to a root that it knows, with the intermediates that it is sent. Browsers "
        "fetch missing ones from the address in the certificate or remember them; Go, OpenSSL and Envoy do not, so a "
        "chain that works in a browser fails between machines.",
    .cites = {{"RFC 8446", "4.4.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"},
              {"RFC 5280", "4.2.2.1", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.2.1"},
              {"Flex Gateway 1.8, outbound TLS policy", "AIA",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .also = {Severity::Error, Severity::Info},
    .fix = "none: put the intermediate certificate behind the leaf in the same PEM",
    .bad =
        {.gateway = "krakend@2.13",
         .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/incomplete-chain
        "private_key": "server.pem"
      }
    ]
  }
}
)",
         .recipes = {{"root.pem", "ca cn=Example-Root"},
                     {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                     {"server.pem",
                      "cn=api.example san=DNS:api.example no-ca issuer=ca.pem aia=http://ca.example/ca.der with-key"}}},
    .good =
        {.gateway = "krakend@2.13",
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
         .recipes =
             {{"root.pem", "ca cn=Example-Root"},
              {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
              {"server.pem",
               "cn=api.example san=DNS:api.example no-ca issuer=ca.pem aia=http://ca.example/ca.der chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_incomplete_chain
