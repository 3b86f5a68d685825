// Vendors' pages show values that stand for others: `<cert-id>`, `/path/to/cert.pem`, `{NAME}`. Somebody who copies the
// page and forgets one has a value that can never work.
#include <cctype>

#include "gateways/gateway.h"

namespace tlsward::gateways {
namespace {

constexpr std::string_view kPath = "/path/to/";

/// One or more words of letters, digits and the marks that vendors use inside a placeholder.
bool is_token(std::string_view text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0) return false;
  for (char c : text) {
    const bool mark = c == '-' || c == '_' || c == ' ' || c == '.' || c == ':' || c == '|' || c == ',';
    if (!mark && std::isalnum(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

/// `<token>`, also with a remark behind it (`<string> // REQUIRED`) or with a port (`<host>:<port>`, `<host>:6379`).
bool is_angle_token(std::string_view text) {
  const std::size_t close = text.find('>');
  if (close == std::string_view::npos || !is_token(text.substr(1, close - 1))) return false;
  const std::string_view rest = text.substr(close + 1);
  if (rest.starts_with(":<")) return is_angle_token(rest.substr(1));
  if (rest.size() > 1 && rest.front() == ':') return rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
  const std::size_t first = rest.find_first_not_of(' ');
  return first == std::string_view::npos || rest.substr(first, 2) == "//";
}

bool is_brace_token(std::string_view text) {
  if (text.size() < 3 || text.back() != '}') return false;
  const std::string_view token = text.substr(1, text.size() - 2);
  return is_token(token) && token.find_first_of(" .:|,") == std::string_view::npos;
}

}  // namespace

bool is_placeholder(std::string_view scalar) {
  if (scalar.empty()) return false;
  if (scalar.front() == '<') return is_angle_token(scalar);
  if (scalar.front() == '{') return is_brace_token(scalar);
  return scalar.substr(0, kPath.size()) == kPath;
}

bool may_hold_placeholder(std::string_view json) {
  const auto holds = [&](std::string_view part) { return json.find(part) != std::string_view::npos; };
  return holds("<") || holds(kPath) || holds("\"{");
}

}  // namespace tlsward::gateways
