// PEM, DER and friends to plain facts. OpenSSL stays behind this header.
#pragma once

#include <string_view>

#include "tls/certificate.h"

namespace tlsward::pki {

/// Reads everything that `bytes` holds: any number of certificates, keys and other blocks, in order. Never fails:
/// what cannot be read is named in Bundle::problems. DER, PKCS#12, PKCS#7 and Java key stores are recognised (by their
/// first bytes, and by the ending of `file_name` where that is given) but not opened. Text whose lines start with `#`,
/// or whose body is `...` or `insert …`, is Encoding::Placeholder. Key material is wiped after its facts were taken,
/// and no problem quotes what stands in a block; a passphrase is never asked for. Of texts over 4 MiB nothing is read,
/// of others the first 1,000 blocks; the signatures of the first 200 self-signed certificates are checked
/// (SignatureBudget).
tls::Bundle read_bundle(std::string_view bytes, std::string_view file_name = {});

/// True where the text is that of a certificate or key in place of its name: PEM, PEM in base64 once more, or the
/// base64 of DER without BEGIN and END. Such a text must not be printed.
bool holds_material(std::string_view text);

}  // namespace tlsward::pki
