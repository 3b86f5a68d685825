#include "gateways/krakend/hosts.h"

#include <cctype>

// KrakenD searches the text for its pattern, wherever it begins, and wants exactly one match. What stands before,
// behind and between is dropped: "[::1]" is the host "1" to it.

namespace tlsward::gateways::krakend {
namespace {

constexpr std::size_t kFewestDigits = 2;
constexpr std::size_t kMostDigits = 6;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_host_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
}

std::string_view scheme_at(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme) && text.size() > scheme.size() && is_host_character(text[scheme.size()]))
      return scheme;
  }
  return {};
}

std::string_view host_at(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_host_character(text[size])) ++size;
  return text.substr(0, size);
}

/// With its colon; empty where there is none.
std::string_view port_at(std::string_view text) {
  if (!text.starts_with(':')) return {};
  std::size_t digits = 0;
  while (digits < kMostDigits && digits + 1 < text.size() && is_digit(text[digits + 1])) ++digits;
  return digits < kFewestDigits ? std::string_view{} : text.substr(0, digits + 1);
}

}  // namespace

std::optional<std::string> cleaned_host(std::string_view text) {
  std::optional<std::string> found;
  while (!text.empty()) {
    const std::string_view scheme = scheme_at(text);
    const std::string_view host = host_at(text.substr(scheme.size()));
    if (host.empty()) {
      text.remove_prefix(1);
      continue;
    }
    if (found) return std::nullopt;
    const std::string_view port = port_at(text.substr(scheme.size() + host.size()));
    found = std::string(scheme.empty() ? "http://" : scheme).append(host).append(port);
    text.remove_prefix(scheme.size() + host.size() + port.size());
  }
  return found;
}

}  // namespace tlsward::gateways::krakend
