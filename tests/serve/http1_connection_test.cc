// How a connection of HTTP/1.1 goes on and ends: keep-alive, limits, deadlines, drain, tunnels.
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/http1_conversation.h"

namespace tlsward::test {
namespace {

using namespace std::chrono_literals;

const std::string kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kPost = "POST / HTTP/1.1\r\nHost: a\r\n";
const std::string kReflected = "GET http a / []\n";

/// What comes of sending `bytes` and waiting; the client says no more, and does not close.
std::string wait_after(const std::string& bytes, const serve::HttpLimits& limits) {
  return answer_to(bytes, {reflect, limits});
}

serve::ExchangeHandler answer_empty() {
  serve::ResponseHead head;
  head.content_length = 0;
  return answer_with(head);
}

/// Answers 101 and sends back what comes, in capitals of its own making: each piece in brackets.
Task<void> tunnel(serve::ServerExchange& exchange) {
  serve::ResponseHead head;
  head.status = 101;
  head.upgrade = exchange.request().upgrade;
  auto written = co_await exchange.write_head(head, soon());
  if (written) written = co_await exchange.flush(soon());
  std::vector<std::uint8_t> buffer(100);
  while (written) {
    const auto got = co_await exchange.read_body(buffer, soon());
    if (!got || *got == 0) break;
    const std::string text =
        "[" + std::string(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got)) + "]";
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    written = co_await exchange.write_body(bytes, soon());
    if (written) written = co_await exchange.flush(soon());
  }
  const serve::Fields none;
  written = co_await exchange.finish(none, soon());
}

}  // namespace

TEST_CASE("http1: a connection goes on until the client ends it", "[http1]") {
  std::string first, second, rest;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send(kGet);
    first = co_await client.receive_until("]\n");
    co_await client.send(kGet);
    second = co_await client.receive_until("]\n");
    client.end();
    rest = co_await client.receive_all();
  };
  converse({}, script);
  CHECK(body_of(first) == kReflected);
  CHECK(second == first);
  CHECK(first.find("Connection:") == std::string::npos);
  CHECK(rest.empty());
}

TEST_CASE("http1: a client that comes and goes without a word gets none", "[http1]") {
  std::string answer = "none";
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    client.end();
    answer = co_await client.receive_all();
  };
  converse({}, script);
  CHECK(answer.empty());
}

TEST_CASE("http1: the last request that a connection may have is told so", "[http1]") {
  serve::HttpLimits limits;
  limits.requests = 2;
  const std::string answers = wait_after(kGet + kGet + kGet, limits);
  const std::size_t close = answers.find("Connection: close");
  REQUIRE(close != std::string::npos);
  CHECK(answers.find("HTTP/1.1 200", close) == std::string::npos);
  CHECK(answers.find(kReflected) < close);
  CHECK(answers.ends_with(kReflected));
}

TEST_CASE("http1: limits of a head", "[http1]") {
  serve::HttpLimits limits;
  limits.head_bytes = 4000;
  limits.target_bytes = 1000;
  limits.head_fields = 20;
  const auto target = [](std::size_t size) {
    return "GET /" + std::string(size - 1, 'x') + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  };
  const auto fields = [](std::size_t number) {
    std::string head = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    for (std::size_t i = 2; i < number; ++i) head += "A: b\r\n";
    return head + "\r\n";
  };
  const auto bytes = [](std::size_t size) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ";
    return head + std::string(size - head.size() - 4, 'x') + "\r\n\r\n";
  };
  CHECK(status_of(wait_after(target(1000), limits)) == "200");
  CHECK(status_of(wait_after(target(1001), limits)) == "414");
  CHECK(status_of(wait_after(target(3000), limits)) == "414");
  CHECK(status_of(wait_after(target(100'000), limits)) == "414");
  CHECK(status_of(wait_after(fields(20), limits)) == "200");
  CHECK(status_of(wait_after(fields(21), limits)) == "431");
  CHECK(status_of(wait_after(bytes(4000), limits)) == "200");
  CHECK(status_of(wait_after(bytes(4001), limits)) == "431");
  CHECK(status_of(wait_after(bytes(300'000), limits)) == "431");
  // It need not be complete.
  CHECK(status_of(wait_after(std::string(2000, 'x'), limits)) == "414");
  CHECK(status_of(wait_after(bytes(4001).substr(0, 4001 - 4) + "yyyy", limits)) == "431");
}

TEST_CASE("http1: limit of a body", "[http1]") {
  serve::HttpLimits limits;
  limits.body_bytes = 10;
  const std::string length = kPost + "Connection: close\r\nContent-Length: ";
  CHECK(status_of(wait_after(length + "10\r\n\r\n0123456789", limits)) == "200");
  CHECK(status_of(wait_after(length + "11\r\n\r\n", limits)) == "413");
  const std::string chunked = kPost + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(status_of(wait_after(chunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", limits)) == "200");
  const std::string larger = wait_after(chunked + "5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n", limits);
  CHECK(status_of(larger) == "413");
  CHECK(larger.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("http1: a head that does not come in time is told so", "[http1]") {
  serve::HttpLimits limits;
  limits.head_timeout = 50ms;
  for (const std::string begun : {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "\r\nG"}) {
    CAPTURE(begun);
    const auto start = net::Clock::now();
    CHECK(status_of(wait_after(begun, limits)) == "408");
    CHECK(net::Clock::now() - start < 10s);
  }
  // One that drips does not get more time.
  std::string answer;
  const Http1Script drip = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 100'000 && client.stream().is_open(); ++i) {
      co_await client.send("A: b\r\n");
      co_await turn(client.stream().loop());
      const net::Deadline next = net::Clock::now() + 5ms;
      std::vector<std::uint8_t> buffer(1000);
      const auto got = co_await client.stream().read_some(buffer, next);
      if (!got) continue;
      answer = std::string(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
      break;
    }
    client.close();
  };
  converse({reflect, limits}, drip);
  CHECK(status_of(answer) == "408");
}

TEST_CASE("http1: an idle connection is closed without a word", "[http1]") {
  serve::HttpLimits limits;
  limits.idle_timeout = 50ms;
  CHECK(wait_after("", limits).empty());
  CHECK(wait_after(kGet, limits).ends_with(kReflected));
}

TEST_CASE("http1: a body that does not come in time is told so", "[http1]") {
  const serve::ExchangeHandler impatient = [](serve::ServerExchange& exchange) -> Task<void> {
    std::vector<std::uint8_t> buffer(100);
    for (bool more = true; more;) {
      const net::Deadline deadline = net::Clock::now() + 30ms;
      const auto got = co_await exchange.read_body(buffer, deadline);
      more = got && *got > 0;
    }
    serve::ResponseHead head;
    head.status = exchange.failure_status();
    head.content_length = 0;
    const auto written = co_await exchange.write_head(head, soon());
    const serve::Fields none;
    if (written) [[maybe_unused]]
      const auto finished = co_await exchange.finish(none, soon());
  };
  for (const std::string body : {"Content-Length: 5\r\n\r\n", "Content-Length: 5\r\n\r\nhel",
                                 "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "Transfer-Encoding: chunked\r\n\r\n"}) {
    CAPTURE(body);
    const std::string answer = answer_to(kPost + body, {impatient, {}});
    CHECK(status_of(answer) == "408");
    CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  }
}

TEST_CASE("http1: what the handler leaves of a body is passed over", "[http1]") {
  const std::string body(50'000, 'x');
  const std::string length = kPost + "Content-Length: 50000\r\n\r\n" + body;
  const std::string chunked = kPost + "Transfer-Encoding: chunked\r\n\r\nc350\r\n" + body + "\r\n0\r\n\r\n";
  const std::string last = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const std::string one = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const std::string end = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  CHECK(answer_to(length + chunked + last, {answer_empty(), {}}) == one + one + end);
}

TEST_CASE("http1: a body that nobody wants is not read for ever", "[http1]") {
  std::string answer;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send(kPost + "Content-Length: 100000000\r\n\r\n");
    answer = co_await client.receive_until("\r\n\r\n");
    const std::string piece(100'000, 'x');
    // Far less than the length, far more than buffers hold.
    for (int i = 0; i < 200; ++i) co_await client.send(piece);
    client.close();
  };
  converse({answer_empty(), {}}, script);
  CHECK(status_of(answer) == "200");
}

TEST_CASE("http1: 100 Continue is said where the handler wants the body", "[http1]") {
  const std::string expecting = kPost + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  std::string interim, answer, second;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send(expecting);
    interim = co_await client.receive_until("\r\n\r\n");
    co_await client.send("hello");
    answer = co_await client.receive_until("]\n");
    co_await client.send(kGet);
    second = co_await client.receive_until("]\n");
    client.close();
  };
  converse({}, script);
  CHECK(interim == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(body_of(answer) == "POST http a / [hello]\n");
  CHECK(body_of(second) == kReflected);
  // Where it does not, nobody knows what comes next.
  CHECK(answer_to(expecting + kGet, {answer_empty(), {}}) ==
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST_CASE("http1: drain closes an idle connection at once", "[http1]") {
  std::string first, rest;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection& server) -> Task<void> {
    co_await client.send(kGet);
    first = co_await client.receive_until("]\n");
    co_await turn(client.stream().loop());
    server.drain();
    rest = co_await client.receive_all();
  };
  converse({}, script);
  CHECK(body_of(first) == kReflected);
  CHECK(rest.empty());
}

TEST_CASE("http1: drain lets the request under way be answered, and no other", "[http1]") {
  std::string answer;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection& server) -> Task<void> {
    co_await client.send(kPost + "Content-Length: 5\r\n\r\nhel");
    co_await turn(client.stream().loop());
    server.drain();
    co_await client.send("lo" + kGet);
    answer = co_await client.receive_all();
    client.close();
  };
  converse({}, script);
  CHECK(body_of(answer) == "POST http a / [hello]\n");
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("http1: drain waits for a head that has begun", "[http1]") {
  std::string answer;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection& server) -> Task<void> {
    co_await client.send(kGet.substr(0, 10));
    co_await turn(client.stream().loop());
    server.drain();
    co_await client.send(kGet.substr(10));
    answer = co_await client.receive_all();
    client.close();
  };
  converse({}, script);
  CHECK(body_of(answer) == kReflected);
}

TEST_CASE("http1: a switch of protocols makes a tunnel, early bytes included", "[http1]") {
  std::string head, first, second, end;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: toy\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    head = co_await client.receive_until("\r\n\r\n");
    first = co_await client.receive_until("]");
    co_await client.send("\n\r");
    second = co_await client.receive_until("]");
    client.end();
    end = co_await client.receive_all();
  };
  converse({tunnel, {}}, script);
  CHECK(head == "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: toy\r\n\r\n");
  CHECK(first == "[GET / HTTP/1.1\r\n\r\n]");
  CHECK(second == "[\n\r]");
  CHECK(end.empty());
}

TEST_CASE("http1: a handler that gives up before it answers resets the connection", "[http1]") {
  const serve::ExchangeHandler give_up = [](serve::ServerExchange& exchange) -> Task<void> {
    exchange.abort();
    co_return;
  };
  CHECK(answer_to(kGet, {give_up, {}}) == "(reset)");
}

TEST_CASE("http1: a client that goes away in the middle is no harm", "[http1]") {
  const std::string body = kPost + "Content-Length: 5\r\n\r\nhel";
  for (const bool abort : {false, true}) {
    for (std::size_t size = 0; size <= body.size(); size += 7) {
      const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
        co_await client.send(body.substr(0, size));
        co_await turn(client.stream().loop());
        client.close(abort);
      };
      converse({}, script);
    }
  }
  SUCCEED("every server has ended");
}

}  // namespace tlsward::test
