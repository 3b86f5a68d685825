// cert/misordered-chain: certificates of a chain in the wrong order.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_misordered_chain {
namespace {

using Chain = std::vector<tls::CertificateFacts>;

/// The first certificate that does not issue the one before it, although another in the file does. 0: all in order.
/// Where the issuer is not in the file, what follows is extra and harms nobody.
std::size_t out_of_place(const Chain& chain) {
  for (std::size_t index = 1; index < chain.size(); ++index) {
    const tls::CertificateFacts& before = chain[index - 1];
    if (before.self_issued || tls::issued(chain[index], before)) continue;
    const bool elsewhere = std::any_of(chain.begin(), chain.end(), [&](const tls::CertificateFacts& candidate) {
      return tls::issued(candidate, before);
    });
    if (elsewhere) return index;
  }
  return 0;
}

/// The pair's private key, where it can be compared.
const tls::KeyFacts* first_key(const tls::KnownPair& pair) {
  const auto& keys = pair.key->bundle.private_keys;
  return keys.empty() || keys.front().encrypted || keys.front().spki_sha256.empty() ? nullptr : &keys.front();
}

/// Files in which a later certificate is the one that belongs to the key: the pair does not load.
std::set<const tls::Material*> begin_with_another(const tls::TlsContext& context, lint::Reporter& out) {
  std::set<const tls::Material*> result;
  for (const tls::KnownPair& pair : tls::known_pairs(context)) {
    const Chain& chain = pair.certificate->bundle.certificates;
    const tls::KeyFacts* key = first_key(pair);
    if (chain.size() < 2 || !key || chain.front().key.spki_sha256.empty()) continue;
    const auto own = std::find_if(chain.begin(), chain.end(), [&](const tls::CertificateFacts& certificate) {
      return certificate.key.spki_sha256 == key->spki_sha256;
    });
    if (own == chain.begin() || own == chain.end()) continue;
    Finding& finding = out.add(Severity::Error, context, tls::PlacedCertificate{&chain.front(), pair.certificate, 0},
                               fmt::format("the chain begins with {}, and the private key belongs to {}; the "
                                           "certificate of the endpoint must come first",
                                           tls::describe(chain.front()), tls::describe(*own)));
    if (!pair.certificate->effect.empty()) finding.notes.push_back(pair.certificate->effect);
    result.insert(pair.certificate);
  }
  return result;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const auto told = begin_with_another(context, out);
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    if (told.contains(leaf.material)) continue;
    const Chain& chain = leaf.material->bundle.certificates;
    if (leaf.index != 0) {
      Finding& finding = out.add(Severity::Error, context, leaf,
                                 fmt::format("the chain begins with {}, which issued another certificate in it; the "
                                             "certificate of the endpoint must come first",
                                             tls::describe(chain.front())));
      if (!leaf.material->effect.empty()) finding.notes.push_back(leaf.material->effect);
      continue;
    }
    const std::size_t index = out_of_place(chain);
    if (index == 0) continue;
    out.add(Severity::Warning, context, leaf,
            fmt::format("certificate {} of the chain, {}, did not issue the one before it; each must issue the one "
                        "before",
                        index + 1, tls::describe(chain[index])));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/misordered-chain",
    .summary = "the certificates of a chain are in the wrong order",
    .why =
        "The certificate of the endpoint comes first and each further one issues the one before it. TLS libraries take "
        "the first as the endpoint's own and compare it with the key, so a wrong first one stops the gateway; TLS 1.2 "
        "clients may refuse a chain that is mixed up behind it.",
    .cites = {{"RFC 8446", "4.4.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"},
              {"RFC 5246", "7.4.2", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "none: put the certificates in order",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/misordered-chain
        "private_key": "server.key"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"leaf.pem", "cn=api.example san=DNS:api.example no-ca issuer=ca.pem"},
                        {"server.key", "key-only key-of=leaf.pem"},
                        {"server.pem", "concat=leaf.pem,root.pem,ca.pem"}}},
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
        "private_key": "server.key"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"leaf.pem", "cn=api.example san=DNS:api.example no-ca issuer=ca.pem"},
                         {"server.key", "key-only key-of=leaf.pem"},
                         {"server.pem", "concat=leaf.pem,ca.pem,root.pem"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_misordered_chain
