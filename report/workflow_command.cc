#include "report/workflow_command.h"

#include <fmt/format.h>

#include "core/width.h"

namespace tlsward::report {
namespace {

std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return printable_lines(result);
}

}  // namespace

std::string_view workflow_command(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "notice";
}

std::string workflow_message(std::string_view text) {
  return escaped(text, "%\n\r");
}

std::string workflow_property(std::string_view text) {
  return escaped(text, "%\n\r:,");
}

}  // namespace tlsward::report
