#include "tests/serve/http1_client_conversation.h"

#include <span>
#include <utility>
#include <vector>

#include "net/transport.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

Task<void> run_both(net::Loop& loop, const serve::HttpLimits& limits, const Http1ClientScript& script) {
  auto pair = co_await connected_pair(loop);
  RawPeer server(std::move(pair.second));
  const auto client = serve::make_http1_client(net::Transport(std::move(pair.first)), limits);
  co_await script(server, *client);
}

}  // namespace

void with_http1_client(const Http1ClientScript& script, const serve::HttpLimits& limits) {
  net::Loop loop;
  await(loop, run_both(loop, limits, script));
}

serve::RequestHead http1_request(const std::string& method) {
  serve::RequestHead head;
  head.method = method;
  head.authority = "a";
  head.target = "/b?c";
  return head;
}

Task<void> send(serve::ClientExchange& exchange, const serve::RequestHead& head, std::string body,
                serve::Fields trailers) {
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
  auto sent = co_await exchange.write_head(head, soon());
  if (sent && !body.empty()) sent = co_await exchange.write_body(bytes, soon());
  if (sent) sent = co_await exchange.finish(trailers, soon());
  CHECK(sent);
}

Task<std::string> receive(serve::ClientExchange& exchange) {
  const auto head = co_await exchange.read_head(soon());
  if (!head) co_return head.error().message;
  std::string text = std::to_string(head->status) + " " + head->reason + " [";
  std::vector<std::uint8_t> buffer(1000);
  for (;;) {
    const auto got = co_await exchange.read_body(buffer, soon());
    if (!got) co_return text + "... " + got.error().message;
    if (*got == 0) break;
    text.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
  text += "]";
  for (const serve::Field& trailer : exchange.trailers()) text += " " + trailer.name + "=" + trailer.value;
  co_return text;
}

}  // namespace tlsward::test
