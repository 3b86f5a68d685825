#include "pki/openssl_error.h"

#include <openssl/err.h>

#include <algorithm>

namespace tlsward::pki {

std::string take_openssl_error() {
  // The oldest entry is the innermost cause; later ones only say which function passed it on.
  const unsigned long code = ERR_peek_error();
  const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
  std::string text = reason != nullptr ? reason : "unknown error";
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  ERR_clear_error();
  return text;
}

void drop_openssl_errors() {
  ERR_clear_error();
}

}  // namespace tlsward::pki
