// The table of cipher suites for `tlsward ciphers [PATTERN]`: which suites a pattern means, and how they are printed.
#pragma once

#include <cstdio>
#include <string_view>
#include <vector>

#include "tls/cipher_suite.h"

namespace tlsward::report {

/// What a pattern selects.
struct CipherSelection {
  std::vector<const tls::CipherSuiteFacts*> rows;  // ascending by code; owned by the table of tls/
  bool exact = false;                              // the pattern is one spelling of one suite
};

/// The suites that `pattern` means, tried in this order: one suite in any spelling that tls::parse_cipher_suite knows;
/// with
/// `*` or `?` in it a glob for a whole name; else a part of a name. Names are those of IANA, OpenSSL, Go and GnuTLS,
/// case does not matter. An empty pattern selects every suite; a pattern that fits none gives no rows.
CipherSelection select_ciphers(std::string_view pattern);

/// One line per suite under a heading: code, names, versions and properties; "-" for a name that a program lacks. An
/// exact selection is printed as all its spellings instead, one per line ("KrakenD: 49199"). Nothing at all for no
/// rows.
void write_ciphers_text(const CipherSelection& selection, std::FILE* out);

/// {"schema": "tlsward-ciphers/1", "ciphers": […]}; null for a name that a program lacks.
void write_ciphers_json(const CipherSelection& selection, std::FILE* out);

}  // namespace tlsward::report
