#include "gateways/tyk/service_mux.h"

namespace tlsward::gateways::tyk {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";
  std::string result;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// Index behind the brace that closes the one at `open`; npos where none does.
std::size_t behind_closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

bool captures(std::string_view expression) {
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] == '\\')
      ++i;
    else if (expression[i] == '(' && expression.substr(i + 1, 1) != "?")
      return true;
  }
  return false;
}

}  // namespace

bool is_mux_template(std::string_view text) {
  return text.find_first_of("{}") != std::string_view::npos;
}

std::optional<std::string> mux_expression(std::string_view text, std::string_view any) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find_first_of("{}");
    result += quoted(text.substr(0, open));
    if (open == std::string_view::npos) return result;
    const std::size_t end = behind_closing(text, open);
    if (end == std::string_view::npos || text[open] == '}') return {};
    const std::string_view variable = text.substr(open + 1, end - open - 2);
    const std::size_t colon = variable.find(':');
    const std::string_view expression = colon == std::string_view::npos ? any : variable.substr(colon + 1);
    if (variable.substr(0, colon).empty() || expression.empty() || captures(expression)) return {};
    result.append("(?:").append(expression).append(")");
    text.remove_prefix(end);
  }
  return result;
}

}  // namespace tlsward::gateways::tyk
