#include "probe/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "pki/sha256.h"
#include "pki/x509.h"
#include "probe/plan/certificate_kind.h"
#include "tls/material.h"

namespace tlsward::probe {
namespace {

constexpr std::size_t kMostCertificates = 32;

std::string sha256(const tls::wire::Bytes& bytes) {
  return pki::sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

tls::CertificateFacts read(const tls::wire::Bytes& der) {
  auto certificate = pki::read_certificate(der);
  if (certificate) return std::move(certificate->facts);
  tls::CertificateFacts facts;
  facts.sha256 = sha256(der);
  return facts;
}

Told told(bool yes, std::string evidence) {
  return {yes ? Verdict::Accepted : Verdict::Refused, std::move(evidence)};
}

void judge_trust(SeenChain& seen, const pki::TrustAnchors& anchors, tls::Time at) {
  const pki::Verification verified = pki::verify_chain(seen.der, anchors, at);
  constexpr std::array kVerdicts = {Verdict::Unknown, Verdict::Accepted, Verdict::Refused};
  seen.trusted = {
      kVerdicts[static_cast<std::size_t>(verified.trust)],
      verified.trust == pki::Trust::Trusted
          ? fmt::format("{} certificates to {} in {}", verified.path.size(),
                        verified.path.empty() ? "an anchor" : "'" + verified.path.back() + "'", anchors.description())
          : verified.reason};
  seen.ordered = told(verified.ordered, verified.ordered ? "each certificate issued the one before it"
                                                         : "a certificate did not issue the one before it");
  seen.complete = told(!verified.missing_intermediate,
                       verified.missing_intermediate ? "the issuer of the last one is neither sent nor trusted" : "");
  if (!verified.missing_intermediate && verified.trust == pki::Trust::Unknown)
    seen.complete = {Verdict::Unknown, anchors.description()};
  seen.extra_anchor = verified.extra_anchor;
}

void judge_dates(SeenChain& seen, tls::Time at) {
  seen.days_left = tls::days_between(at, seen.certificates.front().not_after);
  seen.dates = told(true, fmt::format("valid until {}", tls::date(seen.certificates.front().not_after)));
  for (const tls::CertificateFacts& facts : seen.certificates) {
    seen.days_left = std::min(seen.days_left, tls::days_between(at, facts.not_after));
    if (at < facts.not_before)
      seen.dates = told(false, fmt::format("{} is valid from {}", tls::describe(facts), tls::date(facts.not_before)));
    if (at > facts.not_after)
      seen.dates = told(false, fmt::format("{} expired on {}", tls::describe(facts), tls::date(facts.not_after)));
  }
}

void judge_name(SeenChain& seen, const std::string& host) {
  const tls::CertificateFacts& leaf = seen.certificates.front();
  seen.common_name_only = !leaf.has_san;
  seen.wildcard = std::any_of(leaf.dns_names.begin(), leaf.dns_names.end(),
                              [](const std::string& name) { return name.starts_with("*."); });
  if (host.empty()) return;
  const bool covers = tls::covers_host(leaf, host);
  seen.host_matches = told(covers, covers         ? fmt::format("subjectAltName covers {}", host)
                                   : leaf.has_san ? fmt::format("subjectAltName does not cover {}", host)
                                                  : "no subjectAltName; the common name counts for nothing");
}

void judge_stapled(SeenChain& seen, const RawChain& chain, tls::Time at) {
  if (chain.ocsp_response.empty()) {
    seen.ocsp_stapled = told(false, "no response was stapled");
    return;
  }
  const pki::OcspFacts ocsp = pki::read_ocsp(chain.ocsp_response, chain.der, at);
  seen.scts_in_ocsp = ocsp.scts;
  seen.ocsp_stapled = told(true, ocsp.words);
}

}  // namespace

SeenChain describe_chain(const RawChain& chain, const std::string& host, const pki::TrustAnchors& anchors,
                         tls::Time at) {
  SeenChain seen;
  seen.versions = chain.versions;
  std::sort(seen.versions.begin(), seen.versions.end());
  seen.der.assign(chain.der.begin(),
                  chain.der.begin() + static_cast<std::ptrdiff_t>(std::min(chain.der.size(), kMostCertificates)));
  for (const tls::wire::Bytes& der : seen.der) seen.certificates.push_back(read(der));
  if (seen.certificates.empty()) return seen;
  const tls::CertificateFacts& leaf = seen.certificates.front();
  seen.asked_for = kind_of(leaf.key);
  seen.self_signed = leaf.self_signed;
  seen.validity_days = static_cast<int>(tls::days_between(leaf.not_before, leaf.not_after));
  seen.extended_validation = pki::is_extended_validation(seen.der.front());
  seen.scts_in_certificate = pki::count_embedded_scts(seen.der.front());
  seen.scts_in_extension = chain.scts_in_extension;
  seen.tyk_id = leaf.sha256;
  judge_trust(seen, anchors, at);
  judge_dates(seen, at);
  judge_name(seen, host);
  judge_stapled(seen, chain, at);
  return seen;
}

}  // namespace tlsward::probe
