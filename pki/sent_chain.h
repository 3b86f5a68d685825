// The certificates that a server sent, read: for pki's own .cc files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pki/openssl_ptr.h"
#include "pki/verify.h"

namespace tlsward::pki {

/// More certificates, or longer ones, are not looked at.
inline constexpr std::size_t kMaxChainLength = 32;
inline constexpr std::size_t kMaxCertificateBytes = 64 * 1024;

struct SentCertificate {
  X509Ptr x509;
  tls::CertificateFacts facts;
  bool may_issue = true;  // signatures by its key are checked (may_check_signatures_of)
};

struct SentChain {
  std::vector<SentCertificate> certificates;  // those that could be read, in order; the leaf first
  std::string leaf_problem;                   // why the first one could not be read; then there are none
  bool gaps = false;                          // others could not be read, or were too many
};

/// Reads `chain` within the bounds above.
SentChain read_sent_chain(const std::vector<DerBytes>& chain);

/// The first certificate other than `certificate` that issued it, as far as names and key identifiers tell; nullptr
/// where none was sent.
const SentCertificate* find_sent_issuer(const SentChain& chain, const SentCertificate& certificate);

}  // namespace tlsward::pki
