#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/text.h"
#include "pki/verify.h"

namespace tlsward::pki {
namespace {

using PoliciesPtr = OpenSslPtr<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;

/// CA/Browser Forum, EV Guidelines 7.1.6.4; and the same in DER.
constexpr std::string_view kExtendedValidation = "2.23.140.1.1";
constexpr std::array<std::uint8_t, 7> kExtendedValidationDer = {0x06, 0x05, 0x67, 0x81, 0x0c, 0x01, 0x01};

/// Cheap, unlike decoding a certificate.
bool may_name_policy(const DerBytes& certificate) {
  return std::search(certificate.begin(), certificate.end(), kExtendedValidationDer.begin(),
                     kExtendedValidationDer.end()) != certificate.end();
}

}  // namespace

bool is_extended_validation(const DerBytes& certificate) {
  if (!may_name_policy(certificate)) return false;
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
