#include "net/postgres_error.h"

#include <fmt/format.h>

#include "net/server_text.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

// "Error and Notice Message Fields"
constexpr char kSeverity = 'S';
constexpr char kMessage = 'M';

std::string_view take_until_zero(std::string_view& rest) {
  const std::string_view text = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(std::min(text.size() + 1, rest.size()));
  return text;
}

std::optional<std::string> parse_fields(std::string_view fields) {
  std::string_view severity, message;
  while (!fields.empty() && fields[0] != '\0') {
    const char letter = fields[0];
    fields.remove_prefix(1);
    const std::string_view value = take_until_zero(fields);
    if (letter == kSeverity) severity = value;
    if (letter == kMessage) message = value;
  }
  if (severity.empty() || message.empty()) return {};
  return fmt::format("{}: {}", severity, message);
}

bool is_severity(std::string_view text) {
  return text.starts_with("FATAL") || text.starts_with("ERROR") || text.starts_with("PANIC");
}

}  // namespace

std::optional<std::string> parse_postgres_error(std::string_view bytes) {
  constexpr std::size_t kHeader = 5;  // 'E' and a length that counts itself
  if (!bytes.starts_with('E') || bytes.size() <= kHeader) return {};
  std::string_view text = bytes.substr(1);
  if (text[0] != '\0') {
    text = take_until_zero(text);
    // As of PostgreSQL 15 the text of a process that could not be started has no severity in front.
    if (!is_severity(text) && !text.starts_with("could not")) return {};
    return std::string(text);
  }
  tls::wire::Reader reader(bytes_of(text));
  const std::uint32_t length = reader.u32();
  if (length < 4) return {};
  return parse_fields(bytes.substr(kHeader, length - 4));
}

}  // namespace tlsward::net
