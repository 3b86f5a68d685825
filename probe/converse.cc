#include "probe/converse.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "net/encrypted_flight.h"
#include "probe/checks/heartbleed.h"
#include "tls/wire/sslv2.h"

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;
using State = wire::FlightReader::State;

Answer lost(const net::Failure& failure) {
  Answer answer;
  answer.seen = failure.kind == net::Failure::Kind::TimedOut ? Seen::Silent : Seen::Dropped;
  if (failure.kind == net::Failure::Kind::Interrupted) answer.seen = Seen::NotAsked;
  answer.words = failure.message;
  return answer;
}

Answer dropped(std::size_t bytes) {
  Answer answer;
  answer.seen = Seen::Dropped;
  answer.words = bytes == 0 ? "closed without a word" : fmt::format("closed after {} bytes", bytes);
  return answer;
}

std::string hello_words(const wire::ServerHello& hello) {
  std::string words = fmt::format("{}, {}, {}", hello.is_retry() ? "HelloRetryRequest" : "ServerHello",
                                  tls::name(hello.version()), tls::name(hello.suite));
  if (const auto group = hello.group()) words += ", " + tls::name(*group);
  return words;
}

/// What a flight came to.
Answer judge(wire::FlightReader& reader) {
  Answer answer;
  answer.flight = reader.take_flight();
  const wire::ServerFlight& flight = answer.flight;
  if (flight.alert && flight.alert->level == 2) {
    answer.seen = Seen::Alert;
    answer.words = fmt::format("{}alert {}", flight.hello ? "ServerHello, then " : "", wire::name(*flight.alert));
  } else if (flight.hello) {
    answer.seen = flight.hello->is_retry() ? Seen::Retry : Seen::Hello;
    answer.words = hello_words(*flight.hello);
  } else if (flight.alert && reader.state() == State::More) {
    // Closed behind it: a "no" in soft words.
    answer.seen = Seen::Alert;
    answer.words = fmt::format("warning alert {}", wire::name(*flight.alert));
  } else if (reader.state() == State::NotTls) {
    answer.seen = Seen::NotTls;
    answer.words = "not TLS";
    answer.first_bytes = reader.seen();
  } else {
    answer.seen = Seen::Malformed;
    answer.words = reader.problem().empty() ? "an answer without a hello" : reader.problem();
  }
  return answer;
}

wire::Bytes message_hash(const wire::Bytes& hello, tls::CipherSuite suite) {
  constexpr std::uint8_t kMessageHash = 254;
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const EVP_MD* hash = tls::name(suite).ends_with("SHA384") ? EVP_sha384() : EVP_sha256();
  if (EVP_Digest(hello.data(), hello.size(), digest.data(), &size, hash, nullptr) != 1) return {};
  wire::Bytes message = {kMessageHash, 0, 0, static_cast<std::uint8_t>(size)};
  message.insert(message.end(), digest.begin(), digest.begin() + size);
  return message;
}

/// A connection on which a ClientHello is answered.
class Conversation {
 public:
  Conversation(net::Stream& stream, const std::function<net::Deadline()>& deadline)
      : stream_(stream), deadline_(deadline) {}

  Task<Answer> ask(HelloAsk ask) {
    if (ask.decrypt) add_share(ask.hello, tls::kX25519);
    Answer answer = co_await send(ask);
    const bool retry = answer.seen == Seen::Retry && ask.follow_retry;
    if (retry)
      answer = co_await follow(std::move(ask), std::move(answer));
    else if (ask.decrypt && answer.seen == Seen::Hello)
      answer = co_await decrypt(std::move(answer));
    co_return answer;
  }

 private:
  Task<Answer> send(const HelloAsk& ask) {
    hello_ = wire::write(ask.hello);
    reader_ = wire::FlightReader(ask.until);
    const wire::Bytes bytes = wire::write_records(ask.hello, ask.record_version);
    if (const auto written = co_await stream_.write_all(bytes, deadline_()); !written) {
      // A server that speaks first and hangs up may have said why.
      if (written.error().kind != net::Failure::Kind::Reset) co_return lost(written.error());
    }
    std::array<std::uint8_t, 4096> buffer{};
    while (reader_.state() == State::More) {
      const auto read = co_await read_some(buffer);
      if (!read || *read == 0) {
        if (reader_.flight().hello || (read && reader_.flight().alert)) break;
        if (read) co_return dropped(reader_.bytes_read());
        co_return lost(read.error());
      }
      reader_.feed(wire::View(buffer).first(*read));
    }
    co_return judge(reader_);
  }

  Task<net::Outcome<std::size_t>> read_some(std::span<std::uint8_t> into) {
    using namespace std::chrono_literals;
    for (;;) {
      const net::Deadline slice = std::min(deadline_(), net::Clock::now() + 250ms);
      auto read = co_await stream_.read_some(into, slice);
      const bool patient =
          !read && read.error().kind == net::Failure::Kind::TimedOut && net::Clock::now() < deadline_();
      if (!patient) co_return read;
    }
  }

  // RFC 8446, 4.1.2: the same hello with a share of the group that the server named, and its cookie.
  Task<Answer> follow(HelloAsk ask, Answer retry) {
    const wire::ServerHello& named = *retry.flight.hello;
    const auto group = named.group();
    if (!group) {
      retry.words += ", which names no group";
      co_return retry;
    }
    replace_share(ask, *group);
    if (!wire::find(ask.hello.extensions, wire::extension::kKeyShare)) {
      retry.words += ", for which there is no key to offer";
      co_return retry;
    }
    if (const auto cookie = wire::find(named.extensions, wire::extension::kCookie))
      ask.hello.extensions.push_back({wire::extension::kCookie, {cookie->begin(), cookie->end()}});
    first_hello_ = hello_;
    retry_message_ = reader_.transcript();
    Answer answer = co_await send(ask);
    answer.retried = true;
    if (answer.seen == Seen::Hello && ask.decrypt && key_) answer = co_await decrypt(std::move(answer));
    answer.words = fmt::format("HelloRetryRequest for {}, then {}", tls::name(*group), answer.words);
    co_return answer;
  }

  void add_share(wire::ClientHello& hello, tls::Group group) {
    key_ = net::EphemeralKey::make(group);
    if (key_) hello.extensions.push_back(wire::key_share({key_->share()}));
  }

  void replace_share(HelloAsk& ask, tls::Group group) {
    std::erase_if(ask.hello.extensions,
                  [](const wire::Extension& extension) { return extension.type == wire::extension::kKeyShare; });
    key_.reset();
    if (ask.decrypt) add_share(ask.hello, group);
    if (key_) return;
    constexpr std::uint64_t kSeed = 1;
    if (auto bytes = wire::public_key_without_private_half(group, kSeed))
      ask.hello.extensions.push_back(wire::key_share({{group, std::move(*bytes)}}));
  }

  /// Reads the encrypted flight as far as it goes. What cannot be read leaves the ServerHello as the answer.
  Task<Answer> decrypt(Answer answer) {
    if (answer.flight.hello->version() != tls::kTls13 || !key_) co_return answer;
    wire::Bytes rest = reader_.take_rest();
    auto reader = net::EncryptedFlightReader::make(answer.flight, *key_, transcript(answer.flight.hello->suite));
    if (!reader) {
      answer.words += fmt::format("; {}", reader.error().message);
      co_return answer;
    }
    using Encrypted = net::EncryptedFlightReader::State;
    Encrypted state = reader->feed(rest);
    std::array<std::uint8_t, 4096> buffer{};
    while (state == Encrypted::More) {
      const auto read = co_await read_some(buffer);
      if (!read || *read == 0) {
        answer.words += read ? "; closed in its encrypted flight" : "; " + read.error().message;
        break;
      }
      state = reader->feed(wire::View(buffer).first(*read));
    }
    if (state == Encrypted::Failed) answer.words += fmt::format("; {}", reader->problem());
    answer.flight = reader->take_flight();
    if (answer.flight.alert && answer.flight.alert->level == 2 && !answer.flight.finished) {
      answer.seen = Seen::Alert;
      answer.words += fmt::format(", then alert {}", wire::name(*answer.flight.alert));
    }
    co_return answer;
  }

  /// All handshake messages so far. After a retry a hash stands for the first hello (RFC 8446, 4.4.1).
  wire::Bytes transcript(tls::CipherSuite suite) const {
    wire::Bytes all = retry_message_.empty() ? wire::Bytes{} : message_hash(first_hello_, suite);
    for (const wire::Bytes* part : {&retry_message_, &hello_, &reader_.transcript()})
      all.insert(all.end(), part->begin(), part->end());
    return all;
  }

  net::Stream& stream_;
  const std::function<net::Deadline()>& deadline_;
  wire::FlightReader reader_;
  std::optional<net::EphemeralKey> key_;
  wire::Bytes hello_;                        // the last one
  wire::Bytes first_hello_, retry_message_;  // before it, where there was a retry
};

using Patience = std::function<net::Deadline()>;

Task<Answer> converse_with(net::Stream& stream, HelloAsk ask, const Patience& deadline) {
  Conversation conversation(stream, deadline);
  co_return co_await conversation.ask(std::move(ask));
}

std::string_view sslv2_error(std::uint16_t code) {
  switch (code) {
    case 1:
      return "no cipher";
    case 2:
      return "no certificate";
    case 4:
      return "bad certificate";
    default:
      return "unsupported certificate type";
  }
}

bool is_tls(wire::View bytes) {
  return wire::FlightReader(wire::ReadUntil::Hello).feed(bytes) != State::NotTls;
}

/// `bytes`: what `sslv2` was read from.
Answer judge(wire::Sslv2Answer sslv2, wire::View bytes) {
  Answer answer;
  answer.sslv2 = std::move(sslv2);
  switch (answer.sslv2.state) {
    case wire::Sslv2State::Hello:
      answer.seen = Seen::Hello;
      answer.words = "SERVER-HELLO";
      break;
    case wire::Sslv2State::Error:
      answer.seen = Seen::Alert;
      answer.words = fmt::format("SSL 2.0 error: {}", sslv2_error(answer.sslv2.error));
      break;
    default:
      answer.seen = is_tls(bytes) ? Seen::Alert : Seen::NotSslv2;
      answer.words = "answered something else than SSL 2.0";
  }
  return answer;
}

Task<Answer> converse_with(net::Stream& stream, Sslv2Ask, const Patience& patience) {
  const net::Deadline deadline = patience();
  constexpr std::array<std::uint8_t, 16> kChallenge = {7, 1, 9, 3, 5, 2, 8, 6, 4, 0, 3, 1, 4, 1, 5, 9};
  const wire::Bytes hello = wire::write_sslv2_client_hello(kChallenge);
  if (const auto written = co_await stream.write_all(hello, deadline); !written) co_return lost(written.error());
  wire::Bytes bytes;
  std::array<std::uint8_t, 4096> buffer{};
  for (;;) {
    const auto read = co_await stream.read_some(buffer, deadline);
    if (!read) co_return lost(read.error());
    if (*read == 0) co_return dropped(bytes.size());
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*read));
    wire::Sslv2Answer answer = wire::parse_sslv2_answer(bytes);
    if (answer.state != wire::Sslv2State::More) co_return judge(std::move(answer), bytes);
  }
}

Task<Answer> converse_with(net::Stream& stream, HeartbleedAsk ask, const Patience& deadline) {
  HelloAsk question;
  question.hello = std::move(ask.hello);
  Answer hello = co_await converse_with(stream, std::move(question), deadline);
  if (hello.seen != Seen::Hello || !hello.flight.hello_done) co_return hello;
  if (!wire::find(hello.flight.hello->extensions, wire::extension::kHeartbeat)) {
    hello.seen = Seen::NoLeak;
    hello.words = "the heartbeat extension is not answered";
    co_return hello;
  }
  co_return co_await try_heartbleed(stream, ask.version, deadline());
}

Task<Answer> converse_with(net::Stream& stream, HandshakeAsk ask, const Patience& deadline) {
  Answer answer;
  answer.handshake = co_await net::shake_hands(std::move(stream), std::move(ask.options), deadline());
  const net::Handshake& handshake = answer.handshake;
  answer.seen = Seen::Handshake;
  const bool nothing_seen = !handshake.finished && handshake.version.number == 0 && !handshake.alert;
  if (nothing_seen && handshake.failure) {
    const Answer failed = lost(*handshake.failure);
    answer.seen = failed.seen;
    answer.words = failed.words;
    co_return answer;
  }
  if (handshake.alert)
    answer.words = fmt::format("alert {}", wire::name(*handshake.alert));
  else
    answer.words = handshake.problem.empty() ? "finished" : handshake.problem;
  co_return answer;
}

}  // namespace

Task<Answer> converse(net::Stream stream, Ask ask, std::function<net::Deadline()> deadline) {
  const auto began = net::Clock::now();
  // Each kind of question has its own conversation; std::visit cannot be awaited through.
  Task<Answer> conversation = std::visit(
      [&](auto what) -> Task<Answer> { return converse_with(stream, std::move(what), deadline); }, std::move(ask.what));
  Answer answer = co_await conversation;
  stream.close(/*abort=*/true);
  answer.took = std::chrono::duration_cast<std::chrono::milliseconds>(net::Clock::now() - began);
  co_return answer;
}

}  // namespace tlsward::probe
