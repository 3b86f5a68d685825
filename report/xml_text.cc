#include "report/xml_text.h"

#include <fmt/format.h>

#include "core/width.h"

namespace tlsward::report {
namespace {

// XML 1.0, 2.2: Char, without the line breaks and tabs that no value of ours needs.
bool allowed(char32_t value) {
  return value >= 0x20 && value != 0xFFFE && value != 0xFFFF;
}

std::string cleaned(std::string_view text) {
  std::string result;
  const std::string safe = printable(text);
  for (std::string_view rest = safe; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    result += allowed(point.value) ? rest.substr(0, point.bytes) : std::string_view("\xEF\xBF\xBD");
    rest.remove_prefix(point.bytes);
  }
  return result;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : cleaned(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string xml_cdata(std::string_view text) {
  constexpr std::string_view kEnd = "]]>";
  std::string body = cleaned(text);
  for (std::size_t at = body.find(kEnd); at != std::string::npos; at = body.find(kEnd, at + kEnd.size()))
    body.replace(at, kEnd.size(), "]]]]><![CDATA[>");
  return fmt::format("<![CDATA[{}]]>", body);
}

}  // namespace tlsward::report
