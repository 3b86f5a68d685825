// A question to a server, and its answer: one connection each. What the questions are is the plan's business, how they
// are asked the scan's.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "net/tls_client.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/flight.h"
#include "tls/wire/sslv2.h"

namespace tlsward::probe {

/// A ClientHello, and how far to read.
struct HelloAsk {
  tls::wire::ClientHello hello;
  tls::Version record_version = tls::kTls10;
  tls::wire::ReadUntil until = tls::wire::ReadUntil::Done;
  /// Answer a HelloRetryRequest with a second hello that has a share of the group it names.
  bool follow_retry = false;
  /// TLS 1.3: put a share with a private half into the hello (X25519, P-256) and read the encrypted flight too.
  bool decrypt = false;
};
/// An SSL 2.0 CLIENT-HELLO with all its ciphers.
struct Sslv2Ask {};
/// The hello, then a heartbeat request that claims more than it has (CVE-2014-0160), then close_notify.
struct HeartbleedAsk {
  tls::wire::ClientHello hello;
  tls::Version version;  // of the records
};
/// A finished handshake.
struct HandshakeAsk {
  net::HandshakeOptions options;
};

struct Ask {
  /// For --explain-plan: "TLS 1.2 suites, part 2 of 3: 40 left".
  std::string purpose;
  std::variant<HelloAsk, Sslv2Ask, HeartbleedAsk, HandshakeAsk> what;
  /// Another question will follow from the answer, so that a connection may be opened ahead.
  bool more_follow = false;
};

enum class Seen : std::uint8_t {
  Hello,        // ServerHello (SSL 2.0: SERVER-HELLO)
  Retry,        // HelloRetryRequest, and no second hello was asked for
  Alert,        // fatal, before a ServerHello, or in answer to the second hello
  Closed,       // the peer closed without a word, again and again, while it answered others
  Handshake,    // HandshakeAsk: see `handshake`
  Leak,         // HeartbleedAsk: memory came back
  NoLeak,       // HeartbleedAsk: the server went on, or closed, without giving anything
  NotSslv2,     // Sslv2Ask: neither SSL 2.0 nor TLS, which tells nothing about TLS
  Silent,       // no answer in time
  Dropped,      // closed or reset without a word, perhaps by a limit: not a refusal
  Malformed,    // TLS that breaks its rules
  NotTls,       // something else
  Unreachable,  // no connection
  NotAsked,     // the scan's deadline came first
};

struct Answer {
  Seen seen = Seen::NotAsked;
  tls::wire::ServerFlight flight;
  tls::wire::Sslv2Answer sslv2;
  net::Handshake handshake;
  std::string words;  // what was seen: "alert handshake_failure", "no answer in 1.5 s, twice"
  std::chrono::milliseconds took{0};
  tls::wire::Bytes first_bytes;  // NotTls
  bool retried = false;          // Hello or Alert after a HelloRetryRequest

  /// An alert or a deliberate close: it says no.
  bool refused() const { return seen == Seen::Alert || seen == Seen::Closed; }
  /// Neither yes nor no.
  bool unknown() const { return seen >= Seen::Silent; }
};

}  // namespace tlsward::probe
