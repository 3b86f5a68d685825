// A PEM text that somebody hands to Tyk's certificate store, judged as the gateway judges it.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "pki/secret_bytes.h"
#include "tls/certificate.h"

namespace tlsward::serve {

/// What is stored of an upload.
struct PemUpload {
  std::string sha256;    // of the DER of the first certificate, or of the public key: 64 lower-case hex digits
  std::string pem;       // the certificates in their order, or the public key; nothing else
  pki::SecretBytes key;  // in PEM; empty where there was none
};

/// Reads certificates with at most one private key, which has to be that of the first certificate; or one public key,
/// the last of them. Blocks that Go's encoding/pem passes over do not count. Error: the words that the gateway has in
/// its answer. Those that Go's crypto/x509 has for a certificate that cannot be read are many; here they are one.
/// Sources: certs/manager.go (GetCertIDAndChainPEM), crypto/tls/tls.go (X509KeyPair), read 2026-11-26.
Result<PemUpload> read_pem_upload(std::string_view text, tls::Time now);

}  // namespace tlsward::serve
