// Times in certificates.
#pragma once

#include <openssl/asn1.h>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::pki {

/// The moment that a UTCTime or GeneralizedTime names (RFC 5280, 4.1.2.5: years 0000 to 9999, all of which Time can
/// hold). Error where `time` is null or no date, such as February 30.
Result<tls::Time> to_time(const ASN1_TIME* time);

}  // namespace tlsward::pki
