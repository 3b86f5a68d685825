#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "net/connect.h"
#include "net/proxy_dialogue.h"

namespace tlsward::net {
namespace {

using Kind = Failure::Kind;

ProxyTarget target_of(const Destination& destination) {
  if (!destination.addresses.empty()) return {destination.addresses[0], "", 0};
  return {parse_ip(destination.host, destination.port), destination.host, destination.port};
}

/// A name that can stand in a line of HTTP without changing its meaning.
bool is_one_word(std::string_view host) {
  return !host.empty() && std::none_of(host.begin(), host.end(),
                                       [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

Task<Outcome<Stream>> connect_to_proxy(Loop& loop, const Proxy& proxy, Deadline deadline) {
  if (!proxy.addresses.empty()) co_return co_await connect_first(loop, proxy.addresses, deadline);
  auto addresses = co_await resolve(loop, proxy.host, proxy.port, Family::Any, deadline);
  if (!addresses) co_return addresses.error();
  co_return co_await connect_first(loop, std::move(*addresses), deadline);
}

Task<Outcome<Stream>> connect_through(Loop& loop, const Proxy& proxy, ProxyTarget target, Deadline deadline) {
  if (!target.address && !is_one_word(target.host))
    co_return Failure{Kind::Unresolved, "the host name is empty or has a blank or control character in it"};
  auto stream = co_await connect_to_proxy(loop, proxy, deadline);
  if (!stream) co_return at_proxy(stream.error());
  const auto dialogue = proxy.kind == ProxyKind::Socks5 ? socks5_connect : http_connect;
  if (auto connected = co_await dialogue(*stream, proxy, target, deadline); !connected) co_return connected.error();
  co_return std::move(*stream);
}

}  // namespace

Failure at_proxy(Failure failure) {
  if (failure.kind != Kind::Interrupted) failure.message = "proxy: " + failure.message;
  return failure;
}

Task<Outcome<Stream>> connect(Loop& loop, Destination destination, Deadline deadline) {
  if (!destination.proxy) co_return co_await connect_first(loop, destination.addresses, deadline);
  co_return co_await connect_through(loop, *destination.proxy, target_of(destination), deadline);
}

}  // namespace tlsward::net
