#include "pki/verify_reason.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pki/openssl_error.h"
#include "pki/signature_budget.h"
#include "pki/text.h"
#include "tls/material.h"

namespace tlsward::pki {
namespace {

const SentCertificate* find_sent(const SentChain& chain, const X509* certificate) {
  const auto found =
      std::find_if(chain.certificates.begin(), chain.certificates.end(),
                   [&](const SentCertificate& sent) { return X509_cmp(sent.x509.get(), certificate) == 0; });
  return found == chain.certificates.end() ? nullptr : &*found;
}

/// A certificate that claims to be the issuer, but whose key is beyond the bounds.
const SentCertificate* find_dear_issuer(const SentChain& chain, const X509* certificate) {
  const SentCertificate* sent = find_sent(chain, certificate);
  const SentCertificate* issuer = sent != nullptr ? find_sent_issuer(chain, *sent) : nullptr;
  return issuer != nullptr && !issuer->may_issue ? issuer : nullptr;
}

std::string unknown_issuer(const X509* certificate, const SentChain& chain) {
  if (const SentCertificate* issuer = find_dear_issuer(chain, certificate)) {
    return fmt::format(
        "{}-bit RSA key of {} is out of bounds: signatures are checked up to {} bits, with exponents of up to {}",
        issuer->facts.key.bits, tls::describe(issuer->facts), kMaxRsaBits, kMaxRsaExponentBits);
  }
  const std::string issuer = name_text(X509_get_issuer_name(certificate));
  if (issuer.empty()) return fmt::format("{} names no issuer", describe(certificate));
  return fmt::format("issuer '{}' is not known", issuer);
}

bool knows_signature_algorithm(const X509* certificate) {
  const int algorithm = X509_get_signature_nid(certificate);
  return algorithm != NID_undef && OBJ_find_sigid_algs(algorithm, nullptr, nullptr) == 1;
}

Judgement wrong_signature(const X509* certificate, const SentChain& chain) {
  const std::string issuer = name_text(X509_get_issuer_name(certificate));
  if (knows_signature_algorithm(certificate)) {
    return {Trust::Untrusted, fmt::format("signature of {} was not made by '{}'", describe(certificate), issuer)};
  }
  const SentCertificate* sent = find_sent(chain, certificate);
  const std::string algorithm = sent != nullptr ? sent->facts.signature_algorithm : "unknown";
  return {Trust::Unknown, fmt::format("signature of {} is of a kind that this OpenSSL cannot check ({})",
                                      describe(certificate), algorithm)};
}

std::string wrong_purpose(const X509* certificate, const SentChain& chain) {
  const SentCertificate* sent = find_sent(chain, certificate);
  if (sent == nullptr) return fmt::format("{} is not for TLS servers", describe(certificate));
  const tls::CertificateFacts& facts = sent->facts;
  if (facts.has_eku) {
    return fmt::format("{} is not for TLS servers: its extended key usage is {}", tls::describe(facts),
                       fmt::join(facts.extended_key_usage, ", "));
  }
  return fmt::format("{} is not for TLS servers: its key usage is {}", tls::describe(facts),
                     fmt::join(facts.key_usage, ", "));
}

std::string no_ca(const X509* certificate, const SentChain& chain) {
  const SentCertificate* sent = find_sent(chain, certificate);
  const bool old = X509_get_version(certificate) != X509_VERSION_3;
  if (old) {
    return fmt::format("{} issued another certificate but is no CA: X.509 version {} cannot say that it is one",
                       describe(certificate), X509_get_version(certificate) + 1);
  }
  if (sent == nullptr || !sent->facts.is_ca) {
    return fmt::format("{} issued another certificate but is no CA (basicConstraints)", describe(certificate));
  }
  return fmt::format("{} issued another certificate but may not: its key usage is {}", describe(certificate),
                     fmt::join(sent->facts.key_usage, ", "));
}

std::string unknown_critical_extension(const X509* certificate) {
  for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
    X509_EXTENSION* extension = X509_get_ext(certificate, i);
    if (X509_EXTENSION_get_critical(extension) == 0 || X509_supported_extension(extension) == 1) continue;
    return fmt::format("{} has a critical extension that nobody knows: {}", describe(certificate),
                       oid_text(X509_EXTENSION_get_object(extension)));
  }
  return fmt::format("{} has a critical extension that nobody knows", describe(certificate));
}

std::string other_error(const VerifyError& error) {
  const char* text = X509_verify_cert_error_string(error.code);
  if (error.certificate == nullptr) return text;
  return fmt::format("{}: {}", describe(error.certificate), text);
}

}  // namespace

std::string describe(const X509* certificate) {
  tls::CertificateFacts facts;
  facts.subject = name_text(X509_get_subject_name(certificate));
  facts.serial = hex(X509_get0_serialNumber(certificate));
  return tls::describe(facts);
}

Judgement judge_error(const VerifyError& error, const SentChain& chain) {
  X509* certificate = error.certificate;
  if (certificate == nullptr) return {Trust::Untrusted, other_error(error)};
  switch (error.code) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return {Trust::Untrusted, "self-signed certificate"};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return {Trust::Untrusted, fmt::format("self-signed root {} is not known", describe(certificate))};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return {Trust::Untrusted, unknown_issuer(certificate, chain)};
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
      return wrong_signature(certificate, chain);
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
      return {Trust::Unknown,
              fmt::format("key of {} is of a kind that this OpenSSL cannot read", describe(certificate))};
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_NON_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return {Trust::Untrusted, no_ca(certificate, chain)};
    case X509_V_ERR_INVALID_PURPOSE:
      return {Trust::Untrusted, wrong_purpose(certificate, chain)};
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
      return {Trust::Untrusted, fmt::format("more CAs follow {} than its path length of {} allows",
                                            describe(certificate), X509_get_pathlen(certificate))};
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
      return {Trust::Untrusted, unknown_critical_extension(certificate)};
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
      return {Trust::Untrusted, fmt::format("an issuer's name constraints exclude {}", describe(certificate))};
    default:
      return {Trust::Untrusted, other_error(error)};
  }
}

}  // namespace tlsward::pki
