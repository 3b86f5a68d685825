#include "pki/sct.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/verify.h"
#include "tls/wire/bytes.h"

namespace tlsward::pki {
namespace {

/// 1.3.6.1.4.1.11129.2.4.2 (RFC 6962, 3.3) in DER.
constexpr std::array<std::uint8_t, 12> kEmbeddedDer = {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04,
                                                       0x01, 0xd6, 0x79, 0x02, 0x04, 0x02};

/// Cheap, unlike decoding a certificate.
bool may_embed_scts(const DerBytes& certificate) {
  return std::search(certificate.begin(), certificate.end(), kEmbeddedDer.begin(), kEmbeddedDer.end()) !=
         certificate.end();
}

}  // namespace

int count_scts(const DerBytes& list) {
  tls::wire::Reader outer(list);
  tls::wire::Reader timestamps(outer.vector16());
  if (!outer.finished()) return 0;
  int count = 0;
  while (!timestamps.empty() && timestamps.ok()) {
    if (timestamps.vector16().empty()) return 0;
    ++count;
  }
  return timestamps.ok() ? count : 0;
}

int count_scts(X509_EXTENSION* extension) {
  if (extension == nullptr) return 0;
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(extension);
  const unsigned char* at = ASN1_STRING_get0_data(value);
  const OctetStringPtr inner(d2i_ASN1_OCTET_STRING(nullptr, &at, ASN1_STRING_length(value)));
  drop_openssl_errors();
  if (!inner) return 0;
  const unsigned char* data = ASN1_STRING_get0_data(inner.get());
  return count_scts(DerBytes(data, data + ASN1_STRING_length(inner.get())));
}

int count_embedded_scts(const DerBytes& certificate) {
  if (!may_embed_scts(certificate)) return 0;
  const unsigned char* at = certificate.data();
  const X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  drop_openssl_errors();
  const int place = x509 ? X509_get_ext_by_NID(x509.get(), NID_ct_precert_scts, -1) : -1;
  return place < 0 ? 0 : count_scts(X509_get_ext(x509.get(), place));
}

}  // namespace tlsward::pki
