#include "probe/address_block.h"

#include <fmt/format.h>

#include <charconv>

#include "probe/host_text.h"
#include "probe/quoted.h"

namespace tlsward::probe {
namespace {

constexpr int kMaxHostBits = 20;

int address_bits(const net::Address& address) {
  return address.v6 ? 128 : 32;
}

/// The address with all bits behind the first `prefix` ones cleared.
net::Address network_of(net::Address address, int prefix) {
  for (int bit = prefix; bit < address_bits(address); ++bit) {
    auto& byte = address.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80U >> (bit % 8)));
  }
  return address;
}

std::optional<net::Address> parse_address(std::string_view text) {
  const bool bracketed = text.starts_with('[') && text.ends_with(']');
  if (bracketed) text = text.substr(1, text.size() - 2);
  // A control character would end the text early for the C library; a scope names no network of others.
  if (text.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return {};
  auto address = net::parse_ip(text, 0);
  if (address && bracketed && !address->v6) return {};
  return address;
}

Result<int> parse_prefix(std::string_view text, int most) {
  int prefix = -1;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), prefix);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || prefix < 0 || prefix > most)
    return Error{fmt::format("prefix length {} is not accepted; 0 to {}", quoted(text), most)};
  return prefix;
}

std::string size_text(int host_bits) {
  return host_bits < 64 ? fmt::format("{}", std::uint64_t{1} << host_bits) : fmt::format("2^{}", host_bits);
}

Result<AddressBlock> read(std::string_view text, std::size_t slash, std::uint16_t default_port) {
  const auto address = parse_address(text.substr(0, slash));
  if (!address)
    return Error{
        "in front of '/' stands no IP address; a block is ADDRESS/BITS, and a URL starts with its scheme (https://)"};
  const std::string_view behind = text.substr(slash + 1);
  const std::size_t colon = std::min(behind.find(':'), behind.size());
  const auto prefix = parse_prefix(behind.substr(0, colon), address_bits(*address));
  if (!prefix) return prefix.error();
  AddressBlock block{*address, *prefix, default_port, colon < behind.size()};
  if (block.port_given) {
    const auto port = parse_port(behind.substr(colon + 1));
    if (!port) return port.error();
    block.port = *port;
  }
  const int host_bits = address_bits(*address) - *prefix;
  if (host_bits > kMaxHostBits)
    return Error{fmt::format("the block has {} addresses; at most {} (/{} and longer)", size_text(host_bits),
                             1 << kMaxHostBits, address_bits(*address) - kMaxHostBits)};
  if (const net::Address network = network_of(*address, *prefix); network != *address)
    return Error{
        fmt::format("bits are set behind the first {}; the block is {}/{}", *prefix, net::ip_text(network), *prefix)};
  return block;
}

}  // namespace

std::uint64_t AddressBlock::size() const {
  return std::uint64_t{1} << (address_bits(first) - prefix);
}

Target AddressBlock::at(std::uint64_t index) const {
  net::Address address = first;
  // At most 20 bits, so that the last three bytes are enough, and the address's own bits there are 0.
  const std::size_t end = address.v6 ? 16 : 4;
  for (std::size_t i = 1; i <= 3; ++i, index >>= 8)
    address.bytes[end - i] = static_cast<std::uint8_t>(address.bytes[end - i] | (index & 0xFFU));
  const std::string host = net::ip_text(address);
  return {port_given ? endpoint_text(host, port) : host, host, port, port_given, {}};
}

std::optional<Result<AddressBlock>> parse_block(std::string_view text, std::uint16_t default_port) {
  const std::size_t slash = text.find('/');
  const bool other = text.find("://") != std::string_view::npos || text.find('@') != std::string_view::npos;
  if (slash == std::string_view::npos || other) return {};
  auto block = read(text, slash, default_port);
  if (!block)
    return Error{fmt::format("{}: {}", quoted(text.substr(0, text.find_first_of("?#"))), block.error().message)};
  return block;
}

}  // namespace tlsward::probe
