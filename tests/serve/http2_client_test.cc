// The client of HTTP/2 against servers that say what they should not, or nothing.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/connect.h"
#include "net/transport.h"
#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/serve/http2_loopback.h"
#include "tests/serve/raw_http2.h"

namespace tlsward::test {
namespace {

using namespace std::chrono_literals;
using serve::ClientConnection;
using serve::Fields;
using serve::HttpLimits;
using ClientPtr = std::unique_ptr<ClientConnection>;
using Script = std::function<Task<void>(net::Loop&, ClientPtr&)>;
using Kind = net::Failure::Kind;

constexpr std::uint32_t kRefusedStream = 7;

Task<void> play(net::Loop& loop, net::Address server, const HttpLimits& limits, const Script& script) {
  const net::Deadline deadline = soon();
  auto stream = co_await net::connect(loop, server, deadline);
  CHECK(stream);
  if (!stream) co_return;
  net::Transport transport(std::move(*stream));
  auto client = serve::make_http2_client(std::move(transport), limits);
  co_await script(loop, client);
}

/// Has `script` talk to a server that does as `manner` says behind its greeting, which `settings` are part of.
void talk(const std::function<void(RawHttp2&)>& manner, const Script& script, const HttpLimits& limits = {},
          const std::string& settings = {}) {
  const Server server([&](PeerSocket& accepted) {
    RawHttp2 peer(accepted);
    peer.send(frame(kSettingsFrame, 0, 0, settings));
    if (accepted.receive(kPreface.size()) == kPreface) manner(peer);
  });
  net::Loop loop;
  await(loop, play(loop, server.address(), limits, script));
}

/// What one GET gets from such a server.
Reply ask_one(const std::function<void(RawHttp2&)>& manner, const HttpLimits& limits = {}) {
  Reply reply;
  talk(
      manner,
      [&](net::Loop&, ClientPtr& client) -> Task<void> {
        Question asked = question("/");
        reply = co_await ask(*client, asked);
      },
      limits);
  return reply;
}

std::string response(std::uint32_t stream, const Fields& fields, std::uint8_t flags = kEndStream) {
  return headers(stream, fields, flags);
}

std::string answer(std::uint32_t stream, std::string_view body) {
  return headers(stream, {{":status", "200"}}, 0) + frame(kDataFrame, kEndStream, stream, body);
}

Task<void> ask_into(ClientConnection& client, Question asked, Reply& reply) {
  reply = co_await ask(client, asked);
}

}  // namespace

TEST_CASE("http2 client: GOAWAY leaves what it names and gives the rest back untouched") {
  std::vector<Reply> replies(3);
  talk(
      [](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 5)) return;
        peer.send(frame(kGoawayFrame, 0, 0, four_bytes(1) + four_bytes(0)) + answer(1, "one"));
        peer.ending();
      },
      [&](net::Loop&, ClientPtr& client) -> Task<void> {
        TaskGroup group;
        for (Reply& reply : replies) group.spawn(ask_into(*client, question("/"), reply));
        co_await group.join();
        CHECK_FALSE(client->usable());
        CHECK(client->free_slots() == 0);
      });
  CHECK(replies[0].body == "one");
  for (const std::size_t place : {1, 2}) {
    CHECK_FALSE(replies[place].failure.empty());
    CHECK(replies[place].untouched);
  }
}

TEST_CASE("http2 client: a stream that was refused is untouched, one that was reset is not") {
  std::vector<Reply> replies;
  talk(
      [](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 1)) return;
        peer.send(reset(1, kRefusedStream));
        if (!peer.next(kHeadersFrame, 3)) return;
        peer.send(reset(3, 2));
        if (!peer.next(kHeadersFrame, 5)) return;
        peer.send(answer(5, "five"));
        peer.ending();
      },
      [&](net::Loop&, ClientPtr& client) -> Task<void> {
        Question asked = question("/");
        for (int i = 0; i < 3; ++i) replies.push_back(co_await ask(*client, asked));
        CHECK(client->usable());
      });
  CHECK(replies.at(0).failure == "the stream was reset: REFUSED_STREAM");
  CHECK(replies.at(0).untouched);
  CHECK(replies.at(1).failure == "the stream was reset: INTERNAL_ERROR");
  CHECK_FALSE(replies.at(1).untouched);
  CHECK(replies.at(2).body == "five");
}

TEST_CASE("http2 client: a connection that closes without a word leaves a request untouched") {
  bool says_something = false;
  SECTION("without a word") {}
  SECTION("with one") {
    says_something = true;
  }
  std::vector<Reply> replies;
  talk(
      [&](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 1)) return;
        peer.send(answer(1, "one"));
        if (!peer.next(kHeadersFrame, 3)) return;
        if (says_something) peer.send(window_update(3, 1));
      },
      [&](net::Loop&, ClientPtr& client) -> Task<void> {
        Question asked = question("/");
        for (int i = 0; i < 2; ++i) replies.push_back(co_await ask(*client, asked));
        CHECK_FALSE(client->usable());
      });
  CHECK(replies.at(0).body == "one");
  CHECK_FALSE(replies.at(1).failure.empty());
  CHECK(replies.at(1).untouched == !says_something);
}

TEST_CASE("http2 client: responses that cannot be trusted fail") {
  struct Case {
    std::string name, bytes, failure, body_failure;
  };
  const std::string malformed = "the stream was reset: PROTOCOL_ERROR";
  const std::vector<Case> cases = {
      {"no status", response(1, {{"x", "1"}}), malformed, ""},
      {"a status that is no number", response(1, {{":status", "2x0"}}), malformed, ""},
      {"upper case", response(1, {{":status", "200"}, {"X-Upper", "1"}}), malformed, ""},
      {"a value with a line feed", response(1, {{":status", "200"}, {"x", "a\nb"}}), malformed, ""},
      {"Transfer-Encoding", response(1, {{":status", "200"}, {"transfer-encoding", "chunked"}}), malformed, ""},
      {"a request's pseudo-header field", response(1, {{":status", "200"}, {":path", "/"}}), malformed, ""},
      {"two statuses", response(1, {{":status", "200"}, {":status", "200"}}), malformed, ""},
      {"a body before the head", frame(kDataFrame, 0, 1, "x"), "the peer broke the rules of HTTP/2: PROTOCOL_ERROR",
       ""},
      {"the end in an interim response", response(1, {{":status", "103"}}), malformed, ""},
      {"a status that does not exist", response(1, {{":status", "777"}}),
       "the upstream's response cannot be trusted: the status is none of HTTP's", ""},
      {"a body that is too short",
       response(1, {{":status", "200"}, {"content-length", "5"}}, 0) + frame(kDataFrame, kEndStream, 1, "four"), "",
       malformed},
      {"a body that is too long",
       response(1, {{":status", "200"}, {"content-length", "3"}}, 0) + frame(kDataFrame, kEndStream, 1, "four"), "",
       malformed}};
  for (const Case& it : cases) {
    INFO(it.name);
    const Reply reply = ask_one([&](RawHttp2& peer) {
      if (!peer.next(kHeadersFrame, 1)) return;
      peer.send(it.bytes);
      peer.ending();
    });
    // A body that is wrong may spoil its head, where both came at once.
    if (it.body_failure.empty()) CHECK(reply.failure == it.failure);
    CHECK((reply.failure + reply.body_failure) == it.failure + it.body_failure);
    CHECK_FALSE(reply.untouched);
  }
}

TEST_CASE("http2 client: status 101 is none of HTTP/2") {
  const Reply reply = ask_one([](RawHttp2& peer) {
    if (!peer.next(kHeadersFrame, 1)) return;
    peer.send(response(1, {{":status", "101"}}, 0));
    peer.ending();
  });
  const bool by_engine = reply.failure == "the stream was reset: PROTOCOL_ERROR";
  CHECK((by_engine || reply.failure == "the upstream's response cannot be trusted: HTTP/2 has no status 101"));
}

TEST_CASE("http2 client: servers that break the protocol lose the connection") {
  struct Case {
    std::string name, bytes;
  };
  const std::string ping = frame(kPingFrame, 0, 0, "12345678");
  std::string pings;
  for (int i = 0; i < 10'000; ++i) pings += ping;
  const std::vector<Case> cases = {
      {"a pushed stream", frame(kPushPromiseFrame, kEndHeaders, 1, four_bytes(2) + block(get("/")))},
      {"HEADERS of a stream that nobody opened", response(7, {{":status", "200"}})},
      {"ENABLE_PUSH from a server", frame(kSettingsFrame, 0, 0, setting(2, 1))},
      {"DATA beyond the frame size", frame(kDataFrame, 0, 1, std::string(16'385, 'x'))},
      {"a flood of PING", pings},
      {"HTTP/1.1", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"}};

  for (const Case& it : cases) {
    INFO(it.name);
    bool usable = true;
    Reply reply;
    talk(
        [&](RawHttp2& peer) {
          if (!peer.next(kHeadersFrame, 1)) return;
          peer.send(it.bytes);
          peer.ending();
        },
        [&](net::Loop&, ClientPtr& client) -> Task<void> {
          Question asked = question("/");
          reply = co_await ask(*client, asked);
          usable = client->usable();
        });
    CHECK(reply.failure.starts_with("the peer broke the rules of HTTP/2: "));
    CHECK_FALSE(usable);
  }
}

TEST_CASE("http2 client: a server that does not speak HTTP/2 at all fails at once") {
  const Server server([](PeerSocket& peer) { peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"); });
  net::Loop loop;
  const HttpLimits limits;
  const auto before = net::Clock::now();
  const Script script = [](net::Loop&, ClientPtr& client) -> Task<void> {
    Question asked = question("/");
    const Reply reply = co_await ask(*client, asked);
    CHECK_FALSE(reply.failure.empty());
  };
  await(loop, play(loop, server.address(), limits, script));
  CHECK(net::Clock::now() - before < 10s);
}

TEST_CASE("http2 client: heads, trailers and interim responses are bounded") {
  HttpLimits limits;
  limits.head_bytes = 5000;
  const std::string too_large = "a head or the trailers take too many bytes";
  const std::string long_value(5000, 'x');
  std::string interim;
  for (int i = 0; i < 1000; ++i) interim += response(1, {{":status", "103"}}, 0);
  const auto reply_to = [&](const std::string& bytes) {
    return ask_one(
        [&](RawHttp2& peer) {
          if (!peer.next(kHeadersFrame, 1)) return;
          peer.send(bytes);
          peer.ending();
        },
        limits);
  };
  CHECK(reply_to(response(1, {{":status", "200"}, {"x", long_value}})).failure == too_large);
  CHECK(reply_to(interim).failure == too_large);
  const Reply trailers = reply_to(headers(1, {{":status", "200"}}, 0) + headers(1, {{"x", long_value}}));
  CHECK(trailers.failure + trailers.body_failure == too_large);
}

TEST_CASE("http2 client: a body beyond the limit fails") {
  HttpLimits limits;
  limits.body_bytes = 100;
  const Reply reply = ask_one(
      [](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 1)) return;
        peer.send(answer(1, std::string(101, 'x')));
        peer.ending();
      },
      limits);
  CHECK(reply.body_failure == "the body is larger than 100 bytes");
}

TEST_CASE("http2 client: a block of fields that never ends is given up in time") {
  HttpLimits limits;
  limits.head_timeout = 100ms;
  const auto before = net::Clock::now();
  const Reply reply = ask_one(
      [](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 1)) return;
        peer.be_silent();
        peer.send(frame(kHeadersFrame, 0, 1, block({{":status", "200"}})));
        peer.ending();
      },
      limits);
  CHECK(reply.failure == "the peer broke the rules of HTTP/2: ENHANCE_YOUR_CALM");
  CHECK(net::Clock::now() - before < 10s);
}

TEST_CASE("http2 client: a tunnel waits for what the server allows, and says so where it does not") {
  const auto tunnel = [](const std::string& settings, std::string status, bool late) {
    std::string outcome;
    const Server server([&](PeerSocket& accepted) {
      RawHttp2 peer(accepted);
      if (accepted.receive(kPreface.size()) != kPreface) return;
      // The client's own SETTINGS and window are here before the server says a word.
      peer.be_silent();
      if (late && !peer.next(kWindowUpdateFrame, 0)) return;
      peer.send(frame(kSettingsFrame, 0, 0, settings));
      const auto head = peer.next(kHeadersFrame, 1);
      if (!head) return;
      const Fields fields = peer.fields_of(*head);
      const std::string* protocol = find(fields, ":protocol");
      if (protocol == nullptr || *protocol != "websocket" || fields.at(0).value != "CONNECT") return;
      peer.send(response(1, {{":status", status}}, 0) + frame(kDataFrame, kEndStream, 1, "text"));
      peer.ending();
    });
    net::Loop loop;
    const HttpLimits limits;
    const Script script = [&](net::Loop&, ClientPtr& client) -> Task<void> {
      const auto exchange = client->begin();
      const net::Deadline deadline = soon();
      Question asked = question("/chat");
      asked.head.upgrade = "websocket";
      auto sent = co_await exchange->write_head(asked.head, deadline);
      if (!sent) {
        CHECK(sent.error().kind == Kind::Protocol);
        CHECK(exchange->untouched());
        outcome = sent.error().message;
        co_return;
      }
      auto head = co_await exchange->read_head(deadline);
      CHECK(head);
      if (head) outcome = std::to_string(head->status) + " " + head->upgrade;
    };
    await(loop, play(loop, server.address(), limits, script));
    return outcome;
  };
  CHECK(tunnel(setting(8, 1), "200", false) == "200 websocket");
  CHECK(tunnel(setting(8, 1), "200", true) == "200 websocket");
  CHECK(tunnel(setting(8, 1), "403", true) == "403 ");
  CHECK(tunnel("", "200", true) == "the upstream speaks HTTP/2 and does not take 'websocket' over it");
}

TEST_CASE("http2 client: not more streams than the server takes") {
  std::vector<Reply> replies(5);
  std::size_t most = 0;
  talk(
      [&](RawHttp2& peer) {
        std::size_t open = 0;
        std::vector<std::uint32_t> streams;
        for (std::size_t answered = 0; answered < 5;) {
          const auto got = peer.next();
          if (!got) return;
          if (got->type == kHeadersFrame) {
            most = std::max(most, ++open);
            streams.push_back(got->stream);
          }
          // A pause in which a client that does not count would send more: answers only behind an answer to PING.
          if (got->type == kHeadersFrame) peer.send(frame(kPingFrame, 0, 0, "12345678"));
          if (got->type != kPingFrame || streams.empty()) continue;
          peer.send(answer(streams.back(), "x"));
          streams.pop_back();
          --open;
          ++answered;
        }
        peer.ending();
      },
      [&](net::Loop&, ClientPtr& client) -> Task<void> {
        TaskGroup group;
        for (Reply& reply : replies) group.spawn(ask_into(*client, question("/"), reply));
        co_await group.join();
        CHECK(client->free_slots() == 1);
      },
      {}, setting(3, 1));
  for (const Reply& reply : replies) CHECK(reply.body == "x");
  CHECK(most == 1);
}

TEST_CASE("http2 client: a window that is closed makes the writer wait, up to its deadline") {
  std::string sent_to_peer, reset_code;
  talk(
      [&](RawHttp2& peer) {
        if (!peer.next(kHeadersFrame, 1)) return;
        peer.send(answer(1, "x"));
        const auto data = peer.next(kDataFrame, 3);
        if (data) sent_to_peer = data->payload;
        const auto given_up = peer.next(kResetFrame, 3);
        if (given_up) reset_code = given_up->payload;
        peer.ending();
      },
      [](net::Loop& loop, ClientPtr& client) -> Task<void> {
        // Behind a response the server's window is known.
        Question first = question("/");
        const Reply reply = co_await ask(*client, first);
        CHECK(reply.body == "x");
        const auto exchange = client->begin();
        Question asked = question("/", "x");
        net::Deadline deadline = soon();
        auto sent = co_await exchange->write_head(asked.head, deadline);
        CHECK(sent);
        const std::vector<std::uint8_t> bytes(100'000);
        sent = co_await exchange->write_body(bytes, deadline);
        CHECK(sent);
        deadline = shortly();
        sent = co_await exchange->write_body(bytes, deadline);
        CHECK((!sent && sent.error().kind == Kind::TimedOut));
        deadline = soon();
        sent = co_await exchange->flush(deadline);
        CHECK(sent);  // there is nothing that may go out
        exchange->abort();
        sent = co_await exchange->write_body(bytes, deadline);
        CHECK((!sent && sent.error().kind == Kind::Closed));
        deadline = shortly();
        co_await loop.sleep_until(deadline);  // the writer's turn, before the connection goes
      },
      {}, setting(4, 10));
  CHECK(sent_to_peer == std::string(10, '\0'));
  CHECK(number_in(reset_code) == 8);
}

TEST_CASE("http2 client: a response that is complete may end its stream") {
  const Reply reply = ask_one([](RawHttp2& peer) {
    if (!peer.next(kHeadersFrame, 1)) return;
    peer.send(answer(1, "all") + reset(1, 0));
    peer.ending();
  });
  CHECK(reply.failure.empty());
  CHECK(reply.body == "all");
  CHECK(reply.body_failure.empty());
}

TEST_CASE("http2 client: one that goes while its server reads nothing is gone at once") {
  const auto before = net::Clock::now();
  Listener silent;
  net::Loop loop;
  const HttpLimits limits;
  const Script script = [](net::Loop& its_loop, ClientPtr& client) -> Task<void> {
    const auto exchange = client->begin();
    const net::Deadline deadline = soon();
    Question asked = question("/", "x");
    auto sent = co_await exchange->write_head(asked.head, deadline);
    CHECK(sent);
    net::Deadline short_deadline = shortly();
    co_await its_loop.sleep_until(short_deadline);
    client.reset();
  };
  await(loop, play(loop, silent.address(), limits, script));
  CHECK(net::Clock::now() - before < 5s);
}

}  // namespace tlsward::test
