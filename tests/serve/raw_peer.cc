#include "tests/serve/raw_peer.h"

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>

#include "net/connect.h"
#include "net/listener.h"
#include "net/stream_impl.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Task<void> accept_one(net::Listener& listener, net::Stream& accepted) {
  auto stream = co_await listener.accept();
  if (!stream) throw std::runtime_error("a listener of the test's own failed");
  accepted = std::move(*stream);
}

}  // namespace

Task<void> RawPeer::send(std::string_view bytes) {
  // What a server that has closed does not take is no failure of the test.
  [[maybe_unused]] auto sent = co_await stream_.write_all(bytes_of(bytes), soon());
}

Task<void> RawPeer::send_byte_by_byte(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    co_await send(bytes.substr(at, 1));
    co_await turn(stream_.loop());
  }
}

Task<std::string> RawPeer::receive_some() {
  std::array<std::uint8_t, 16384> buffer;
  const auto got = co_await stream_.read_some(buffer, soon());
  if (!got && got.error().kind == net::Failure::Kind::Reset) co_return "(reset)";
  if (!got) co_return "(silence)";
  if (*got == 0) co_return "(end)";
  received_.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  co_return "";
}

Task<std::string> RawPeer::receive_until(std::string_view end) {
  std::size_t found = received_.find(end);
  while (found == std::string::npos) {
    const std::string over = co_await receive_some();
    if (!over.empty()) co_return std::exchange(received_, {}) + over;
    found = received_.find(end);
  }
  std::string text = received_.substr(0, found + end.size());
  received_.erase(0, text.size());
  co_return text;
}

Task<std::string> RawPeer::receive_all() {
  std::string over;
  while (over.empty()) over = co_await receive_some();
  if (over == "(end)") over.clear();
  co_return std::exchange(received_, {}) + over;
}

void RawPeer::end() {
  ::shutdown(stream_.impl()->socket.fd(), SHUT_WR);
}

Task<std::pair<net::Stream, net::Stream>> connected_pair(net::Loop& loop) {
  auto listener = net::Listener::open(loop, *net::parse_ip("127.0.0.1", 0), false);
  if (!listener) throw std::runtime_error("a listener of the test's own failed");
  net::Stream accepted;
  TaskGroup group;
  group.spawn(accept_one(*listener, accepted));
  const net::Address address = listener->address();
  auto connected = co_await net::connect(loop, address, soon());
  if (!connected) throw std::runtime_error("a connection of the test's own failed");
  co_await group.join();
  co_return std::pair<net::Stream, net::Stream>{std::move(*connected), std::move(accepted)};
}

Task<void> turn(net::Loop& loop) {
  net::Event turned(loop);
  // Twice: sockets are looked at between two calls.
  for (int i = 0; i < 2; ++i) {
    loop.post([&turned] { turned.notify(); });
    co_await turned.wait_until(soon());
  }
}

}  // namespace tlsward::test
