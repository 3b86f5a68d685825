// What Tyk tells of a certificate, in the JSON of Go's encoding/json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/certificates/store.h"

namespace tlsward::serve {

/// {"id", "fingerprint", "has_private", "issuer", "subject", "not_before", "not_after", "dns_names", "is_ca"} as
/// ExtractCertificateMeta makes it (certs/manager.go): the names are Go's pkix.Name; the fingerprint is that of the
/// last certificate in the chain, all else is of the first; dns_names is left out where there is none. A public key is
/// a certificate without names and dates whose subject is "Public Key: <SHA-256>".
std::string certificate_meta(const StoredCertificate& certificate);
/// An array of the same; null for each that there is not.
std::string certificate_metas(const std::vector<std::optional<StoredCertificate>>& certificates);
/// {"certs": [...]} of {"id", "issuer_cn", "subject_cn", "dns_names", "has_private", "not_before", "not_after",
/// "is_ca"} (ExtractCertificateBasics); dns_names is null where there is none.
std::string certificate_basics(const std::vector<StoredCertificate>& certificates);
/// {"certs": ["…"]}; null for none.
std::string certificate_ids(const std::vector<std::string>& ids);
/// {"status", "message"}, with {"id"} in front where it is not empty.
std::string status_message(std::string_view id, std::string_view status, std::string_view message);

}  // namespace tlsward::serve
