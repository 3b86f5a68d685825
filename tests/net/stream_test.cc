#include "net/stream.h"

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "net/connect.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::net {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::PeerSocket;
using test::Server;
using test::shortly;
using test::soon;
using Kind = Failure::Kind;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Stream connected(Loop& loop, const Address& address) {
  auto stream = await(loop, connect(loop, address, soon()));
  REQUIRE(stream);
  return std::move(*stream);
}

/// What one read gives: text, "end" for the end, or the failure's kind as it is written here.
std::string read_once(Loop& loop, Stream& stream, Deadline deadline, std::size_t size = 64) {
  std::vector<std::uint8_t> buffer(size);
  const auto got = await(loop, stream.read_some(buffer, deadline));
  if (!got) return "failed: " + got.error().message;
  if (*got == 0) return "end";
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got)};
}

Task<std::string> read_all(Stream& stream, std::size_t size) {
  std::string all;
  std::vector<std::uint8_t> buffer(65536);
  while (all.size() < size) {
    const auto got = co_await stream.read_some(buffer, soon());
    if (!got || *got == 0) break;
    all.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
  co_return all;
}

std::optional<Kind> kind_of(const Outcome<Nothing>& outcome) {
  if (outcome) return {};
  return outcome.error().kind;
}

void stay_silent(PeerSocket& peer) {
  peer.receive_end();
}

}  // namespace

TEST_CASE("stream: writes, reads, and sees the end") {
  Server server([](PeerSocket& peer) { peer.send("got " + peer.receive(5)); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  CHECK(stream.is_open());
  CHECK(stream.peer() == server.address());
  CHECK(&stream.loop() == &loop);
  CHECK(await(loop, stream.write_all(bytes_of("hello"), soon())));
  CHECK(await(loop, read_all(stream, 9)) == "got hello");
  CHECK(read_once(loop, stream, soon()) == "end");
}

TEST_CASE("stream: a read takes what is there and leaves the rest") {
  Server server([](PeerSocket& peer) { peer.send("abcdef"); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  std::string read;
  for (int i = 0; i < 6; ++i) read += read_once(loop, stream, soon(), 1) + ' ';
  CHECK(read == "a b c d e f ");
}

TEST_CASE("stream: what was put back comes first") {
  Server server([](PeerSocket& peer) { peer.send("rest"); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  stream.unread(bytes_of("second"));
  stream.unread(bytes_of("first "));
  CHECK(read_once(loop, stream, soon(), 3) == "fir");
  stream.unread(bytes_of("FIR"));
  CHECK(read_once(loop, stream, soon()) == "FIRst second");
  CHECK(read_once(loop, stream, soon()) == "rest");
}

TEST_CASE("stream: a silent peer costs no more than the deadline") {
  Server server(stay_silent);
  Loop loop;
  Stream stream = connected(loop, server.address());
  const Deadline deadline = shortly();
  CHECK(read_once(loop, stream, deadline) == "failed: timed out");
  CHECK(Clock::now() >= deadline);
  CHECK(Clock::now() < deadline + 10s);
}

TEST_CASE("stream: goes on after a read that timed out") {
  Server server([](PeerSocket& peer) { peer.send(peer.receive(1)); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  CHECK(read_once(loop, stream, shortly()) == "failed: timed out");
  CHECK(await(loop, stream.write_all(bytes_of("x"), soon())));
  CHECK(read_once(loop, stream, soon()) == "x");
}

TEST_CASE("stream: bytes that have come are given after the deadline, too") {
  Server server([](PeerSocket& peer) { peer.send("late"); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  CHECK(read_once(loop, stream, soon(), 1) == "l");
  CHECK(read_once(loop, stream, Clock::now() - 1s) == "ate");
}

TEST_CASE("stream: a reset is told apart from an end") {
  Server server([](PeerSocket& peer) {
    peer.receive(1);
    peer.reset();
  });
  Loop loop;
  Stream stream = connected(loop, server.address());
  CHECK(await(loop, stream.write_all(bytes_of("x"), soon())));
  std::vector<std::uint8_t> buffer(8);
  const auto got = await(loop, stream.read_some(buffer, soon()));
  REQUIRE_FALSE(got);
  CHECK(got.error().kind == Kind::Reset);
  CHECK(got.error().message == "connection reset by peer");
  CHECK(kind_of(await(loop, stream.write_all(bytes_of("y"), soon()))) == Kind::Reset);
}

TEST_CASE("stream: writes more than the system buffers") {
  const std::string text(4'000'000, 'x');
  std::string received;
  Server server([&](PeerSocket& peer) { received = peer.receive(text.size()); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  CHECK(await(loop, stream.write_all(bytes_of(text), soon())));
  server.stop();
  CHECK(received == text);
}

TEST_CASE("stream: a peer that does not read costs no more than the deadline") {
  const test::Listener listener;
  Loop loop;
  Stream stream = connected(loop, listener.address());
  const std::string text(50'000'000, 'x');
  CHECK(kind_of(await(loop, stream.write_all(bytes_of(text), shortly()))) == Kind::TimedOut);
}

TEST_CASE("stream: reads and writes at the same time") {
  const std::string text(4'000'000, 'x');
  Server server([&](PeerSocket& peer) {
    for (std::size_t sent = 0; sent < text.size(); sent += 100'000) peer.send(peer.receive(100'000));
  });
  Loop loop;
  Stream stream = connected(loop, server.address());
  std::string received;
  const auto read = [](Stream& from, std::size_t size, std::string& into) -> Task<void> {
    into = co_await read_all(from, size);
  };
  const auto write = [](Stream& to, std::string_view what) -> Task<void> {
    (void)co_await to.write_all(bytes_of(what), soon());
  };
  loop.spawn(read(stream, text.size(), received));
  loop.spawn(write(stream, text));
  loop.run();
  CHECK(received == text);
}

TEST_CASE("stream: an interrupt from another thread ends reads and writes") {
  Server server(stay_silent);
  Loop loop;
  Stream stream = connected(loop, server.address());
  std::thread other([&] { loop.interrupt(); });
  CHECK(read_once(loop, stream, Clock::now() + 1h) == "failed: interrupted");
  other.join();
  CHECK(kind_of(await(loop, stream.write_all(bytes_of("x"), soon()))) == Kind::Interrupted);
}

TEST_CASE("stream: a close lets a reader go on") {
  Server server(stay_silent);
  Loop loop;
  Stream stream = connected(loop, server.address());
  std::string read;
  const auto reader = [](Stream& from, std::string& into) -> Task<void> {
    std::vector<std::uint8_t> buffer(8);
    const auto got = co_await from.read_some(buffer, Clock::now() + 1h);
    into = got ? "bytes" : got.error().message;
  };
  const auto closer = [](Stream& which) -> Task<void> {
    which.close();
    co_return;
  };
  loop.spawn(reader(stream, read));
  loop.spawn(closer(stream));
  loop.run();
  CHECK(read == "this side has closed the connection");
  CHECK_FALSE(stream.is_open());
  CHECK(read_once(loop, stream, soon()) == "failed: this side has closed the connection");
  CHECK(kind_of(await(loop, stream.write_all(bytes_of("x"), soon()))) == Kind::Closed);
}

TEST_CASE("stream: may go away while a task reads, and when a read has just ended") {
  Server server([](PeerSocket& peer) { peer.send(peer.receive(1)); });
  Loop loop;
  std::optional<Stream> stream = connected(loop, server.address());
  std::string read;
  const auto reader = [](std::optional<Stream>& from, std::string& into) -> Task<void> {
    std::vector<std::uint8_t> buffer(8);
    const auto got = co_await from->read_some(buffer, soon());
    into += got ? "bytes " : got.error().message + ' ';
    from.reset();
  };
  const auto dropper = [](std::optional<Stream>& which) -> Task<void> {
    which.reset();
    co_return;
  };
  loop.spawn(reader(stream, read));
  loop.spawn(dropper(stream));
  loop.run();
  CHECK(read == "this side has closed the connection ");
  stream = connected(loop, server.address());
  CHECK(await(loop, stream->write_all(bytes_of("x"), soon())));
  await(loop, reader(stream, read));
  CHECK(read == "this side has closed the connection bytes ");
}

TEST_CASE("stream: may move while a task reads") {
  Server server([](PeerSocket& peer) { peer.send(peer.receive(1)); });
  Loop loop;
  Stream stream = connected(loop, server.address());
  std::string read;
  const auto reader = [](Stream& from, std::string& into) -> Task<void> {
    std::vector<std::uint8_t> buffer(8);
    const auto got = co_await from.read_some(buffer, soon());
    into = got ? "bytes" : got.error().message;
  };
  const auto mover = [](Stream& from) -> Task<void> {
    Stream moved = std::move(from);
    (void)co_await moved.write_all(bytes_of("x"), soon());
    from = std::move(moved);
  };
  loop.spawn(reader(stream, read));
  loop.spawn(mover(stream));
  loop.run();
  CHECK(read == "bytes");
}

TEST_CASE("stream: closes with an end, and aborts with a reset") {
  std::vector<std::string> ends;
  Server server([&](PeerSocket& peer) {
    peer.send("x");
    ends.push_back(peer.receive_end());
  });
  Loop loop;
  for (const bool abort : {false, true}) {
    Stream stream = connected(loop, server.address());
    CHECK(read_once(loop, stream, soon()) == "x");
    stream.close(abort);
  }
  server.stop();
  CHECK(ends == std::vector<std::string>{"", "reset"});
}

TEST_CASE("stream: a default one is closed") {
  Stream stream;
  CHECK_FALSE(stream.is_open());
  stream.close();
  Loop loop;
  CHECK(read_once(loop, stream, soon()) == "failed: this side has closed the connection");
}

}  // namespace tlsward::net
