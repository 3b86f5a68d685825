#include "probe/host_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "net/address.h"
#include "probe/quoted.h"

namespace tlsward::probe {
namespace {

constexpr std::size_t kMaxHost = 253;  // RFC 1035, 2.3.4: 255 bytes on the wire, two of them lengths
constexpr std::size_t kMaxLabel = 63;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The resolver takes "127.1", "10" and "0x7f.1" for addresses; here they would hide a typing error.
bool ends_in_number(std::string_view host) {
  const std::string_view label = host.substr(host.rfind('.') + 1);
  return label.starts_with("0x") || label.starts_with("0X") || std::all_of(label.begin(), label.end(), is_digit);
}

std::optional<Error> label_error(std::string_view host) {
  std::size_t begin = 0;
  while (begin <= host.size()) {
    const std::size_t end = std::min(host.find('.', begin), host.size());
    if (end == begin) return Error{"in front of a dot there is nothing"};
    if (end - begin > kMaxLabel)
      return Error{fmt::format("a part of the name has {} characters; at most {}", end - begin, kMaxLabel)};
    begin = end + 1;
  }
  return {};
}

std::optional<Error> name_error(std::string_view host) {
  if (host.empty()) return Error{"there is no host name"};
  if (host.size() > kMaxHost)
    return Error{fmt::format("the host name has {} characters; at most {}", host.size(), kMaxHost)};
  if (host.front() == '-') return Error{"a host name does not start with '-'"};
  const auto odd = std::find_if_not(host.begin(), host.end(), is_name_character);
  if (odd != host.end() && static_cast<unsigned char>(*odd) >= 0x80)
    return Error{"the host name is not ASCII; write its A-label (xn--...)"};
  if (odd != host.end())
    return Error{fmt::format("{} cannot stand in a host name; letters, digits, '-', '_' and '.' can",
                             quoted(std::string_view(&*odd, 1)))};
  if (auto error = label_error(host)) return error;
  if (ends_in_number(host)) return Error{"this is no IPv4 address; four numbers from 0 to 255"};
  return {};
}

}  // namespace

Result<std::uint16_t> parse_port(std::string_view text) {
  if (text.empty()) return Error{"there is no port behind ':'; 1 to 65535"};
  if (!std::all_of(text.begin(), text.end(), is_digit))
    return Error{fmt::format("port {} is no number; 1 to 65535", quoted(text))};
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  if (parsed.ec != std::errc() || port == 0)
    return Error{
        fmt::format("port {}{} is out of range; 1 to 65535", text.substr(0, 20), text.size() > 20 ? "..." : "")};
  return port;
}

Result<std::string> parse_host(std::string_view text) {
  if (text.find(':') != std::string_view::npos || (!text.empty() && ends_in_number(text))) {
    if (const auto address = net::parse_ip(text, 0)) return net::ip_text(*address);
  }
  if (text.find(':') != std::string_view::npos)
    return Error{text.find('%') == std::string_view::npos
                     ? "this is no IPv6 address"
                     : "this is no IPv6 address, or there is no such network interface"};
  if (text.ends_with('.')) text.remove_suffix(1);
  if (auto error = name_error(text)) return *error;
  std::string host(text);
  std::transform(host.begin(), host.end(), host.begin(), lower);
  return host;
}

std::string endpoint_text(std::string_view host, std::uint16_t port) {
  if (host.find(':') != std::string_view::npos) return fmt::format("[{}]:{}", host, port);
  return fmt::format("{}:{}", host, port);
}

}  // namespace tlsward::probe
