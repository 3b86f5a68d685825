// Formatted output that never throws: a reader that goes away or a full disk shows in ferror, which is asked once at
// the end.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace tlsward {

/// As fmt::print, which throws std::system_error where the bytes cannot be written.
template <class... Args>
void print_to(std::FILE* out, fmt::format_string<Args...> format, Args&&... args) {
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  std::fwrite(text.data(), 1, text.size(), out);
}

}  // namespace tlsward
