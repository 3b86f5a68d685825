// Messages are read to the byte: what comes behind the proxy's last one is the target's.
#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "net/proxy_dialogue.h"

namespace tlsward::net {
namespace {

using Kind = Failure::Kind;
using Bytes = std::vector<std::uint8_t>;

// RFC 1928, 3 to 6; RFC 1929, 2.
constexpr std::uint8_t kVersion = 5, kConnect = 1;
constexpr std::uint8_t kNoLogin = 0x00, kPassword = 0x02, kNoMethod = 0xff;
constexpr std::uint8_t kV4 = 1, kName = 3, kV6 = 4;
constexpr std::uint8_t kLoginVersion = 1;
constexpr std::size_t kMaxField = 255;

Failure protocol(std::string message) {
  return {Kind::Protocol, std::move(message)};
}

void append(Bytes& to, std::string_view field) {
  to.push_back(static_cast<std::uint8_t>(field.size()));
  to.insert(to.end(), field.begin(), field.end());
}

Bytes greeting(const Proxy& proxy) {
  if (!has_login(proxy)) return {kVersion, 1, kNoLogin};
  return {kVersion, 2, kNoLogin, kPassword};
}

Bytes login(const Proxy& proxy) {
  Bytes bytes{kLoginVersion};
  append(bytes, proxy.user);
  append(bytes, proxy.password);
  return bytes;
}

Bytes request(const ProxyTarget& target) {
  Bytes bytes{kVersion, kConnect, 0};
  if (target.address) {
    bytes.push_back(target.address->v6 ? kV6 : kV4);
    const auto& ip = target.address->bytes;
    bytes.insert(bytes.end(), ip.begin(), ip.begin() + (target.address->v6 ? 16 : 4));
  } else {
    bytes.push_back(kName);
    append(bytes, target.host);
  }
  const std::uint16_t port = target.address ? target.address->port : target.port;
  bytes.push_back(static_cast<std::uint8_t>(port >> 8));
  bytes.push_back(static_cast<std::uint8_t>(port & 0xff));
  return bytes;
}

/// RFC 1928, 6.
Failure refusal(std::uint8_t reply) {
  switch (reply) {
    case 1:
      return protocol("proxy answered: general failure");
    case 2:
      return protocol("proxy answered: not allowed by its rules");
    case 3:
      return {Kind::Unreachable, "proxy answered: network unreachable"};
    case 4:
      return {Kind::Unreachable, "proxy answered: host unreachable"};
    case 5:
      return {Kind::Refused, "proxy answered: connection refused"};
    case 6:
      return {Kind::Unreachable, "proxy answered: TTL expired"};
    case 7:
      return protocol("proxy answered: command not supported");
    case 8:
      return protocol("proxy answered: address type not supported");
    default:
      return protocol(fmt::format("proxy answered: failure {}", reply));
  }
}

Task<Outcome<Nothing>> read_exactly(Stream& stream, std::span<std::uint8_t> into, Deadline deadline) {
  while (!into.empty()) {
    const auto got = co_await stream.read_some(into, deadline);
    if (!got) co_return at_proxy(got.error());
    if (*got == 0) co_return Failure{Kind::Closed, "proxy closed the connection before it had answered"};
    into = into.subspan(*got);
  }
  co_return Nothing{};
}

Task<Outcome<Nothing>> send(Stream& stream, Bytes bytes, Deadline deadline) {
  auto sent = co_await stream.write_all(bytes, deadline);
  if (!sent) co_return at_proxy(sent.error());
  co_return Nothing{};
}

/// Every answer starts with its version and one byte that matters.
Task<Outcome<std::uint8_t>> read_answer(Stream& stream, std::uint8_t version, Deadline deadline) {
  std::array<std::uint8_t, 2> bytes{};
  if (auto got = co_await read_exactly(stream, bytes, deadline); !got) co_return got.error();
  if (bytes[0] != version)
    co_return protocol(fmt::format("proxy answered no SOCKS5: it starts with 0x{:02x} 0x{:02x}", bytes[0], bytes[1]));
  co_return bytes[1];
}

Task<Outcome<Nothing>> log_in(Stream& stream, const Proxy& proxy, Deadline deadline) {
  if (auto sent = co_await send(stream, greeting(proxy), deadline); !sent) co_return sent.error();
  const auto method = co_await read_answer(stream, kVersion, deadline);
  if (!method) co_return method.error();
  if (*method == kNoLogin) co_return Nothing{};
  if (*method == kNoMethod && !has_login(proxy)) co_return protocol("proxy wants a login, and none was given");
  if (*method == kNoMethod) co_return protocol("proxy accepts neither a user name with password nor no login");
  if (*method != kPassword || !has_login(proxy))
    co_return protocol(fmt::format("proxy chose the login method {}, which was not offered", *method));
  if (auto sent = co_await send(stream, login(proxy), deadline); !sent) co_return sent.error();
  const auto status = co_await read_answer(stream, kLoginVersion, deadline);
  if (!status) co_return status.error();
  if (*status != 0) co_return protocol("proxy refused the user name or the password");
  co_return Nothing{};
}

/// The rest of a reply: reserved byte, address and port that the proxy connects from. Read and forgotten.
Task<Outcome<Nothing>> skip_bound_address(Stream& stream, Deadline deadline) {
  std::array<std::uint8_t, kMaxField + 2> bytes{};
  const std::span all(bytes);
  if (auto got = co_await read_exactly(stream, all.first(2), deadline); !got) co_return got.error();
  const std::uint8_t type = bytes[1];
  std::size_t size = type == kV4 ? 4 : 16;
  if (type == kName) {
    if (auto got = co_await read_exactly(stream, all.first(1), deadline); !got) co_return got.error();
    size = bytes[0];
  } else if (type != kV4 && type != kV6) {
    co_return protocol(fmt::format("proxy answered with an address of the unknown type {}", type));
  }
  co_return co_await read_exactly(stream, all.first(size + 2), deadline);
}

}  // namespace

Task<Outcome<Nothing>> socks5_connect(Stream& stream, const Proxy& proxy, const ProxyTarget& target,
                                      Deadline deadline) {
  if (!target.address && target.host.size() > kMaxField)
    co_return protocol(
        fmt::format("a host name of {} bytes is too long for SOCKS5, which takes {}", target.host.size(), kMaxField));
  if (auto in = co_await log_in(stream, proxy, deadline); !in) co_return in.error();
  if (auto sent = co_await send(stream, request(target), deadline); !sent) co_return sent.error();
  const auto reply = co_await read_answer(stream, kVersion, deadline);
  if (!reply) co_return reply.error();
  if (*reply != 0) co_return refusal(*reply);
  co_return co_await skip_bound_address(stream, deadline);
}

}  // namespace tlsward::net
