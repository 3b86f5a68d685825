#include "serve/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "gateways/material.h"

namespace tlsward::serve {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int kManyNames = 10'000;
constexpr int kWeakBits = 1024;

constexpr std::array<FaultFacts, 17> kFaults = {{
    {Fault::Expired, "expired", "the certificate expired yesterday"},
    {Fault::NotYetValid, "not-yet-valid", "the certificate is valid from tomorrow on"},
    {Fault::WrongHost, "wrong-host", "the certificate names another host"},
    {Fault::SelfSigned, "self-signed", "the certificate signed itself"},
    {Fault::UntrustedRoot, "untrusted-root", "an authority that nobody was told of issued it"},
    {Fault::IncompleteChain, "incomplete-chain", "the intermediate certificate is not sent"},
    {Fault::ReversedChain, "reversed-chain", "the chain is sent the wrong way round behind its leaf, root first"},
    {Fault::NoSan, "no-san", "the certificate has a common name and no subjectAltName"},
    {Fault::WeakKey, "weak-key", "the certificate has an RSA key of 1024 bits"},
    {Fault::Sha1, "sha1", "the certificate is signed with SHA-1"},
    {Fault::ManySans, "many-sans", "the certificate names 10,000 hosts"},
    {Fault::StalledHandshake, "stalled-handshake", "the ClientHello is never answered"},
    {Fault::Reset, "reset", "the connection is reset when a request comes"},
    {Fault::TruncatedBody, "truncated-body", "the body of each response breaks off half way, without close_notify"},
    {Fault::NoClientCertRequest, "no-client-cert-request", "no client certificate is asked for"},
    {Fault::Tls12Only, "tls12-only", "TLS 1.2 and nothing else"},
    {Fault::Tls13Only, "tls13-only", "TLS 1.3 and nothing else"},
}};

bool fits_common_name(const std::string& name) {
  constexpr std::size_t kMaxCommonName = 64;  // RFC 5280, appendix A: ub-common-name
  return !name.empty() && name.size() <= kMaxCommonName;
}

pki::CertificatePlan leaf_plan(const std::vector<std::string>& names, tls::Time now) {
  pki::CertificatePlan plan;
  const auto first = std::find_if(names.begin(), names.end(), fits_common_name);
  plan.common_name = first == names.end() ? "localhost" : *first;
  for (const std::string& name : names)
    (gateways::is_ip_literal(name) ? plan.ip_addresses : plan.dns_names).push_back(name);
  plan.not_before = now - hours(1);
  plan.not_after = now + days(30);
  plan.server_auth = true;
  return plan;
}

pki::CertificatePlan authority_plan(std::string name, tls::Time now) {
  pki::CertificatePlan plan;
  plan.common_name = std::move(name);
  plan.not_before = now - hours(1);
  plan.not_after = now + days(30);
  plan.authority = true;
  return plan;
}

void spoil(Fault fault, tls::Time now, pki::CertificatePlan& plan) {
  switch (fault) {
    case Fault::Expired:
      plan.not_before = now - days(31);
      plan.not_after = now - days(1);
      break;
    case Fault::NotYetValid:
      plan.not_before = now + days(1);
      break;
    case Fault::WrongHost:
      plan.common_name = "wrong.invalid";
      plan.dns_names = {"wrong.invalid"};
      plan.ip_addresses.clear();
      break;
    case Fault::NoSan:
      plan.dns_names.clear();
      plan.ip_addresses.clear();
      break;
    case Fault::WeakKey:
      plan.rsa_bits = kWeakBits;
      break;
    case Fault::Sha1:
      plan.digest = "SHA1";
      break;
    case Fault::ManySans:
      for (int i = 0; i < kManyNames; ++i) plan.dns_names.push_back(fmt::format("host-{}.invalid", i));
      break;
    default:
      break;
  }
}

/// Below an intermediate authority of `authority`.
Result<pki::IssuedCertificate> chained(Fault fault, const pki::CertificatePlan& plan,
                                       const pki::IssuedCertificate& authority, tls::Time now) {
  auto intermediate = pki::issue(authority_plan("tlsward throw-away intermediate", now), &authority);
  if (!intermediate) return intermediate;
  auto leaf = pki::issue(plan, &*intermediate);
  if (leaf && fault == Fault::ReversedChain) leaf->certificate += authority.certificate + intermediate->certificate;
  pki::wipe(intermediate->key);
  return leaf;
}

}  // namespace

std::span<const FaultFacts> faults() {
  return kFaults;
}

std::optional<Fault> parse_fault(std::string_view name) {
  const auto* found =
      std::find_if(kFaults.begin(), kFaults.end(), [&](const FaultFacts& one) { return one.name == name; });
  if (found == kFaults.end()) return {};
  return found->fault;
}

bool is_certificate_fault(Fault fault) {
  return fault != Fault::None && fault <= Fault::ManySans;
}

Result<pki::IssuedCertificate> faulty_certificate(Fault fault, const std::vector<std::string>& names,
                                                  const pki::IssuedCertificate& authority, tls::Time now) {
  pki::CertificatePlan plan = leaf_plan(names, now);
  spoil(fault, now, plan);
  if (fault == Fault::SelfSigned) return pki::issue(plan, nullptr);
  if (fault == Fault::IncompleteChain || fault == Fault::ReversedChain) return chained(fault, plan, authority, now);
  if (fault != Fault::UntrustedRoot) return pki::issue(plan, &authority);
  auto stranger = pki::issue(authority_plan("tlsward untrusted CA", now), nullptr);
  if (!stranger) return stranger;
  auto leaf = pki::issue(plan, &*stranger);
  pki::wipe(stranger->key);
  return leaf;
}

void apply_fault(Fault fault, tls::TlsContext& context) {
  if (context.role != tls::Role::Listener) return;
  if (fault == Fault::NoClientCertRequest) context.client_auth.value = tls::ClientAuth::None;
  if (fault != Fault::Tls12Only && fault != Fault::Tls13Only) return;
  const tls::Version only = fault == Fault::Tls12Only ? tls::kTls12 : tls::kTls13;
  context.versions.value = {only};
}

}  // namespace tlsward::serve
