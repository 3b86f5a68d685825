#include "tests/serve/http1_conversation.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "net/transport.h"
#include "serve/answer.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

constexpr std::chrono::milliseconds kPatience{20'000};

std::string reflection(const serve::ServerExchange& exchange, const std::string& body) {
  const serve::RequestHead& request = exchange.request();
  std::string text =
      fmt::format("{} {} {} {} [{}]\n", request.method, request.scheme, request.authority, request.target, body);
  for (const serve::Field& trailer : exchange.trailers()) text += fmt::format("{}={}\n", trailer.name, trailer.value);
  return text;
}

Task<void> send_head_and_body(serve::ServerExchange& exchange, serve::ResponseHead head,
                              std::vector<std::string> pieces, serve::Fields trailers) {
  auto done = co_await exchange.write_head(head, soon());
  for (const std::string& piece : pieces) {
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size());
    if (done) done = co_await exchange.write_body(bytes, soon());
  }
  if (done) done = co_await exchange.finish(trailers, soon());
  if (!done) exchange.abort();
}

Task<void> run_server(net::Stream stream, const Http1Setup& setup, const Http1Script& script, RawPeer& client) {
  net::Transport transport(std::move(stream));
  const auto connection = serve::make_http1_server(transport, setup.limits, "http", setup.handler);
  TaskGroup group;
  group.spawn(connection->run());
  co_await script(client, *connection);
  co_await group.join();
}

Task<void> run_both(net::Loop& loop, const Http1Setup& setup, const Http1Script& script) {
  auto pair = co_await connected_pair(loop);
  RawPeer client(std::move(pair.first));
  co_await run_server(std::move(pair.second), setup, script, client);
}

}  // namespace

Task<void> reflect(serve::ServerExchange& exchange) {
  if (exchange.request().expects_continue) {
    serve::ResponseHead interim;
    interim.status = 100;
    [[maybe_unused]] auto written = co_await exchange.write_interim(interim, soon());
  }
  std::string body;
  std::array<std::uint8_t, 1000> buffer;
  serve::Answer answer{200, {{"Content-Type", "text/plain"}}, ""};
  for (;;) {
    const auto got = co_await exchange.read_body(buffer, soon());
    if (got && *got > 0) {
      body.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
      continue;
    }
    if (!got) answer.status = exchange.failure_status();
    answer.body = got ? reflection(exchange, body) : got.error().message;
    break;
  }
  if (answer.status == 0) {
    exchange.abort();
    co_return;
  }
  auto sent = co_await serve::send_answer(exchange, answer, kPatience);
  if (!sent) exchange.abort();
}

serve::ExchangeHandler answer_with(serve::ResponseHead head, std::vector<std::string> pieces, serve::Fields trailers) {
  return [head, pieces, trailers](serve::ServerExchange& exchange) {
    return send_head_and_body(exchange, head, pieces, trailers);
  };
}

void converse(const Http1Setup& setup, const Http1Script& script) {
  net::Loop loop;
  await(loop, run_both(loop, setup, script));
}

std::string answer_to(std::string_view request, const Http1Setup& setup) {
  std::string answer;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send(request);
    answer = co_await client.receive_all();
    client.close();
  };
  converse(setup, script);
  return answer;
}

std::string status_of(const std::string& response) {
  if (!response.starts_with("HTTP/1.1 ") || response.size() < 12) return response;
  return response.substr(9, 3);
}

std::string body_of(const std::string& response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

}  // namespace tlsward::test
