// What OpenSSL found wrong with a chain, in words of our own.
#pragma once

#include <openssl/x509.h>

#include <string>

#include "pki/sent_chain.h"

namespace tlsward::pki {

/// An error of X509_verify_cert and the certificate that has it, which may be null.
struct VerifyError {
  int code = X509_V_OK;  // X509_V_ERR_…
  int depth = 0;         // 0: the leaf
  X509* certificate = nullptr;
};

/// A verdict with its reason.
struct Judgement {
  Trust trust = Trust::Untrusted;
  std::string reason;
};

/// What `error` says about a server that sent `chain`. Unknown where this OpenSSL does not know the algorithm of a
/// signature or key, so that nobody can tell.
Judgement judge_error(const VerifyError& error, const SentChain& chain);

/// "'CN=X'", as tls::describe says it.
std::string describe(const X509* certificate);

}  // namespace tlsward::pki
