// What bytes are, where they are not PEM.
#pragma once

#include <optional>
#include <string_view>

#include "tls/certificate.h"

namespace tlsward::pki {

/// Recognises DER, PKCS#12, PKCS#7 and Java key stores by their first bytes; where these say nothing and `bytes` is
/// neither text nor PEM, by the ending of `file_name`. Nullopt for text and PEM.
std::optional<tls::Encoding> binary_encoding(std::string_view bytes, std::string_view file_name);

/// True where `bytes` holds control characters that no text has.
bool is_binary(std::string_view bytes);

}  // namespace tlsward::pki
