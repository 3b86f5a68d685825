// start_tls over a real connection: what the dialogues themselves say is tested without one.
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "net/connect.h"
#include "net/server_text.h"
#include "net/starttls.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward {
namespace {

using net::Failure;
using net::StartTls;
using test::PeerSocket;

struct Ending {
  net::Outcome<Nothing> outcome;
  std::string next;  // the first bytes that the stream gives afterwards
};

Task<Ending> talk(net::Loop& loop, net::Address address, StartTls protocol, net::Deadline deadline) {
  auto stream = co_await net::connect(loop, address, test::soon());
  REQUIRE(stream);
  const auto outcome = co_await net::start_tls(*stream, protocol, "mail.example", deadline);
  Ending ending{outcome, {}};
  if (!ending.outcome) co_return ending;
  const auto sent = co_await stream->write_all(net::bytes_of("hello"), test::soon());
  REQUIRE(sent);
  std::uint8_t buffer[16];
  const auto count = co_await stream->read_some(buffer, test::soon());
  REQUIRE(count);
  ending.next = net::text_of(std::span(buffer).first(*count));
  co_return ending;
}

Ending talk(const test::Server& server, StartTls protocol, net::Deadline deadline = test::soon()) {
  net::Loop loop;
  return test::await(loop, talk(loop, server.address(), protocol, deadline));
}

}  // namespace

TEST_CASE("start_tls: after the dialogue the stream gives TLS") {
  test::Server server([](PeerSocket& client) {
    client.send_byte_by_byte("220 mail.example ESMTP\r\n");
    client.receive_until("\r\n");
    client.send("250-mail.example\r\n250 STARTTLS\r\n");
    client.receive_until("\r\n");
    client.send_byte_by_byte("220 go\r\n");
    if (client.receive(5) == "hello") client.send("TLS");
  });
  const Ending ending = talk(server, StartTls::Smtp);
  CHECK(ending.outcome);
  CHECK(ending.next == "TLS");
}

TEST_CASE("start_tls: what the server sent along with its last word is read next") {
  test::Server server([](PeerSocket& client) {
    client.send("+OK ready\r\n");
    client.receive_until("\r\n");
    client.send("+OK go\r\nearly");
    client.receive(5);
  });
  const Ending ending = talk(server, StartTls::Pop3);
  CHECK(ending.outcome);
  CHECK(ending.next == "early");
}

TEST_CASE("start_tls: a last request without an answer is sent all the same") {
  std::string request;
  test::Server server([&](PeerSocket& client) {
    using namespace std::string_literals;
    const std::string payload = "\x0a" + "8\0"s + std::string(4 + 8 + 1, 'x') + "\x00\x08"s;
    client.send(static_cast<char>(payload.size()) + "\0\0\0"s + payload);
    request = client.receive(4 + 32);
    if (client.receive(5) == "hello") client.send("TLS");
  });
  const Ending ending = talk(server, StartTls::Mysql);
  server.stop();
  CHECK(ending.outcome);
  CHECK(ending.next == "TLS");
  CHECK(request.size() == 36);
}

TEST_CASE("start_tls: without a protocol nothing is said") {
  test::Server server([](PeerSocket& client) {
    if (client.receive(5) == "hello") client.send("TLS");
  });
  const Ending ending = talk(server, StartTls::None);
  CHECK(ending.outcome);
  CHECK(ending.next == "TLS");
}

TEST_CASE("start_tls: a refusal has the server's words") {
  test::Server server([](PeerSocket& client) { client.send("421 too many connections\r\n"); });
  const Ending ending = talk(server, StartTls::Smtp);
  REQUIRE_FALSE(ending.outcome);
  CHECK(ending.outcome.error().kind == Failure::Kind::Protocol);
  CHECK(ending.outcome.error().message == "smtp: greeting is \"421 too many connections\", not 220");
}

TEST_CASE("start_tls: a server that closes, resets or is silent ends it") {
  test::Server closing([](PeerSocket& client) {
    client.send("* OK ready\r\n");
    client.receive_until("\r\n");
  });
  const Ending closed = talk(closing, StartTls::Imap);
  REQUIRE_FALSE(closed.outcome);
  CHECK(closed.outcome.error().kind == Failure::Kind::Closed);

  test::Server resetting([](PeerSocket& client) {
    client.send("* OK ready\r\n");
    client.receive_until("\r\n");
    client.reset();
  });
  const Ending reset = talk(resetting, StartTls::Imap);
  REQUIRE_FALSE(reset.outcome);
  CHECK(reset.outcome.error().kind == Failure::Kind::Reset);

  test::Server silent([](PeerSocket& client) { client.receive_end(); });
  const Ending timed_out = talk(silent, StartTls::Imap, test::shortly());
  REQUIRE_FALSE(timed_out.outcome);
  CHECK(timed_out.outcome.error().kind == Failure::Kind::TimedOut);
}

TEST_CASE("start_tls: ten megabytes without an end are not read") {
  test::Server server([](PeerSocket& client) {
    const std::string portion(100'000, 'x');
    for (int round = 0; round < 100; ++round) client.send(portion);
  });
  const Ending ending = talk(server, StartTls::Smtp);
  REQUIRE_FALSE(ending.outcome);
  CHECK(ending.outcome.error().kind == Failure::Kind::Protocol);
  CHECK(ending.outcome.error().message.find("smtp: server sent 64 KiB and no answer, beginning with \"xxx") == 0);
}

}  // namespace tlsward
