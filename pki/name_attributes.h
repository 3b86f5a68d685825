// The parts of the names in a certificate, as they stand there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tlsward::pki {

/// AttributeTypeAndValue (RFC 5280, 4.1.2.4).
struct NameAttribute {
  std::vector<std::uint64_t> type;  // {2, 5, 4, 3}: commonName
  std::string value;                // UTF-8, not escaped
};

/// In the order in which they are stored; sets of more than one part are taken apart.
struct CertificateNames {
  std::vector<NameAttribute> issuer, subject;
};

/// Of the first certificate in a PEM text. Error: there is none.
Result<CertificateNames> read_names(std::string_view pem);

}  // namespace tlsward::pki
