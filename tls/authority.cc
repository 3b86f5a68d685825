#include "tls/authority.h"

#include <algorithm>
#include <cctype>

namespace tlsward::tls {
namespace {

constexpr std::string_view kDefaultPort = ":443";

std::string_view without_scheme(std::string_view endpoint) {
  const std::size_t end = endpoint.find("://");
  return end == std::string_view::npos ? endpoint : endpoint.substr(end + 3);
}

/// The colon that separates a port; those of an IPv6 address stand in brackets.
bool has_port(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  return authority.find(':', bracket == std::string_view::npos ? 0 : bracket) != std::string_view::npos;
}

}  // namespace

std::string authority(std::string_view endpoint) {
  std::string_view text = without_scheme(endpoint);
  text = text.substr(0, text.find_first_of("/?#"));
  if (text.empty() || text.front() == ':' || text.find(' ') != std::string_view::npos) return {};
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
  if (!has_port(text)) result += kDefaultPort;
  return result;
}

}  // namespace tlsward::tls
