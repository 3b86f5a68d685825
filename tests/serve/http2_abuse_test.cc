// Peers that are slow, greedy or hostile: deadlines and limits hold, and others are served meanwhile.
#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/serve/http2_server_thread.h"
#include "tests/serve/raw_http2.h"

namespace tlsward::test {
namespace {

using namespace std::chrono_literals;
using serve::Fields;
using serve::HttpLimits;

const std::string kPing = frame(kPingFrame, 0, 0, "12345678");
constexpr std::string_view kCalm = "goaway ENHANCE_YOUR_CALM";

/// What a new connection gets.
std::string hello_from(const Http2ServerThread& server) {
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/hello")));
  return peer.body(1);
}

std::string repeated(std::string_view bytes, std::size_t times) {
  std::string all;
  all.reserve(bytes.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += bytes;
  return all;
}

/// How a connection ends behind `bytes`.
std::string ending_of(const Http2ServerThread& server, const std::string& bytes) {
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(bytes);
  return peer.ending();
}

/// Waits as long as `deadline` allows without a word to the server.
Task<void> do_nothing(serve::ServerExchange& exchange, net::Loop& loop) {
  const net::Deadline never = net::Deadline::max();
  co_await loop.sleep_until(never);
  exchange.abort();
}

std::uint32_t stream_number(std::size_t place) {
  return static_cast<std::uint32_t>(2 * place + 1);
}

}  // namespace

TEST_CASE("http2: rapid resets end the connection") {
  Http2ServerThread server;
  std::string bytes;
  for (std::size_t i = 0; i < 400; ++i)
    bytes += headers(stream_number(i), get("/hold"), 0) + reset(stream_number(i), 8);
  CHECK(ending_of(server, bytes) == kCalm);
  CHECK(hello_from(server) == "hello\n");
}

TEST_CASE("http2: resets that the client has the server make end the connection, too") {
  Http2ServerThread server;
  const std::size_t many = 2000;  // those beyond the streams allowed at once are refused, which is no attack
  std::string bytes;
  for (std::size_t i = 0; i < many; ++i)
    bytes += headers(stream_number(i), get("/hold"), 0) + window_update(stream_number(i), 0);
  const std::string ending = ending_of(server, bytes);
  CHECK((ending == kCalm || ending == "goaway PROTOCOL_ERROR"));
  bytes.clear();
  for (std::size_t i = 0; i < many; ++i)
    bytes += headers(stream_number(i), get("/hold", {{"content-length", "1"}}), 0) +
             frame(kDataFrame, 0, stream_number(i), "xx");
  CHECK(ending_of(server, bytes) == kCalm);
  bytes.clear();
  for (std::size_t i = 0; i < many; ++i) bytes += headers(stream_number(i), get("/hold", {{"X-Upper", "1"}}));
  CHECK(ending_of(server, bytes) == kCalm);
}

TEST_CASE("http2: resets are no attack where requests are served between them") {
  Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  std::size_t streams = 0;
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 100; ++i, ++streams)
      peer.send(headers(stream_number(streams), get("/hold"), 0) + reset(stream_number(streams), 8));
    for (int i = 0; i < 110; ++i, ++streams) {
      peer.send(headers(stream_number(streams), get("/nothing/204")));
      REQUIRE(peer.outcome(stream_number(streams)) == "204");
    }
  }
  CHECK(streams == 1260);
}

TEST_CASE("http2: handlers that go on behind a reset are bounded") {
  HttpLimits limits;
  limits.concurrent_streams = 10;
  net::Loop* loop = nullptr;
  const serve::ExchangeHandler stubborn = [&](serve::ServerExchange& exchange) { return do_nothing(exchange, *loop); };
  Http2ServerThread server(limits, stubborn);
  loop = &server.loop();
  RawHttp2 peer(server.address());
  peer.greet();
  for (std::size_t i = 0; i < 30; ++i) {
    // The server has begun with one before the next comes.
    peer.send(headers(stream_number(i), get("/"), 0) + kPing);
    REQUIRE(peer.next(kPingFrame, 0));
    peer.send(reset(stream_number(i), 8));
  }
  peer.send(headers(stream_number(30), get("/")));
  CHECK(peer.outcome(stream_number(30)) == "reset REFUSED_STREAM");
  CHECK(server.most_handlers() == 20);
}

TEST_CASE("http2: floods of frames that bring nothing end the connection") {
  Http2ServerThread server;
  const std::string held = headers(1, get("/hold"), 0);
  const std::size_t many = 10'000;
  CHECK(ending_of(server, repeated(kPing, many)) == kCalm);
  CHECK(ending_of(server, repeated(frame(kSettingsFrame, 0, 0, setting(4, 65'535)), many)) == kCalm);
  CHECK(ending_of(server, held + repeated(frame(kDataFrame, 0, 1), many)) == kCalm);
  CHECK(ending_of(server, held + repeated(frame(kDataFrame, kPadded, 1, std::string(1, '\0')), many)) == kCalm);
  CHECK(ending_of(server, held + repeated(window_update(1, 1), many)) == kCalm);
  CHECK(ending_of(server, repeated(window_update(0, 1), many)) == kCalm);
  CHECK(ending_of(server, held + repeated(frame(0x42, 0, 1), many)) == kCalm);
  std::string priorities;
  for (std::size_t i = 0; i < many; ++i)
    priorities += frame(kPriorityFrame, 0, stream_number(i), four_bytes(stream_number(i + 1)) + "\x01");
  CHECK(ending_of(server, priorities) == kCalm);
  CHECK(hello_from(server) == "hello\n");
}

TEST_CASE("http2: a block of fields in endless pieces ends the connection") {
  Http2ServerThread server;
  const std::string begun = frame(kHeadersFrame, kEndStream, 1, block(get("/hello")));
  const std::string empty = ending_of(server, begun + repeated(frame(kContinuationFrame, 0, 1), 5000));
  CHECK((empty == kCalm || empty == "goaway INTERNAL_ERROR" || empty == "goaway PROTOCOL_ERROR"));
  const std::string piece = frame(kContinuationFrame, 0, 1, block({{"x-long", std::string(16'000, 'x')}}));
  const std::string full = ending_of(server, begun + repeated(piece, 100));
  CHECK((full == kCalm || full == "goaway INTERNAL_ERROR" || full == "goaway PROTOCOL_ERROR"));
  CHECK(hello_from(server) == "hello\n");
}

TEST_CASE("http2: a small block that stands for a huge one is not taken") {
  Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  // A field of 3,900 bytes into the table (index 62), then 12,000 times the same.
  std::string bomb = block(get("/hello"));
  bomb += "\x40" + block({{"x-bomb", std::string(3900, 'x')}}).substr(1) + std::string(12'000, '\xbe');
  peer.send(frame(kHeadersFrame, kEndStream | kEndHeaders, 1, bomb) + headers(3, get("/hello")));
  CHECK(peer.outcome(1) == "reset INTERNAL_ERROR");
  CHECK(peer.outcome(3) == "200");
}

TEST_CASE("http2: heads beyond the limits get 431 or 414, trailers a reset") {
  HttpLimits limits;
  limits.head_bytes = 8000;
  limits.head_fields = 20;
  limits.target_bytes = 1000;
  Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  Fields fields;
  for (int i = 0; i < 20; ++i) fields.push_back({"x-field", "1"});
  peer.send(headers(1, get("/hello", fields)));
  CHECK(peer.outcome(1) == "200");
  fields.push_back({"x-field", "1"});
  peer.send(headers(3, get("/hello", fields)));
  CHECK(peer.outcome(3) == "431");
  peer.send(headers(5, get("/hello", {{"x-long", std::string(8000, 'x')}})));
  CHECK(peer.outcome(5) == "431");
  peer.send(headers(7, get("/" + std::string(1000, 'x'))));
  CHECK(peer.outcome(7) == "414");
  peer.send(headers(9, get("/hold"), 0) + headers(9, {{"x-long", std::string(8000, 'x')}}));
  CHECK(peer.outcome(9) == "reset ENHANCE_YOUR_CALM");
  peer.send(headers(11, get("/hello")));
  CHECK(peer.outcome(11) == "200");
}

TEST_CASE("http2: a body beyond the windows ends the connection") {
  net::Loop* loop = nullptr;
  const serve::ExchangeHandler deaf = [&](serve::ServerExchange& exchange) { return do_nothing(exchange, *loop); };
  Http2ServerThread server({}, deaf);
  loop = &server.loop();
  const std::string begun = headers(1, get("/"), 0) + repeated(frame(kDataFrame, 0, 1, std::string(16'384, 'x')), 4);
  RawHttp2 peer(server.address());
  peer.greet();
  // The window is 64 KiB once SETTINGS are acknowledged, and nothing opens it.
  REQUIRE(peer.next(kSettingsFrame, 0));
  peer.send(begun + kPing);
  for (;;) {
    const auto got = peer.next();
    REQUIRE(got);
    CHECK((got->type != kWindowUpdateFrame || got->stream == 0));
    if (got->type == kPingFrame) break;
  }
  peer.send(frame(kDataFrame, 0, 1, "x"));
  const std::string outcome = peer.outcome(1);
  CHECK((outcome == "goaway FLOW_CONTROL_ERROR" || outcome == "reset FLOW_CONTROL_ERROR"));
}

TEST_CASE("http2: bodies that came whole and that nobody read give their window back") {
  Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  // Twice the window of the connection.
  for (std::size_t i = 0; i < 200; ++i) {
    const std::uint32_t stream = stream_number(i);
    peer.send(headers(stream, get("/deaf"), 0) + frame(kDataFrame, kEndStream, stream, std::string(10'500, 'x')));
    REQUIRE(peer.outcome(stream) == "200");
  }
}

TEST_CASE("http2: a connection without requests ends in time, before the first and behind the last") {
  HttpLimits limits;
  limits.idle_timeout = 100ms;
  Http2ServerThread server(limits);
  RawHttp2 silent(server.address());
  RawHttp2 greeted(server.address());
  greeted.greet();
  RawHttp2 served(server.address());
  served.greet();
  // Everything is acknowledged before: behind the response the client says nothing more.
  served.send(kPing);
  REQUIRE(served.next(kPingFrame, 0));
  served.send(headers(1, get("/hello")));
  CHECK(served.body(1) == "hello\n");
  CHECK(served.ending() == "goaway NO_ERROR");
  CHECK(greeted.ending() == "goaway NO_ERROR");
  CHECK(silent.ending() == "goaway NO_ERROR");
  CHECK(server.wait_for_ended(3));
}

TEST_CASE("http2: PING is no request: it keeps no connection open") {
  HttpLimits limits;
  limits.idle_timeout = 100ms;
  Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  const net::Deadline deadline = soon();
  while (!peer.has_ended() && net::Clock::now() < deadline) {
    peer.send(kPing);
    // Slow enough to be no flood, however late the server ends the connection.
    for (int i = 0; i < 8; ++i) REQUIRE(hello_from(server) == "hello\n");
  }
  CHECK(peer.ending() == "goaway NO_ERROR");
}

TEST_CASE("http2: a stream that is open keeps the connection open") {
  HttpLimits limits;
  limits.idle_timeout = 50ms;
  Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/hold"), 0));
  const auto until = net::Clock::now() + 300ms;
  while (net::Clock::now() < until) REQUIRE(hello_from(server) == "hello\n");
  peer.send(frame(kDataFrame, kEndStream, 1));
  CHECK(peer.body(1) == "hello\n");
}

TEST_CASE("http2: what has begun and does not come is given up in time") {
  HttpLimits limits;
  limits.head_timeout = 100ms;
  Http2ServerThread server(limits);
  const std::string greeting = std::string(kPreface) + frame(kSettingsFrame, 0, 0);
  const std::string request = headers(1, get("/hello"));
  const std::vector<std::pair<std::string, std::string>> begun = {
      {"the preface", std::string(kPreface.substr(0, 10))},
      {"a frame header", greeting + request.substr(0, 5)},
      {"HEADERS", greeting + request.substr(0, 20)},
      {"a block of fields", greeting + frame(kHeadersFrame, kEndStream, 1, block(get("/hello")))},
      {"SETTINGS", std::string(kPreface) + frame(kSettingsFrame, 0, 0, setting(4, 1)).substr(0, 12)}};
  std::size_t ended = 0;
  for (const auto& [name, bytes] : begun) {
    INFO(name);
    {
      RawHttp2 peer(server.address());
      peer.be_silent();
      peer.send(bytes);
      CHECK(peer.ending() == kCalm);
    }
    CHECK(server.wait_for_ended(++ended));
  }
}

TEST_CASE("http2: bytes that come one by one do not win time for a head") {
  HttpLimits limits;
  limits.head_timeout = 150ms;
  Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.be_silent();
  peer.greet();
  peer.send(frame(kHeadersFrame, kEndStream, 1, block(get("/hello"))));
  const std::string piece = frame(kContinuationFrame, 0, 1, block({{"x-long", std::string(16'000, 'x')}}));
  const auto before = net::Clock::now();
  // A byte each time a new connection has been served, which takes a while.
  for (std::size_t at = 0; at < piece.size() && !peer.has_ended() && net::Clock::now() < before + 10s; ++at) {
    peer.send(std::string_view(piece).substr(at, 1));
    REQUIRE(hello_from(server) == "hello\n");
  }
  CHECK(peer.ending() == kCalm);
  CHECK(net::Clock::now() - before < 5s);
}

TEST_CASE("http2: a head that was refused leaves no deadline behind") {
  HttpLimits limits;
  limits.head_timeout = 100ms;
  Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/hello", {{"X-Upper", "1"}})));
  CHECK(peer.outcome(1) == "reset PROTOCOL_ERROR");
  const auto until = net::Clock::now() + 300ms;
  while (net::Clock::now() < until) REQUIRE(hello_from(server) == "hello\n");
  peer.send(headers(3, get("/hello")));
  CHECK(peer.outcome(3) == "200");
}

TEST_CASE("http2: a client that opens no window is given up, whoever answers it") {
  HttpLimits limits;
  limits.write_timeout = 100ms;
  std::atomic<int> timed_out{0};
  const serve::ExchangeHandler impatient = [&](serve::ServerExchange& exchange) -> Task<void> {
    serve::ResponseHead head;
    const net::Deadline deadline = shortly();
    auto sent = co_await exchange.write_head(head, deadline);
    const std::vector<std::uint8_t> body(exchange.request().target == "/small" ? 10 : 200'000);
    if (sent) sent = co_await exchange.write_body(body, deadline);
    if (sent) sent = co_await exchange.write_body(body, deadline);
    const Fields none;
    if (sent) sent = co_await exchange.finish(none, deadline);
    if (!sent && sent.error().kind == net::Failure::Kind::TimedOut) ++timed_out;
    exchange.abort();
  };
  Http2ServerThread server(limits, impatient);
  RawHttp2 peer(server.address());
  peer.greet(setting(4, 0));
  peer.send(headers(1, get("/small")));
  CHECK(peer.outcome(1) == "200");
  CHECK(peer.outcome(1) == "reset INTERNAL_ERROR");
  peer.send(headers(3, get("/large")));
  CHECK(peer.outcome(3) == "200");
  CHECK(peer.outcome(3) == "reset INTERNAL_ERROR");
  peer.send(headers(5, {{":method", "CONNECT"}, {":authority", "localhost:80"}}));
  CHECK(peer.outcome(5) == "501");
  CHECK(peer.outcome(5) == "reset INTERNAL_ERROR");
  CHECK(timed_out == 2);
  CHECK(server.handlers() == 0);
}

TEST_CASE("http2: a client that does not read is given up") {
  HttpLimits limits;
  limits.write_timeout = 200ms;
  Http2ServerThread server(limits);
  RawHttp2 greedy(server.address());
  SECTION("a response") {
    greedy.greet(setting(4, 0x7fffffff));
    greedy.send(window_update(0, 0x7fff0000 - 65'535) + headers(1, get("/bytes/100000000")));
  }
  SECTION("answers to PING") {
    greedy.greet();
    // More than the guard allows at once, but what counts is that the server stops to read: nothing is lost in memory.
    greedy.send(repeated(kPing, 1900));
    greedy.send(headers(1, get("/hello")));
    CHECK(greedy.body(1) == "hello\n");
    greedy.socket().close();
  }
  CHECK(server.wait_for_ended(1));
  CHECK(hello_from(server) == "hello\n");
}

TEST_CASE("http2: interim responses wait for a client that does not read") {
  HttpLimits limits;
  limits.write_timeout = 300ms;
  std::atomic<std::size_t> written{0};
  const std::size_t many = 5'000'000;
  const serve::ExchangeHandler talkative = [&](serve::ServerExchange& exchange) -> Task<void> {
    serve::ResponseHead head;
    head.status = 103;
    head.fields.push_back({"link", std::string(1000, 'x')});
    for (; written < many; ++written) {
      const net::Deadline deadline = soon();
      auto sent = co_await exchange.write_interim(head, deadline);
      if (!sent) break;
    }
    exchange.abort();
  };
  Http2ServerThread server(limits, talkative);
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/")));
  CHECK(server.wait_for_ended(1));
  // What the kernel takes, and then a bounded number: HPACK makes each of them about 10 bytes.
  CHECK(written < many);
}

TEST_CASE("http2: clients that go away at any moment harm nobody") {
  Http2ServerThread server;
  const std::string talk = std::string(kPreface) + frame(kSettingsFrame, 0, 0) + headers(1, get("/echo"), 0) +
                           frame(kDataFrame, 0, 1, "some bytes") + headers(3, get("/bytes/1000000")) +
                           frame(kDataFrame, kEndStream, 1, "the end");
  std::size_t connections = 0;
  for (std::size_t cut = 0; cut <= talk.size(); cut += 7) {
    for (const bool abruptly : {false, true}) {
      RawHttp2 peer(server.address());
      peer.send(std::string_view(talk).substr(0, cut));
      if (abruptly) peer.socket().reset();
      ++connections;
    }
  }
  CHECK(server.wait_for_ended(connections));
  CHECK(hello_from(server) == "hello\n");
}

TEST_CASE("http2: a server that drains says GOAWAY twice, takes what was on its way, and ends") {
  Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/hold"), 0) + kPing);
  REQUIRE(peer.next(kPingFrame, 0));
  server.drain();
  const auto notice = peer.next(kGoawayFrame, 0);
  REQUIRE(notice);
  CHECK(number_in(notice->payload) == 0x7fffffff);
  peer.send(headers(3, get("/hello")));
  CHECK(peer.body(3) == "hello\n");
  const auto last = peer.next(kGoawayFrame, 0);
  REQUIRE(last);
  CHECK(number_in(last->payload) == 3);
  peer.send(headers(5, get("/hello")) + kPing);
  REQUIRE(peer.next(kPingFrame, 0));
  CHECK(server.ended() == 0);
  peer.send(frame(kDataFrame, kEndStream, 1));
  CHECK(peer.body(1) == "hello\n");
  CHECK(peer.ending() == "closed");
  CHECK(server.wait_for_ended(1));
}

}  // namespace tlsward::test
