#include "report/paint.h"

#include <fmt/format.h>

namespace tlsward::report {

std::string Paint::operator()(std::string_view code, std::string_view text) const {
  return on && !code.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string_view severity_color(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "1;31";
    case Severity::Warning:
      return "1;33";
    case Severity::Info:
      break;
  }
  return "1;36";
}

std::string hyperlink(std::string_view url, std::string_view text) {
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", url, text);
}

}  // namespace tlsward::report
