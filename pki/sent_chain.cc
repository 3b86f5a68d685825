#include "pki/sent_chain.h"

#include <algorithm>
#include <utility>

#include "pki/openssl_error.h"
#include "pki/signature_budget.h"
#include "pki/x509_object.h"

namespace tlsward::pki {
namespace {

Result<SentCertificate> read_one(const DerBytes& der, SignatureBudget& budget) {
  if (der.size() > kMaxCertificateBytes) {
    return Error{"certificate of " + std::to_string(der.size()) + " bytes; at most " +
                 std::to_string(kMaxCertificateBytes) + " are read"};
  }
  Result<DecodedCertificate> decoded = decode_certificate(der);
  if (!decoded) return decoded.error();
  Result<ReadCertificate> read = read_certificate(*decoded, der, budget);
  if (!read) return read.error();
  SentCertificate sent{std::move(decoded->x509), std::move(read->facts)};
  const EVP_PKEY* key = X509_get0_pubkey(sent.x509.get());
  sent.may_issue = key == nullptr || may_check_signatures_of(key);
  drop_openssl_errors();
  return sent;
}

}  // namespace

SentChain read_sent_chain(const std::vector<DerBytes>& chain) {
  SentChain sent;
  sent.gaps = chain.size() > kMaxChainLength;
  SignatureBudget budget;
  for (std::size_t i = 0; i < std::min(chain.size(), kMaxChainLength); ++i) {
    Result<SentCertificate> certificate = read_one(chain[i], budget);
    if (certificate) {
      sent.certificates.push_back(std::move(*certificate));
      continue;
    }
    sent.gaps = true;
    if (i > 0) continue;
    sent.leaf_problem = certificate.error().message;
    return sent;
  }
  return sent;
}

const SentCertificate* find_sent_issuer(const SentChain& chain, const SentCertificate& certificate) {
  for (const SentCertificate& candidate : chain.certificates) {
    if (candidate.facts.sha256 != certificate.facts.sha256 && names_issuer(candidate.facts, certificate.facts)) {
      return &candidate;
    }
  }
  return nullptr;
}

}  // namespace tlsward::pki
