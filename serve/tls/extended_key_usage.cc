#include "serve/tls/extended_key_usage.h"

#include <openssl/x509v3.h>

#include "pki/openssl_ptr.h"

namespace tlsward::serve {
namespace {

using UsagesPtr = pki::OpenSslPtr<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

bool allows(const X509* certificate, int usage) {
  int critical = -1;
  const UsagesPtr usages(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr)));
  if (!usages) return critical == -1;  // not there; else it could not be read
  for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    const int allowed = OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), i));
    if (allowed == usage || allowed == NID_anyExtendedKeyUsage) return true;
  }
  return false;
}

}  // namespace

bool allows_usage(const STACK_OF(X509) * chain, int usage) {
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    if (!allows(sk_X509_value(chain, i), usage)) return false;
  }
  return true;
}

}  // namespace tlsward::serve
