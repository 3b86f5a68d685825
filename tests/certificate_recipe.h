// The words of a certificate recipe; tests/certificates.h lists them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tlsward::tests {

/// A spec taken apart: words with a value, words without, and the kind of key.
struct CertificateRecipe {
  std::map<std::string, std::string, std::less<>> values;
  std::set<std::string, std::less<>> flags;
  std::string key = "ec:p256";

  bool has(std::string_view flag) const { return flags.find(flag) != flags.end(); }
  /// The value of `word`, or nullptr.
  const std::string* find(std::string_view word) const;
};

/// Error: the first word that nobody knows, or a quotation mark without its partner.
Result<CertificateRecipe> parse_certificate_recipe(std::string_view spec);

}  // namespace tlsward::tests
