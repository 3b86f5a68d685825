#include "net/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <net/if.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace tlsward::net {
namespace {

std::optional<std::uint32_t> parse_scope(const std::string& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  const unsigned index = if_nametoindex(text.c_str());
  if (index == 0) return {};
  return index;
}

}  // namespace

std::string ip_text(const Address& address) {
  char buffer[INET6_ADDRSTRLEN] = {};
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), buffer, sizeof buffer);
  return address.scope == 0 ? std::string(buffer) : fmt::format("{}%{}", buffer, address.scope);
}

std::string text(const Address& address) {
  if (address.v6) return fmt::format("[{}]:{}", ip_text(address), address.port);
  return fmt::format("{}:{}", ip_text(address), address.port);
}

std::optional<Address> parse_ip(std::string_view text, std::uint16_t port) {
  Address address;
  address.port = port;
  std::string plain(text);
  if (inet_pton(AF_INET, plain.c_str(), address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (const std::size_t percent = plain.find('%'); percent != std::string::npos) {
    const auto scope = parse_scope(plain.substr(percent + 1));
    if (!scope) return {};
    address.scope = *scope;
    plain.resize(percent);
  }
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
  return {};
}

bool is_loopback(const Address& address) {
  if (!address.v6) return address.bytes[0] == 127;
  constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin())) return address.bytes[12] == 127;
  return std::all_of(address.bytes.begin(), address.bytes.end() - 1, [](std::uint8_t b) { return b == 0; }) &&
         address.bytes[15] == 1;
}

}  // namespace tlsward::net
