// How Tyk's fields name certificates: by id, by path, or (in newer versions) by the PEM text itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tls/certificate.h"

namespace tlsward::gateways::tyk {

enum class ReferenceForm : std::uint8_t {
  Empty,        // no certificate
  Unresolved,   // a reference that run time resolves, or a documentation placeholder
  Id,           // id of the certificate store: optional organisation id, SHA-256 in lower-case hex
  MalformedId,  // the same hash as `openssl x509 -fingerprint` prints it: colons, upper case, prefix
  InlinePem,    // the PEM text
  Path,         // a file name
  Other,        // nothing that Tyk could find
};

/// What a written text is. Never Unresolved: the document says that.
ReferenceForm form_of(std::string_view text);

/// An id of the certificate store, taken apart. Source: certs/manager.go Add (`certID = orgID + certID`).
struct CertificateId {
  std::string organisation;  // may be empty
  std::string sha256;        // 64 lower-case hex digits, of the DER of the first certificate
};
/// The parts of an id; nullopt for every other form.
std::optional<CertificateId> parse_certificate_id(std::string_view text);
/// The id that a MalformedId stands for: lower-case hex without colons, blanks and the name of the hash in
/// front. Nullopt for other forms.
std::optional<std::string> normalised_id(std::string_view text);

/// True for hex digits of an even number: Tyk looks a pin of this form up in its store alone, and every other one as a
/// file alone. Source: certs/manager.go isSHA256, ListPublicKeys.
bool is_hex(std::string_view text);

/// PEM text whose line breaks were lost, with line breaks; as it is where there is no block in it. Source:
/// certs/manager.go normalizeCollapsedPEM.
std::string with_line_breaks(std::string_view pem);

/// The certificates of a directory by id.
class CertificateIndex {
 public:
  struct Entry {
    std::string file;
    tls::Bundle bundle;
  };

  /// Reads every regular file of at most 4 MiB directly in `directory`; what holds no certificate is left out. Nothing
  /// is found where the directory cannot be read.
  static CertificateIndex read(const std::string& directory);
  /// The file whose first certificate has this SHA-256 (64 lower-case hex digits), or nullptr.
  const Entry* find(std::string_view sha256) const;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace tlsward::gateways::tyk
