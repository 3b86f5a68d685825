#include "net/tls_client.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "net/tls_engine.h"
#include "tls/wire/flight.h"

namespace tlsward::net {
namespace {

using Step = TlsEngine::Step;

/// How long the last words of a connection may take.
constexpr std::chrono::milliseconds kFarewell{100};

/// An engine on a stream.
class Connection {
 public:
  Connection(Stream stream, const HandshakeOptions& options) : stream_(std::move(stream)), engine_(options) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Task<void> shake_hands(Deadline deadline);
  Task<void> listen(const HandshakeOptions& options, Deadline deadline);
  Task<void> close(Deadline deadline);
  Handshake& told() { return engine_.told(); }

 private:
  Task<bool> send(Deadline deadline);
  Task<bool> receive(Deadline deadline);
  void fail(Failure failure);

  Stream stream_;
  TlsEngine engine_;
  std::array<std::uint8_t, 16 * 1024> buffer_{};
};

Task<void> Connection::shake_hands(Deadline deadline) {
  for (;;) {
    const Step step = engine_.shake_hands();
    const bool sent = co_await send(deadline);
    if (step != Step::Input || !sent) co_return;
    if (!co_await receive(deadline)) co_return;
  }
}

/// What is still to come from a server that is done with its side: TLS 1.3 judges a client's certificate, and gives
/// tickets, after the client thinks that all is well.
Task<void> Connection::listen(const HandshakeOptions& options, Deadline deadline) {
  const bool ask = !options.request.empty();
  const bool wait = options.wait_after.count() > 0;
  if (!ask && (!wait || told().version < tls::kTls13)) co_return;
  const Deadline until = wait ? std::min(deadline, Clock::now() + options.wait_after) : deadline;
  if (ask) {
    engine_.say(options.request);
    if (!co_await send(until)) co_return;
  }
  for (;;) {
    if (engine_.listen() != Step::Input) co_return;
    if (!ask && engine_.heard_after()) co_return;
    if (!co_await receive(until)) co_return;
  }
}

Task<void> Connection::close(Deadline deadline) {
  if (told().finished) engine_.say_goodbye();
  const Deadline soon = std::min(deadline, Clock::now() + kFarewell);
  const tls::wire::Bytes last = engine_.take_output();
  if (!last.empty() && !told().failure) {
    [[maybe_unused]] const Outcome<Nothing> sent = co_await stream_.write_all(last, soon);
  }
  stream_.close();
}

/// Sends what the engine has to say. False where the stream is of no more use.
Task<bool> Connection::send(Deadline deadline) {
  const tls::wire::Bytes bytes = engine_.take_output();
  if (bytes.empty()) co_return true;
  Outcome<Nothing> sent = co_await stream_.write_all(bytes, deadline);
  if (sent) co_return true;
  // A peer that closed may have said why before: what it sent is still there to read.
  if (sent.error().kind == Failure::Kind::Reset) co_return true;
  fail(std::move(sent.error()));
  co_return false;
}

/// Takes what the server sends. False at the end of the stream, of time or of patience.
Task<bool> Connection::receive(Deadline deadline) {
  Outcome<std::size_t> got = co_await stream_.read_some(buffer_, deadline);
  if (!got) {
    fail(std::move(got.error()));
    co_return false;
  }
  if (*got == 0) {
    fail({Failure::Kind::Closed, told().finished ? "closed after the handshake" : "closed in the handshake"});
    co_return false;
  }
  engine_.give_input(tls::wire::View(buffer_).first(*got));
  constexpr std::size_t kMaxInput = tls::wire::FlightLimits{}.total_bytes;
  if (engine_.input_size() <= kMaxInput) co_return true;
  told().problem = fmt::format("more than {} bytes came, and no end", kMaxInput);
  co_return false;
}

/// Time that runs out while a finished connection is listened to is no failure.
void Connection::fail(Failure failure) {
  if (told().finished && failure.kind == Failure::Kind::TimedOut) return;
  told().problem = failure.message;
  told().failure = std::move(failure);
}

}  // namespace

Task<Handshake> shake_hands(Stream stream, HandshakeOptions options, Deadline deadline) {
  Connection connection(std::move(stream), options);
  co_await connection.shake_hands(deadline);
  if (connection.told().finished) co_await connection.listen(options, deadline);
  co_await connection.close(deadline);
  co_return std::move(connection.told());
}

}  // namespace tlsward::net
