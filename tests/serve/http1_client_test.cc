// The client of HTTP/1.1: what it sends, when it can be used again, tunnels.
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "net/transport.h"
#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/http1_client_conversation.h"

namespace tlsward::test {
namespace {

using Kind = net::Failure::Kind;

/// What goes out for a request.
std::string sent(const serve::RequestHead& head, const std::string& body = "", const serve::Fields& trailers = {}) {
  std::string bytes;
  const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, head, body, trailers);
    exchange.reset();  // without a response it closes
    bytes = co_await server.receive_all();
  };
  with_http1_client(script);
  return bytes;
}

}  // namespace

TEST_CASE("http1 client: requests as bytes", "[http1]") {
  serve::RequestHead head = http1_request();
  head.fields = {{"A", "b"}, {"Bad", "x\r\nEvil: y"}, {"b d", "x"}};
  CHECK(sent(head) == "GET /b?c HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n");
  serve::RequestHead post = http1_request("POST");
  CHECK(sent(post) == "POST /b?c HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  post.has_body = true;
  CHECK(sent(post, "hello", {{"T", "u"}, {"Host", "x"}}) ==
        "POST /b?c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: u\r\n\r\n");
  post.content_length = 5;
  CHECK(sent(post, "hello", {{"T", "u"}}) == "POST /b?c HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
  serve::RequestHead upgrade = http1_request();
  upgrade.upgrade = "websocket";
  CHECK(sent(upgrade) == "GET /b?c HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
}

TEST_CASE("http1 client: a request that HTTP/1.1 cannot carry is not sent", "[http1]") {
  std::vector<serve::RequestHead> heads(6, http1_request());
  heads[0].target = "/ HTTP/1.1\r\nEvil: x\r\n\r\nGET /";
  heads[1].target = "/a b";
  heads[2].authority = "a\r\nEvil: x";
  heads[3].method = "GET /evil";
  heads[4].upgrade = "x\r\nEvil: x";
  heads[5].target = "";
  for (const serve::RequestHead& head : heads) {
    std::string bytes = "none";
    const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      auto exchange = client.begin();
      const auto written = co_await exchange->write_head(head, soon());
      CHECK(!written);
      if (!written) CHECK(written.error().kind == Kind::Protocol);
      exchange.reset();
      bytes = co_await server.receive_all();
    };
    with_http1_client(script);
    CHECK(bytes.empty());
  }
}

TEST_CASE("http1 client: one connection, many requests", "[http1]") {
  const Http1ClientScript script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    for (int i = 0; i < 50; ++i) {
      CHECK(client.free_slots() == 1);
      auto exchange = client.begin();
      CHECK(client.free_slots() == 0);
      CHECK(client.begin() == nullptr);
      CHECK(!client.idle());
      CHECK(client.usable());
      co_await send(*exchange, http1_request());
      const std::string asked = co_await server.receive_until("\r\n\r\n");
      CHECK(asked == "GET /b?c HTTP/1.1\r\nHost: a\r\n\r\n");
      co_await server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
      const std::string got = co_await receive(*exchange);
      CHECK(got == "200 OK [x]");
      exchange.reset();
      CHECK(client.idle());
    }
  };
  with_http1_client(script);
}

TEST_CASE("http1 client: an idle connection that stirs is not used", "[http1]") {
  for (const std::string stir : {"", "HTTP/1.1 408 Request Timeout\r\n\r\n"}) {
    const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      CHECK(client.usable());
      if (!stir.empty()) co_await server.send(stir);
      server.end();
      co_await turn(server.stream().loop());
      CHECK(!client.usable());
      CHECK(client.begin() == nullptr);
    };
    with_http1_client(script);
  }
}

TEST_CASE("http1 client: a request is untouched until a byte of the response has come", "[http1]") {
  const Http1ClientScript closed = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request());
    server.close();
    const auto head = co_await exchange->read_head(soon());
    CHECK(!head);
    CHECK(exchange->untouched());
  };
  with_http1_client(closed);
  const Http1ClientScript begun = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request());
    co_await server.send("HTTP/1.1 2");
    server.end();
    const auto head = co_await exchange->read_head(soon());
    CHECK(!head);
    if (!head) CHECK(head.error().kind == Kind::Closed);
    CHECK(!exchange->untouched());
  };
  with_http1_client(begun);
}

TEST_CASE("http1 client: a response before the end of the request is read, and the connection not used again",
          "[http1]") {
  const Http1ClientScript script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    serve::RequestHead head = http1_request("POST");
    head.has_body = true;
    auto written = co_await exchange->write_head(head, soon());
    if (written) written = co_await exchange->flush(soon());
    CHECK(written);
    co_await server.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 1\r\n\r\nx");
    const std::string got = co_await receive(*exchange);
    CHECK(got == "413 Content Too Large [x]");
    exchange.reset();
    CHECK(!client.usable());
  };
  with_http1_client(script);
}

TEST_CASE("http1 client: deadlines", "[http1]") {
  const Http1ClientScript script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request());
    const auto head = co_await exchange->read_head(shortly());
    CHECK(!head);
    if (!head) CHECK(head.error().kind == Kind::TimedOut);
    exchange.reset();
    CHECK(!client.usable());
    server.close();
  };
  with_http1_client(script);
}

TEST_CASE("http1 client: a switch of protocols that was asked for makes a tunnel", "[http1]") {
  serve::RequestHead head = http1_request();
  head.upgrade = "websocket";
  std::string protocol, early, answer;
  const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    auto written = co_await exchange->write_head(head, soon());
    if (written) written = co_await exchange->flush(soon());
    co_await server.receive_until("\r\n\r\n");
    co_await server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\nHTTP");
    const auto switched = co_await exchange->read_head(soon());
    if (switched) protocol = switched->upgrade;
    std::vector<std::uint8_t> buffer(100);
    const auto got = co_await exchange->read_body(buffer, soon());
    if (got) early = std::string(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
    const std::string bytes = "0\r\n\r\n";
    const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    written = co_await exchange->write_body(raw, soon());
    const serve::Fields none;
    if (written) written = co_await exchange->finish(none, soon());
    CHECK(written);
    answer = co_await server.receive_all();
    server.end();
    const auto end = co_await exchange->read_body(buffer, soon());
    CHECK(end);
    if (end) CHECK(*end == 0);
    CHECK(exchange->body_ready());
    exchange.reset();
    CHECK(!client.usable());
  };
  with_http1_client(script);
  CHECK(protocol == "WebSocket");
  CHECK(early == "HTTP");
  CHECK(answer == "0\r\n\r\n");
}

TEST_CASE("http1 client: a switch to another protocol is refused", "[http1]") {
  serve::RequestHead head = http1_request();
  head.upgrade = "websocket";
  const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, head);
    co_await server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
    const auto switched = co_await exchange->read_head(soon());
    CHECK(!switched);
  };
  with_http1_client(script);
}

TEST_CASE("http1 client: an exchange may outlive its connection", "[http1]") {
  const Http1ClientScript script = [](RawPeer& server, serve::ClientConnection&) -> Task<void> {
    auto pair = co_await connected_pair(server.stream().loop());
    const serve::HttpLimits limits;
    auto client = serve::make_http1_client(net::Transport(std::move(pair.first)), limits);
    RawPeer other(std::move(pair.second));
    auto exchange = client->begin();
    client.reset();
    co_await send(*exchange, http1_request());
    co_await other.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    const std::string got = co_await receive(*exchange);
    CHECK(got == "200 OK [x]");
  };
  with_http1_client(script);
}

}  // namespace tlsward::test
