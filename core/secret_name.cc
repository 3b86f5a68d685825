#include "core/secret_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace tlsward {
namespace {

constexpr std::array<std::string_view, 8> kWords = {"secret", "password", "passwd",     "passphrase",
                                                    "token",  "apikey",   "credential", "cypherkey"};

}  // namespace

bool is_secret_name(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return letters.find(word) != std::string::npos; });
}

}  // namespace tlsward
