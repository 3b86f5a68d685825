// Certificates and keys as OpenSSL holds them: what a context's material becomes when it is served. Keys are never
// printed.
#pragma once

#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "pki/openssl_ptr.h"
#include "tls/context.h"

namespace tlsward::serve {

/// A certificate with its chain and its private key.
struct Credential {
  pki::OpenSslPtr<X509, X509_free> leaf;
  std::vector<pki::OpenSslPtr<X509, X509_free>> chain;  // what is sent behind the leaf, in this order
  pki::OpenSslPtr<EVP_PKEY, EVP_PKEY_free> key;
  std::string origin;  // for messages: "tls.keys[0] (/etc/krakend/orders.pem)"
};

/// A certificate that is believed, and the material that it stands in.
struct Anchor {
  pki::OpenSslPtr<X509, X509_free> certificate;
  std::size_t material = tls::kNoMaterial;  // into TlsContext::material
};

/// Everything of one context that OpenSSL needs, immutable and shared by threads.
struct Credentials {
  std::vector<std::shared_ptr<const Credential>> identities;  // in the order of TlsContext::identities
  std::vector<Anchor> anchors;                                // of the trust sources that are material, in their order
  bool system_anchors = false;                                // and the system's store beside them
};

/// Where PEM texts come from: reads material of a context. Path and inline text are both behind it.
class MaterialSource {
 public:
  virtual ~MaterialSource() = default;
  /// The PEM text of a context with this role. Error: one sentence with the field, the file and what is wrong, never
  /// with what stands in it.
  virtual Result<std::string> text(const tls::Material& material, tls::Role role) const = 0;
};

/// Reads them all. Error: the first identity that is unreadable, has no certificate or no key, or whose key does not
/// belong to its certificate ("tls.keys[0].private_key (/etc/x.key): the key is not that of the certificate in ...").
Result<Credentials> load_credentials(const tls::TlsContext& context, const MaterialSource& source);

}  // namespace tlsward::serve
