// Two layers, each with what it has not finished: `buffer_` holds a record whose end has not come, `message_` a
// handshake message whose end has not come. Every byte is looked at once when it comes, whatever the pieces, so that a
// peer pays for our time with bytes, and bytes are limited.
#include "tls/wire/flight.h"

#include <algorithm>

#include <fmt/format.h>

#include "tls/wire/record.h"

namespace tlsward::tls::wire {
namespace {

constexpr std::size_t kMaxSeen = 256;
constexpr std::size_t kMessageHeader = 4;
constexpr std::uint8_t kMajorVersion = 3;  // SSL 3.0 to TLS 1.3

/// False as soon as the bytes cannot begin a record.
bool may_be_tls(View bytes) {
  if (!bytes.empty() && (bytes[0] < record::kChangeCipherSpec || bytes[0] > record::kHeartbeat)) return false;
  return bytes.size() < 2 || bytes[1] == kMajorVersion;
}

std::string message_name(std::uint8_t type) {
  switch (type) {
    case handshake::kServerHello:
      return "ServerHello";
    case handshake::kCertificate:
      return "Certificate";
    case handshake::kCertificateStatus:
      return "CertificateStatus";
    case handshake::kServerKeyExchange:
      return "ServerKeyExchange";
    case handshake::kCertificateRequest:
      return "CertificateRequest";
    case handshake::kServerHelloDone:
      return "ServerHelloDone";
    default:
      return fmt::format("handshake message {}", type);
  }
}

/// Where a message stands behind the ServerHello (RFC 5246, 7.3; RFC 6066, 8); 0 for those that we skip.
int place(std::uint8_t type) {
  constexpr std::uint8_t kOrder[] = {handshake::kCertificate, handshake::kCertificateStatus,
                                     handshake::kServerKeyExchange, handshake::kCertificateRequest,
                                     handshake::kServerHelloDone};
  const auto* found = std::find(std::begin(kOrder), std::end(kOrder), type);
  return found == std::end(kOrder) ? 0 : static_cast<int>(found - std::begin(kOrder)) + 1;
}

void drop_front(Bytes& bytes, std::size_t kept) {
  bytes.erase(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(kept));
}

}  // namespace

FlightReader::FlightReader(ReadUntil until, FlightLimits limits) : until_(until), limits_(limits) {}

FlightReader::State FlightReader::feed(View bytes) {
  if (state_ == State::NotTls) see(bytes);
  if (state_ != State::More) return state_;

  const View taken = bytes.first(std::min(bytes.size(), limits_.total_bytes - total_));
  const View beyond = bytes.subspan(taken.size());
  buffer_.insert(buffer_.end(), taken.begin(), taken.end());
  total_ += taken.size();

  const bool at_start = flight_.record_version == Version{};
  if (at_start && !may_be_tls(buffer_)) {
    see(buffer_);
    see(beyond);
    fail(State::NotTls, {});
    return state_;
  }
  Reader in(buffer_);
  while (state_ == State::More && take_record(in)) {
  }
  drop_front(buffer_, in.rest().size());
  if (state_ == State::More && !beyond.empty()) {
    fail(State::TooMuch, fmt::format("more than {} bytes without an end of the flight", limits_.total_bytes));
  }
  if (state_ == State::Complete) buffer_.insert(buffer_.end(), beyond.begin(), beyond.end());
  return state_;
}

void FlightReader::fail(State state, std::string problem) {
  state_ = state;
  problem_ = std::move(problem);
}

void FlightReader::idle() {
  if (++idle_ <= limits_.idle) return;
  fail(State::TooMuch, fmt::format("more than {} records that bring no handshake further", limits_.idle));
}

void FlightReader::see(View bytes) {
  const View front = bytes.first(std::min(bytes.size(), kMaxSeen - seen_.size()));
  seen_.insert(seen_.end(), front.begin(), front.end());
}

/// Takes one record off `in`; false where its end has not come.
bool FlightReader::take_record(Reader& in) {
  Reader ahead = in;
  const std::uint8_t type = ahead.u8();
  const Version version{ahead.u16()};
  const std::size_t size = ahead.u16();
  if (!ahead.ok()) return false;
  if (version.number >> 8 != kMajorVersion) {
    fail(State::Malformed, fmt::format("record of version 0x{:04x}; 0x0300 to 0x0304 are known", version.number));
    return false;
  }
  if (size > record::kMaxCiphertext) {
    fail(State::Malformed,
         fmt::format("record of {} bytes; at most {} (RFC 8446, 5.2)", size, std::size_t{record::kMaxCiphertext}));
    return false;
  }
  const View body = ahead.bytes(size);
  if (!ahead.ok()) return false;
  if (flight_.record_version == Version{}) flight_.record_version = version;
  in = ahead;
  read_record(type, body);
  return true;
}

void FlightReader::read_record(std::uint8_t type, View body) {
  if (type != record::kHandshake && type != record::kAlert && type != record::kChangeCipherSpec) {
    return fail(State::Malformed, fmt::format("record of type {} in a handshake; 20 to 22 belong there", type));
  }
  if (body.empty()) return idle();
  if (type == record::kHandshake) return read_handshake(body);
  if (type == record::kAlert) return read_alerts(body);
  read_change_cipher_spec(body);
}

void FlightReader::read_alerts(View body) {
  for (const std::uint8_t byte : body) {
    alert_.push_back(byte);
    const auto alert = parse_alert(alert_);
    if (alert_.size() < 2) continue;
    if (!alert) {
      return fail(State::Malformed, fmt::format("alert of level {}; 1 and 2 are known", int{alert_.front()}));
    }
    alert_.clear();
    flight_.alert = alert;
    if (alert->level == Alert::kFatal) state_ = State::Complete;
    if (state_ == State::More) idle();
    if (state_ != State::More) return;
  }
}

void FlightReader::read_change_cipher_spec(View body) {
  if (body.size() != 1 || body.front() != 1) {
    return fail(State::Malformed, "ChangeCipherSpec that is not the one byte 1 (RFC 5246, 7.1)");
  }
  // Before a ServerHello it is the one that TLS 1.3 sends for middleboxes, behind a HelloRetryRequest (RFC 8446, D.4).
  if (!flight_.hello) return idle();
  if (!message_.empty()) return fail(State::Malformed, "ChangeCipherSpec inside a handshake message");
  state_ = State::Complete;
}

void FlightReader::read_handshake(View fragment) {
  message_.insert(message_.end(), fragment.begin(), fragment.end());
  Reader in(message_);
  while (state_ == State::More && take_message(in)) {
  }
  const bool encrypted = state_ == State::Complete && flight_.hello && encrypts_after_hello(flight_.hello->version());
  if (encrypted && !in.empty()) {
    fail(State::Malformed, "ServerHello of TLS 1.3 that does not end its record (RFC 8446, 5.1)");
  }
  drop_front(message_, in.rest().size());
}

/// Takes one message off `in`; false where its end has not come.
bool FlightReader::take_message(Reader& in) {
  Reader ahead = in;
  const std::uint8_t type = ahead.u8();
  const std::size_t size = ahead.u24();
  if (!ahead.ok()) return false;
  if (size > limits_.message_bytes) {
    fail(State::TooMuch, fmt::format("{} of {} bytes; at most {}", message_name(type), size, limits_.message_bytes));
    return false;
  }
  const View body = ahead.bytes(size);
  if (!ahead.ok()) return false;
  const View message = in.bytes(kMessageHeader + size);
  if (type == handshake::kHelloRequest) {
    // RFC 5246, 7.4.1.1: ignored in a handshake, and no part of its hashes.
    idle();
    return true;
  }
  transcript_.insert(transcript_.end(), message.begin(), message.end());
  read_message(type, body);
  return true;
}

void FlightReader::read_message(std::uint8_t type, View body) {
  if (flight_.hello) return read_behind_hello(type, body);
  if (type != handshake::kServerHello) {
    return fail(State::Malformed, fmt::format("{} before a ServerHello", message_name(type)));
  }
  read_hello(body);
}

void FlightReader::read_hello(View body) {
  flight_.hello = parse_server_hello(body);
  if (!flight_.hello) return fail(State::Malformed, fmt::format("malformed ServerHello of {} bytes", body.size()));
  if (until_ == ReadUntil::Hello || encrypts_after_hello(flight_.hello->version())) state_ = State::Complete;
}

void FlightReader::read_behind_hello(std::uint8_t type, View body) {
  if (type == handshake::kServerHello) return fail(State::Malformed, "second ServerHello");
  const int now = place(type);
  if (now == 0) return;
  if (now <= place_) return fail(State::Malformed, fmt::format("{} out of order", message_name(type)));
  place_ = now;

  if (!keep(type, body)) {
    fail(State::Malformed, fmt::format("malformed {} of {} bytes", message_name(type), body.size()));
  }
}

/// Puts what a message tells into the flight; false where it is malformed.
bool FlightReader::keep(std::uint8_t type, View body) {
  switch (type) {
    case handshake::kCertificate: {
      auto chain = parse_certificate(body);
      if (!chain) return false;
      flight_.chain = std::move(*chain);
      return flight_.certificate_seen = true;
    }
    case handshake::kCertificateStatus:
      flight_.ocsp_response = parse_certificate_status(body);
      return flight_.ocsp_response.has_value();
    case handshake::kServerKeyExchange:
      flight_.key_exchange = parse_server_key_exchange(body, flight_.hello->suite, flight_.hello->version());
      return flight_.key_exchange.has_value();
    case handshake::kCertificateRequest:
      flight_.certificate_request = parse_certificate_request(body, flight_.hello->version());
      return flight_.certificate_request.has_value();
    default:
      if (!body.empty()) return false;
      state_ = State::Complete;
      return flight_.hello_done = true;
  }
}

}  // namespace tlsward::tls::wire
