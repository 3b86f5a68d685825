// Keys to facts.
#pragma once

#include <openssl/x509.h>

#include <span>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::pki {

/// Facts of a private key in DER: PKCS#8, PKCS#1 (RSA), SEC 1 (EC) or DSA's own. `encrypted` where it is PKCS#8 under
/// a passphrase, which is never asked for. Error where OpenSSL cannot read it or bytes follow it.
Result<tls::KeyFacts> read_private_key(std::span<const unsigned char> der);

/// Facts of a SubjectPublicKeyInfo in DER. Error as above.
Result<tls::KeyFacts> read_public_key(std::span<const unsigned char> der);

/// Facts of an RSAPublicKey (PKCS#1) in DER. Error as above.
Result<tls::KeyFacts> read_rsa_public_key(std::span<const unsigned char> der);

/// Facts of the key in a certificate. A key of a kind that OpenSSL does not know has only `spki_sha256`.
tls::KeyFacts key_facts(const X509_PUBKEY* key);

}  // namespace tlsward::pki
