#include <algorithm>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/text.h"
#include "pki/verify.h"

namespace tlsward::pki {
namespace {

using PoliciesPtr = OpenSslPtr<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;

/// CA/Browser Forum, EV Guidelines 7.1.6.4.
constexpr std::string_view kExtendedValidation = "2.23.140.1.1";

}  // namespace

bool is_extended_validation(const DerBytes& certificate) {
  const unsigned char* at = certificate.data();
  const X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  const PoliciesPtr policies(
      x509 ? static_cast<CERTIFICATEPOLICIES*>(X509_get_ext_d2i(x509.get(), NID_certificate_policies, nullptr, nullptr))
           : nullptr);
  drop_openssl_errors();
  for (int i = 0; i < sk_POLICYINFO_num(policies.get()); ++i) {
    if (oid_text(sk_POLICYINFO_value(policies.get(), i)->policyid) == kExtendedValidation) return true;
  }
  return false;
}

}  // namespace tlsward::pki
