// HTTP/2 of both sides against each other, in one loop over loopback.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/http2_loopback.h"

namespace tlsward::test {
namespace {

using namespace std::chrono_literals;
using serve::ClientConnection;
using serve::Fields;
using ClientPtr = std::unique_ptr<ClientConnection>;
using Kind = net::Failure::Kind;

/// Asks `questions` one after the other.
std::vector<Reply> ask_all(std::vector<Question> questions, const serve::HttpLimits& limits = {}) {
  std::vector<Reply> replies;
  Http2Loopback loopback(limits);
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    for (const Question& asked : questions) replies.push_back(co_await ask(*client, asked));
    CHECK(client->idle());
    CHECK(client->usable());
  });
  CHECK(loopback.accepted() == 1);
  CHECK(loopback.ended() == 1);
  return replies;
}

Reply ask_one(Question asked, const serve::HttpLimits& limits = {}) {
  std::vector<Question> questions;
  questions.push_back(std::move(asked));
  return ask_all(std::move(questions), limits).at(0);
}

Task<void> ask_into(ClientConnection& client, Question asked, Reply& reply) {
  reply = co_await ask(client, asked);
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Task<std::string> read_once(serve::ClientExchange& exchange) {
  std::vector<std::uint8_t> buffer(16384);
  const net::Deadline deadline = soon();
  auto got = co_await exchange.read_body(buffer, deadline);
  if (!got) co_return "failed: " + got.error().message;
  co_return std::string(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
}

}  // namespace

TEST_CASE("http2: a request and its response") {
  const Reply reply = ask_one(question("/hello"));
  CHECK(reply.failure.empty());
  CHECK(reply.head.status == 200);
  CHECK(reply.head.has_body);
  CHECK(reply.body == "hello\n");
  CHECK(reply.body_failure.empty());
}

TEST_CASE("http2: the head of a request comes as it was sent") {
  Question asked = question("/describe?a=b&c=%20");
  asked.head.target = "/describe";
  asked.head.scheme = "https";
  asked.head.authority = "example.test:8443";
  asked.head.fields = {{"X-Upper", "Case"}, {"te", "trailers"},         {"Connection", "x"},
                       {"te", "gzip"},      {"Transfer-Encoding", "y"}, {"cookie", "a=1"},
                       {"cookie", "b=2"},   {"authorization", "secret"}};
  const Reply reply = ask_one(asked);
  CHECK(reply.body ==
        "GET https example.test:8443 /describe\n"
        "x-upper: Case\nte: trailers\nauthorization: secret\ncookie: a=1; b=2\n");
}

TEST_CASE("http2: long bodies both ways, through windows many times smaller") {
  const std::string body = long_body(3'000'001);
  const std::vector<Reply> replies = ask_all({question("/echo", body), question("/bytes/5000000")});
  CHECK((replies.at(0).body == body));
  CHECK(replies.at(0).send_failure.empty());
  CHECK((replies.at(1).body == long_body(5'000'000)));
  CHECK(replies.at(1).head.content_length == 5'000'000);
}

TEST_CASE("http2: trailers go both ways, those that must not are left out") {
  const Reply reply =
      ask_one(question("/echo", "body", {{"Grpc-Status", "0"}, {"content-length", "9"}, {"x-checksum", "abc"}}));
  CHECK(reply.body == "body");
  REQUIRE(reply.trailers.size() == 2);
  CHECK(reply.trailers[0].name == "grpc-status");
  CHECK(reply.trailers[1].value == "abc");
}

TEST_CASE("http2: interim responses come before the response") {
  const Reply reply = ask_one(question("/interim"));
  REQUIRE(reply.interim.size() == 1);
  CHECK(reply.interim[0].status == 103);
  CHECK(reply.interim[0].fields.at(0).name == "link");
  CHECK(reply.head.status == 200);
  CHECK(reply.body == "hello\n");
}

TEST_CASE("http2: 100-continue is asked for and given") {
  Question asked = question("/continue", "body");
  asked.head.fields.push_back({"expect", "100-continue"});
  const Reply reply = ask_one(asked);
  REQUIRE(reply.interim.size() == 1);
  CHECK(reply.interim[0].status == 100);
  CHECK(reply.body == "body");
}

TEST_CASE("http2: responses without a body have none, whatever the handler writes") {
  Question head = question("/bytes/100");
  head.head.method = "HEAD";
  const std::vector<Reply> replies =
      ask_all({question("/nothing/204"), question("/nothing/304"), question("/nothing/200"), head});
  for (const Reply& reply : replies) {
    CHECK(reply.failure.empty());
    CHECK_FALSE(reply.head.has_body);
    CHECK(reply.body.empty());
    CHECK(reply.body_failure.empty());
  }
  CHECK(replies.at(0).head.status == 204);
  CHECK(replies.at(3).head.content_length == 100);
}

TEST_CASE("http2: a response may begin, and go on, before the request has ended") {
  std::vector<std::string> heard;
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/early", "x");
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    auto head = co_await exchange->read_head(deadline);
    CHECK(head);
    heard.push_back(co_await read_once(*exchange));
    for (const std::string_view word : {"one", "two", "three"}) {
      const auto bytes = bytes_of(word);
      sent = co_await exchange->write_body(bytes, deadline);
      CHECK(sent);
      heard.push_back(co_await read_once(*exchange));
    }
    const Fields none;
    sent = co_await exchange->finish(none, deadline);
    CHECK(sent);
    heard.push_back(co_await read_once(*exchange));
  });
  CHECK(heard == std::vector<std::string>{"early\n", "one", "two", "three", ""});
}

TEST_CASE("http2: extended CONNECT makes a tunnel whose ends close on their own") {
  std::vector<std::string> heard;
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/tunnel");
    asked.head.upgrade = "websocket";
    asked.head.fields = {{"sec-websocket-key", "x"}, {"sec-websocket-version", "13"}};
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    auto head = co_await exchange->read_head(deadline);
    CHECK(head);
    if (!head) co_return;
    CHECK(head->status == 200);
    CHECK(head->upgrade == "websocket");
    CHECK(head->has_body);
    const auto ping = bytes_of("ping");
    sent = co_await exchange->write_body(ping, deadline);
    heard.push_back(co_await read_once(*exchange));
    const Fields none;
    sent = co_await exchange->finish(none, deadline);
    CHECK(sent);
    heard.push_back(co_await read_once(*exchange));
  });
  CHECK(heard == std::vector<std::string>{"ping", ""});
}

TEST_CASE("http2: a tunnel stays half open where the server has said its last") {
  std::string told;
  const serve::ExchangeHandler half = [&](serve::ServerExchange& exchange) -> Task<void> {
    serve::ResponseHead head;
    head.upgrade = exchange.request().upgrade;
    const net::Deadline deadline = soon();
    auto sent = co_await exchange.write_head(head, deadline);
    const Fields none;
    if (sent) sent = co_await exchange.finish(none, deadline);
    CHECK(sent);
    std::vector<std::uint8_t> buffer(100);
    for (;;) {
      auto got = co_await exchange.read_body(buffer, deadline);
      CHECK(got);
      if (!got || *got == 0) break;
      told.append(reinterpret_cast<const char*>(buffer.data()), *got);
    }
  };
  Http2Loopback loopback({}, half);
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/");
    asked.head.upgrade = "connect-udp";
    auto sent = co_await exchange->write_head(asked.head, deadline);
    auto head = co_await exchange->read_head(deadline);
    CHECK(head);
    std::string end = co_await read_once(*exchange);
    CHECK(end.empty());
    const auto bytes = bytes_of("still here");
    sent = co_await exchange->write_body(bytes, deadline);
    CHECK(sent);
    const Fields none;
    sent = co_await exchange->finish(none, deadline);
    CHECK(sent);
  });
  CHECK(told == "still here");
}

TEST_CASE("http2: what the server breaks off fails, and the connection goes on") {
  const std::vector<Reply> replies = ask_all({question("/abort"), question("/hello")});
  CHECK(replies.at(0).head.status == 200);
  CHECK(replies.at(0).body_failure == "the stream was reset: INTERNAL_ERROR");
  CHECK(replies.at(1).body == "hello\n");
}

TEST_CASE("http2: what the client breaks off, the server's handler sees") {
  std::optional<net::Failure> seen;
  const serve::ExchangeHandler handler = [&](serve::ServerExchange& exchange) -> Task<void> {
    if (exchange.request().target == "/hello") {
      co_await answer_by_target(exchange);
      co_return;
    }
    std::vector<std::uint8_t> buffer(100);
    const net::Deadline deadline = soon();
    auto got = co_await exchange.read_body(buffer, deadline);
    if (!got) seen = got.error();
    CHECK(exchange.failure_status() == 0);
    CHECK(exchange.body_ready());
    // Everything else fails, too, and harms nobody.
    serve::ResponseHead head;
    auto sent = co_await exchange.write_interim(head, deadline);
    CHECK_FALSE(sent);
    sent = co_await exchange.write_head(head, deadline);
    CHECK_FALSE(sent);
    CHECK_FALSE(exchange.responded());
    const auto bytes = bytes_of("nobody hears this");
    sent = co_await exchange.write_body(bytes, deadline);
    CHECK_FALSE(sent);
    const Fields none;
    sent = co_await exchange.finish(none, deadline);
    CHECK_FALSE(sent);
    exchange.abort();
  };
  Http2Loopback loopback({}, handler);
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/", "body");
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    // The server has it for sure once it has answered another.
    Question other = question("/hello");
    Reply reply = co_await ask(*client, other);
    CHECK(reply.body == "hello\n");
    exchange.reset();
    reply = co_await ask(*client, other);
    CHECK(reply.body == "hello\n");
  });
  REQUIRE(seen);
  CHECK(seen->kind == Kind::Reset);
  CHECK(seen->message == "the stream was reset: CANCEL");
}

TEST_CASE("http2: a response that is complete before its request cuts that off") {
  const Reply reply = ask_one(question("/deaf", long_body(4'000'000)));
  CHECK(reply.body == "deaf\n");
  CHECK(reply.body_failure.empty());
  CHECK(reply.send_failure == "the stream is closed");
}

TEST_CASE("http2: bodies that nobody read give their share of the connection's window back") {
  // Far more than the window of the connection, 64 KiB at a time.
  std::vector<Question> questions(60, question("/deaf", long_body(60'000)));
  questions.push_back(question("/echo", long_body(100'000)));
  const std::vector<Reply> replies = ask_all(std::move(questions));
  for (const Reply& reply : replies) CHECK(reply.head.status == 200);
  CHECK((replies.back().body == long_body(100'000)));
}

TEST_CASE("http2: many streams side by side, none waits for another") {
  std::vector<Reply> replies(90);
  Reply held;
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto holding = client->begin();
    const net::Deadline deadline = soon();
    Question hold = question("/hold", "x");
    auto sent = co_await holding->write_head(hold.head, deadline);
    CHECK(sent);
    TaskGroup group;
    const Question asked = question("/echo", long_body(100'000));
    for (Reply& reply : replies) group.spawn(ask_into(*client, asked, reply));
    CHECK_FALSE(client->idle());
    co_await group.join();
    const Fields none;
    sent = co_await holding->finish(none, deadline);
    CHECK(sent);
    co_await read_reply(*holding, held);
  });
  for (const Reply& reply : replies) CHECK((reply.body == long_body(100'000)));
  CHECK(held.body == "hello\n");
}

TEST_CASE("http2: there are as many slots as both sides allow") {
  serve::HttpLimits limits;
  limits.concurrent_streams = 3;
  Http2Loopback loopback(limits);
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    CHECK(client->free_slots() == 3);
    const auto first = client->begin();
    const auto second = client->begin();
    auto third = client->begin();
    CHECK(client->free_slots() == 0);
    CHECK_FALSE(client->begin());
    CHECK(client->usable());
    CHECK_FALSE(client->idle());
    third.reset();
    CHECK(client->free_slots() == 1);
    Question asked = question("/hello");
    const Reply reply = co_await ask(*client, asked);
    CHECK(reply.body == "hello\n");
    CHECK(client->free_slots() == 1);
  });
}

TEST_CASE("http2: a server that drains ends what is under way and takes nothing new") {
  Reply held;
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback& it, ClientPtr& client) -> Task<void> {
    const auto holding = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/hold", "x");
    auto sent = co_await holding->write_head(asked.head, deadline);
    CHECK(sent);
    Question other = question("/hello");
    Reply reply = co_await ask(*client, other);
    CHECK(reply.body == "hello\n");
    it.drain();
    // GOAWAY makes the client unusable; nothing else can.
    while (client->usable()) co_await it.loop().sleep_until(shortly());
    CHECK(client->free_slots() == 0);
    CHECK_FALSE(client->begin());
    CHECK(it.ended() == 0);
    const Fields none;
    sent = co_await holding->finish(none, deadline);
    CHECK(sent);
    co_await read_reply(*holding, held);
    while (it.ended() == 0) co_await it.loop().sleep_until(shortly());
  });
  CHECK(held.body == "hello\n");
  CHECK(loopback.ended() == 1);
}

TEST_CASE("http2: a server that drains with nothing under way closes soon") {
  const auto before = net::Clock::now();
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback& it, ClientPtr& client) -> Task<void> {
    Question asked = question("/hello");
    const Reply reply = co_await ask(*client, asked);
    CHECK(reply.body == "hello\n");
    it.drain();
    while (it.ended() == 0 && net::Clock::now() < before + 10s) co_await it.loop().sleep_until(shortly());
    CHECK_FALSE(client->usable());
  });
  CHECK(loopback.ended() == 1);
}

TEST_CASE("http2: after as many requests as a connection may have, it drains") {
  serve::HttpLimits limits;
  limits.requests = 2;
  std::vector<Reply> replies;
  Http2Loopback loopback(limits);
  loopback.run([&](Http2Loopback& it, ClientPtr& client) -> Task<void> {
    Question asked = question("/hello");
    for (int i = 0; i < 2; ++i) replies.push_back(co_await ask(*client, asked));
    while (client->usable()) co_await it.loop().sleep_until(shortly());
    while (it.ended() == 0) co_await it.loop().sleep_until(shortly());
  });
  for (const Reply& reply : replies) CHECK(reply.body == "hello\n");
}

TEST_CASE("http2: exchanges outlive their connection, and fail") {
  Http2Loopback loopback;
  const auto before = net::Clock::now();
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto begun = client->begin();
    const auto waiting = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/hold", "x");
    auto sent = co_await waiting->write_head(asked.head, deadline);
    CHECK(sent);
    client.reset();
    sent = co_await begun->write_head(asked.head, deadline);
    CHECK((!sent && sent.error().kind == Kind::Closed));
    CHECK(begun->untouched());
    auto head = co_await waiting->read_head(deadline);
    CHECK((!head && head.error().kind == Kind::Closed));
    const auto bytes = bytes_of("x");
    sent = co_await waiting->write_body(bytes, deadline);
    CHECK((!sent && sent.error().kind == Kind::Closed));
    std::vector<std::uint8_t> buffer(10);
    auto got = co_await waiting->read_body(buffer, deadline);
    CHECK((!got && got.error().kind == Kind::Closed));
    waiting->abort();
  });
  CHECK(loopback.ended() == 1);
  CHECK(net::Clock::now() - before < 10s);
}

TEST_CASE("http2: a client that goes before its loop has run leaves nothing behind") {
  Http2Loopback loopback;
  loopback.run([](Http2Loopback&, ClientPtr& client) -> Task<void> {
    client.reset();
    co_return;
  });
  CHECK(loopback.accepted() <= 1);
  CHECK(loopback.ended() == loopback.accepted());
}

TEST_CASE("http2: an interrupt ends waiting exchanges of both sides") {
  Reply reply;
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback& it, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/hold", "x");
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    it.loop().post([&it] { it.loop().interrupt(); });
    co_await read_reply(*exchange, reply);
  });
  CHECK_FALSE(reply.failure.empty());
  CHECK(loopback.ended() == loopback.accepted());
}

TEST_CASE("http2: a deadline that passes leaves the stream as it is") {
  Http2Loopback loopback;
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    net::Deadline deadline = soon();
    Question asked = question("/hold", "x");
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    deadline = shortly();
    auto head = co_await exchange->read_head(deadline);
    CHECK((!head && head.error().kind == Kind::TimedOut));
    CHECK_FALSE(exchange->untouched());
    deadline = soon();
    const Fields none;
    sent = co_await exchange->finish(none, deadline);
    CHECK(sent);
    Reply reply;
    co_await read_reply(*exchange, reply);
    CHECK(reply.body == "hello\n");
  });
}

TEST_CASE("http2: a body beyond the limit is refused with 413, told by its length or not") {
  serve::HttpLimits limits;
  limits.body_bytes = 10'000;
  const serve::ExchangeHandler handler = [](serve::ServerExchange& exchange) -> Task<void> {
    std::vector<std::uint8_t> buffer(16384);
    const net::Deadline deadline = soon();
    for (;;) {
      auto got = co_await exchange.read_body(buffer, deadline);
      if (got && *got > 0) continue;
      serve::ResponseHead head;
      head.status = got ? 200 : exchange.failure_status();
      head.has_body = false;
      auto sent = co_await exchange.write_head(head, deadline);
      const Fields none;
      if (sent) sent = co_await exchange.finish(none, deadline);
      co_return;
    }
  };
  std::vector<Reply> replies;
  Http2Loopback loopback(limits, handler);
  loopback.run([&](Http2Loopback&, ClientPtr& client) -> Task<void> {
    Question fits = question("/", long_body(10'000));
    Question too_long = question("/", long_body(10'001));
    Question told = too_long;
    told.head.content_length = 10'001;
    replies.push_back(co_await ask(*client, fits));
    replies.push_back(co_await ask(*client, too_long));
    replies.push_back(co_await ask(*client, told));
  });
  CHECK(replies.at(0).head.status == 200);
  CHECK(replies.at(1).head.status == 413);
  CHECK(replies.at(2).head.status == 413);
}

}  // namespace tlsward::test
