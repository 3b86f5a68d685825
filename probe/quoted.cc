#include "probe/quoted.h"

#include <fmt/format.h>

#include "core/text_check.h"

namespace tlsward::probe {
namespace {

constexpr std::size_t kShown = 80;

// Directional formatting characters reorder what follows them on the screen.
bool harmless(char32_t value) {
  const bool control = value < 0x20 || (value >= 0x7F && value < 0xA0);
  const bool directional = (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  return !control && !directional;
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string result = "'";
  std::size_t at = 0;
  while (at < text.size() && at < kShown) {
    const std::size_t length = utf8_length(text, at);
    if (length > 0 && harmless(code_point(text, at))) {
      result += text.substr(at, length);
    } else {
      for (const char byte : text.substr(at, length == 0 ? 1 : length))
        result += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
    at += length == 0 ? 1 : length;
  }
  return result + (at < text.size() ? "...'" : "'");
}

}  // namespace tlsward::probe
