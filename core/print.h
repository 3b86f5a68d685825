// Formatted output that never throws: a reader that goes away or a full disk shows in ferror, which is asked once at
// the end.
// Standard error is for people: what goes there is made safe for a terminal here, so that no message can forget it.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "core/width.h"

namespace tlsward {

/// Bytes as they are, also those that are meant for a terminal: colours, a line that is written over.
inline void write_to(std::FILE* out, std::string_view bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), out);
}

/// As fmt::print, which throws std::system_error where the bytes cannot be written. On stderr what would do something
/// to a terminal is replaced (printable_lines).
template <class... Args>
void print_to(std::FILE* out, fmt::format_string<Args...> format, Args&&... args) {
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  write_to(out, out == stderr ? printable_lines(text) : text);
}

}  // namespace tlsward
