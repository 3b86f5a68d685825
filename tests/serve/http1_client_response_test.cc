// What the client of HTTP/1.1 makes of responses.
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/http1_client_conversation.h"

namespace tlsward::test {
namespace {

using Kind = net::Failure::Kind;

struct Answered {
  std::string received;
  bool reusable = false;
};

/// What the client makes of `response`, after which the server closes where `ends`.
Answered answered(const std::string& response, const std::string& method = "GET", bool ends = true) {
  Answered result;
  const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request(method));
    co_await server.receive_until("\r\n\r\n");
    co_await server.send(response);
    if (ends) server.end();
    result.received = co_await receive(*exchange);
    exchange.reset();
    result.reusable = client.free_slots() == 1;
    server.close();
  };
  with_http1_client(script);
  return result;
}

}  // namespace

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
    const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
      auto exchange = client.begin();
      co_await send(*exchange, http1_request());
      co_await server.send(response);  // and nothing more: nobody waits for an end
      const auto head = co_await exchange->read_head(soon());
      if (!head) kind = head.error().kind;
      exchange.reset();
      usable = client.usable();
      server.close();
    };
    with_http1_client(script);
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
  const Http1ClientScript script = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request());
    co_await server.send("HTTP/1.1 100 Continue\r\n\r\n" + hint + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    for (int i = 0; i < 2; ++i) {
      const auto head = co_await exchange->read_head(soon());
      statuses.push_back(head ? head->status : 0);
    }
    body = co_await receive(*exchange);
  };
  with_http1_client(script);
  CHECK(statuses == std::vector<int>{100, 103});
  CHECK(body == "200 OK [x]");

  std::size_t taken = 0;
  const Http1ClientScript endless = [&](RawPeer& server, serve::ClientConnection& client) -> Task<void> {
    auto exchange = client.begin();
    co_await send(*exchange, http1_request());
    for (int i = 0; i < 1000; ++i) co_await server.send(hint);
    for (bool more = true; more; taken += more ? 1 : 0) {
      const auto head = co_await exchange->read_head(soon());
      more = head ? true : false;
    }
  };
  with_http1_client(endless);
  CHECK(taken < 200);
}

}  // namespace tlsward::test
