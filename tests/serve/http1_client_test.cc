// The client of HTTP/1.1 against servers that say what bytes they like.
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "net/transport.h"
#include "serve/http/exchange.h"
#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/raw_peer.h"

namespace tlsward::test {
namespace {

using Kind = net::Failure::Kind;
using Script = std::function<Task<void>(RawPeer&, serve::ClientConnection&)>;

Task<void> run_both(net::Loop& loop, const serve::HttpLimits& limits, const Script& script) {
  auto pair = co_await connected_pair(loop);
  RawPeer server(std::move(pair.second));
  const auto client = serve::make_http1_client(net::Transport(std::move(pair.first)), limits);
  co_await script(server, *client);
}

void with_client(const Script& script, const serve::HttpLimits& limits = {}) {
  net::Loop loop;
  await(loop, run_both(loop, limits, script));
}

serve::RequestHead request(const std::string& method = "GET") {
  serve::RequestHead head;
  head.method = method;
  head.authority = "a";
  head.target = "/b?c";
  return head;
}

Task<void> send(serve::ClientExchange& exchange, const serve::RequestHead& head, std::string body = "",
                serve::Fields trailers = {}) {
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
  auto sent = co_await exchange.write_head(head, soon());
  if (sent && !body.empty()) sent = co_await exchange.write_body(bytes, soon());
  if (sent) sent = co_await exchange.finish(trailers, soon());
  CHECK(sent);
}

/// "STATUS REASON [BODY] trailers", or the failure's words.
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

struct Answered {
  std::string received;
  bool reusable = false;
};

/// What the client makes of `response`, after which the server closes where `ends`.
Answered answered(const std::string& response, const std::string& method = "GET", bool ends = true) {
  Answered result;
  const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request(method));
    co_await server.receive_until("\r\n\r\n");
    co_await server.send(response);
    if (ends) server.end();
    result.received = co_await receive(*exchange);
    exchange.reset();
    result.reusable = client.free_slots() == 1;
    server.close();
  };
  with_client(script);
  return result;
}

/// What goes out for a request.
std::string sent(const serve::RequestHead& head, const std::string& body = "", const serve::Fields& trailers = {}) {
  std::string bytes;
  const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, head, body, trailers);
    exchange.reset();  // without a response it closes
    bytes = co_await server.receive_all();
  };
  with_client(script);
  return bytes;
}

}  // namespace

TEST_CASE("http1 client: requests as bytes", "[http1]") {
  serve::RequestHead head = request();
  head.fields = {{"A", "b"}, {"Bad", "x\r\nEvil: y"}, {"b d", "x"}};
  CHECK(sent(head) == "GET /b?c HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n");
  serve::RequestHead post = request("POST");
  CHECK(sent(post) == "POST /b?c HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  post.has_body = true;
  CHECK(sent(post, "hello", {{"T", "u"}, {"Host", "x"}}) ==
        "POST /b?c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: u\r\n\r\n");
  post.content_length = 5;
  CHECK(sent(post, "hello", {{"T", "u"}}) == "POST /b?c HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
  serve::RequestHead upgrade = request();
  upgrade.upgrade = "websocket";
  CHECK(sent(upgrade) == "GET /b?c HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
}

TEST_CASE("http1 client: a request that HTTP/1.1 cannot carry is not sent", "[http1]") {
  std::vector<serve::RequestHead> heads(6, request());
  heads[0].target = "/ HTTP/1.1\r\nEvil: x\r\n\r\nGET /";
  heads[1].target = "/a b";
  heads[2].authority = "a\r\nEvil: x";
  heads[3].method = "GET /evil";
  heads[4].upgrade = "x\r\nEvil: x";
  heads[5].target = "";
  for (const serve::RequestHead& head : heads) {
    std::string bytes = "none";
    const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      auto exchange = client.begin();
      const auto written = co_await exchange->write_head(head, soon());
      CHECK(!written);
      if (!written) CHECK(written.error().kind == Kind::Protocol);
      exchange.reset();
      bytes = co_await server.receive_all();
    };
    with_client(script);
    CHECK(bytes.empty());
  }
}

TEST_CASE("http1 client: responses, and whether another request may follow", "[http1]") {
  struct Row {
    std::string response, received;
    bool reusable;
    std::string method = "GET";
  };
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<Row> table = {
      {ok + "Content-Length: 5\r\n\r\nhello", "200 OK [hello]", true},
      {ok + "Content-Length: 0\r\n\r\n", "200 OK []", true},
      {ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\nHost: c\r\n\r\n", "200 OK [hello] A=b", true},
      {ok + "Content-Length: 5\r\nConnection: close\r\n\r\nhello", "200 OK [hello]", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 OK [hello]", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello", "200 OK [hello]", true},
      {"HTTP/1.1 204 No Content\r\n\r\n", "204 No Content []", true},
      {"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "204 No Content []", true},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304 Not Modified []", true},
      {ok + "Content-Length: 5\r\n\r\n", "200 OK []", true, "HEAD"},
      {ok + "Transfer-Encoding: chunked\r\n\r\n", "200 OK []", true, "HEAD"},
      {ok + "\r\n", "200 OK []", true, "HEAD"},
      {"HTTP/1.1 418 \r\nContent-Length: 0\r\n\r\n", "418  []", true},
      {"HTTP/1.1 404 N\xc3\xa9\r\nContent-Length: 0\r\n\r\n", "404 N\xc3\xa9 []", true},
      // Bytes that nobody asked for.
      {ok + "Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\n", "200 OK [hello]", false},
      {ok + "Content-Length: 5\r\n\r\nhello", "200 OK []", false, "HEAD"},
      {"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "204 No Content []", false},
  };
  for (const Row& row : table) {
    CAPTURE(row.response);
    const Answered got = answered(row.response, row.method, false);
    CHECK(got.received == row.received);
    CHECK(got.reusable == row.reusable);
  }
}

TEST_CASE("http1 client: a response that goes on until the server closes", "[http1]") {
  for (const std::string line : {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\nServer: a\r\n\r\n"}) {
    const Answered got = answered(line + "hello");
    CHECK(got.received == "200 OK [hello]");
    CHECK(!got.reusable);
  }
}

TEST_CASE("http1 client: responses that cannot be trusted", "[http1]") {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<std::string> table = {
      ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
      ok + "Content-Length: 5, 6\r\n\r\nhello",
      ok + "Content-Length: +5\r\n\r\nhello",
      ok + "Content-Length: -1\r\n\r\n",
      ok + "Content-Length: x\r\n\r\n",
      ok + "Content-Length: 99999999999999999999\r\n\r\n",
      ok + "Content-Length : 5\r\n\r\nhello",
      ok + "Transfer-Encoding: gzip\r\n\r\n",
      ok + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      ok + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      ok + "A: b\r\n c\r\nContent-Length: 0\r\n\r\n",
      ok + "A: b\rc\r\nContent-Length: 0\r\n\r\n",
      ok + "A: b\nB: c\r\nContent-Length: 0\r\n\r\n",
      ok + "A: " + std::string("x\0y", 3) + "\r\nContent-Length: 0\r\n\r\n",
      ok + "A b: c\r\nContent-Length: 0\r\n\r\n",
      ok + "A\r\nContent-Length: 0\r\n\r\n",
      ok + "X: " + std::string(100'000, 'x') + "\r\n\r\n",
      ok + std::string(100'000, 'x'),
      "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
      "HTTP/1.1 20 OK\r\n\r\n",
      "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 099 OK\r\n\r\n",
      "HTTP/1.1 600 OK\r\n\r\n",
      "HTTP/1.1 abc OK\r\n\r\n",
      "HTTP/1.2 200 OK\r\n\r\n",
      "HTTP/2.0 200 OK\r\n\r\n",
      "\r\nHTTP/1.1 200 OK\r\n\r\n",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
      "SSH-2.0-OpenSSH_9.2\r\n",
      "220 mail ESMTP\r\n",
      std::string("\x15\x03\x01\x00\x02\x02\x46", 7),
      "<html>hello</html>",
  };
  for (const std::string& response : table) {
    CAPTURE(response.substr(0, 200));
    Kind kind = Kind::Local;
    bool usable = true;
    const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      auto exchange = client.begin();
      co_await send(*exchange, request());
      co_await server.send(response);  // and nothing more: nobody waits for an end
      const auto head = co_await exchange->read_head(soon());
      if (!head) kind = head.error().kind;
      exchange.reset();
      usable = client.usable();
      server.close();
    };
    with_client(script);
    CHECK(kind == Kind::Protocol);
    CHECK(!usable);
  }
}

TEST_CASE("http1 client: a body that breaks off or is not as it should be is a failure", "[http1]") {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<std::string> table = {
      ok + "Content-Length: 9\r\n\r\nhello",
      ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nhello",
      ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
      ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
      ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n",
      ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n",
  };
  for (const std::string& response : table) {
    CAPTURE(response);
    const Answered got = answered(response);
    CHECK(got.received.find("...") != std::string::npos);
    CHECK(!got.reusable);
  }
}

TEST_CASE("http1 client: interim responses come before the response, and are not endless", "[http1]") {
  const std::string hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  std::vector<int> statuses;
  std::string body;
  const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request());
    co_await server.send("HTTP/1.1 100 Continue\r\n\r\n" + hint + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    for (int i = 0; i < 2; ++i) {
      const auto head = co_await exchange->read_head(soon());
      statuses.push_back(head ? head->status : 0);
    }
    body = co_await receive(*exchange);
  };
  with_client(script);
  CHECK(statuses == std::vector<int>{100, 103});
  CHECK(body == "200 OK [x]");

  std::size_t taken = 0;
  const Script endless = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request());
    for (int i = 0; i < 1000; ++i) co_await server.send(hint);
    for (bool more = true; more; taken += more ? 1 : 0) {
      const auto head = co_await exchange->read_head(soon());
      more = head ? true : false;
    }
  };
  with_client(endless);
  CHECK(taken < 200);
}

TEST_CASE("http1 client: one connection, many requests", "[http1]") {
  const Script script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    for (int i = 0; i < 50; ++i) {
      CHECK(client.free_slots() == 1);
      auto exchange = client.begin();
      CHECK(client.free_slots() == 0);
      CHECK(client.begin() == nullptr);
      CHECK(!client.idle());
      CHECK(client.usable());
      co_await send(*exchange, request());
      const std::string asked = co_await server.receive_until("\r\n\r\n");
      CHECK(asked == "GET /b?c HTTP/1.1\r\nHost: a\r\n\r\n");
      co_await server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
      const std::string got = co_await receive(*exchange);
      CHECK(got == "200 OK [x]");
      exchange.reset();
      CHECK(client.idle());
    }
  };
  with_client(script);
}

TEST_CASE("http1 client: an idle connection that stirs is not used", "[http1]") {
  for (const std::string stir : {"", "HTTP/1.1 408 Request Timeout\r\n\r\n"}) {
    const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      CHECK(client.usable());
      if (!stir.empty()) co_await server.send(stir);
      server.end();
      co_await turn(server.stream().loop());
      CHECK(!client.usable());
      CHECK(client.begin() == nullptr);
    };
    with_client(script);
  }
}

TEST_CASE("http1 client: a request is untouched until a byte of the response has come", "[http1]") {
  const Script closed = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request());
    server.close();
    const auto head = co_await exchange->read_head(soon());
    CHECK(!head);
    CHECK(exchange->untouched());
  };
  with_client(closed);
  const Script begun = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request());
    co_await server.send("HTTP/1.1 2");
    server.end();
    const auto head = co_await exchange->read_head(soon());
    CHECK(!head);
    if (!head) CHECK(head.error().kind == Kind::Closed);
    CHECK(!exchange->untouched());
  };
  with_client(begun);
}

TEST_CASE("http1 client: a response before the end of the request is read, and the connection not used again",
          "[http1]") {
  const Script script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    serve::RequestHead head = request("POST");
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
  with_client(script);
}

TEST_CASE("http1 client: deadlines", "[http1]") {
  const Script script = [](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, request());
    const auto head = co_await exchange->read_head(shortly());
    CHECK(!head);
    if (!head) CHECK(head.error().kind == Kind::TimedOut);
    exchange.reset();
    CHECK(!client.usable());
    server.close();
  };
  with_client(script);
}

TEST_CASE("http1 client: a switch of protocols that was asked for makes a tunnel", "[http1]") {
  serve::RequestHead head = request();
  head.upgrade = "websocket";
  std::string protocol, early, answer;
  const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
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
  with_client(script);
  CHECK(protocol == "WebSocket");
  CHECK(early == "HTTP");
  CHECK(answer == "0\r\n\r\n");
}

TEST_CASE("http1 client: a switch to another protocol is refused", "[http1]") {
  serve::RequestHead head = request();
  head.upgrade = "websocket";
  const Script script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, head);
    co_await server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
    const auto switched = co_await exchange->read_head(soon());
    CHECK(!switched);
  };
  with_client(script);
}

TEST_CASE("http1 client: an exchange may outlive its connection", "[http1]") {
  const Script script = [](RawPeer& server, serve::ClientConnection&) -> Task<void> {
    auto pair = co_await connected_pair(server.stream().loop());
    const serve::HttpLimits limits;
    auto client = serve::make_http1_client(net::Transport(std::move(pair.first)), limits);
    RawPeer other(std::move(pair.second));
    auto exchange = client->begin();
    client.reset();
    co_await send(*exchange, request());
    co_await other.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    const std::string got = co_await receive(*exchange);
    CHECK(got == "200 OK [x]");
  };
  with_client(script);
}

}  // namespace tlsward::test
