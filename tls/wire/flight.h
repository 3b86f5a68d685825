// What a server sends in answer to one ClientHello, read byte by byte as it comes: records split and joined in any way,
// messages over several records, several messages in one (RFC 8446, 5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tls/wire/bytes.h"
#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {

/// How much a peer may send before it is cut off.
struct FlightLimits {
  std::size_t message_bytes = 64 * 1024;
  std::size_t total_bytes = 256 * 1024;
  /// What brings no handshake further: empty records, warning alerts, ChangeCipherSpec, HelloRequest.
  std::size_t idle = 32;
};

/// The server's first flight. What was not sent, or not read, is absent.
struct ServerFlight {
  std::optional<ServerHello> hello;  // or HelloRetryRequest
  std::vector<Bytes> chain;          // DER
  bool certificate_seen = false;
  std::optional<ServerKeyExchange> key_exchange;
  std::optional<CertificateRequest> certificate_request;
  std::optional<Bytes> ocsp_response;
  std::optional<Alert> alert;  // the first fatal one, or the last warning
  bool hello_done = false;     // ServerHelloDone was seen (TLS 1.2 and below)
  Version record_version;      // of the first record
  // TLS 1.3, where somebody decrypted it (net/encrypted_flight.h).
  std::vector<Extension> encrypted_extensions;
  std::vector<Extension> certificate_extensions;         // of the leaf: OCSP response, SCTs
  std::optional<SignatureScheme> certificate_verify;     // scheme that the server signed with
  std::optional<std::uint16_t> certificate_compression;  // algorithm of a CompressedCertificate
  bool finished = false;                                 // the server's Finished was seen
};

/// Where to stop reading.
enum class ReadUntil : std::uint8_t {
  Hello,  // ServerHello or HelloRetryRequest
  Done,   // ServerHelloDone, or the ChangeCipherSpec of a resumed session; in TLS 1.3, what follows ServerHello is
          // encrypted, so as Hello
};

/// Feeds on bytes until it has what was asked for.
class FlightReader {
 public:
  enum class State : std::uint8_t {
    More,       // feed on
    Complete,   // what was asked for is there, or a fatal alert
    Malformed,  // TLS that breaks its rules; `problem` says how
    NotTls,     // the first bytes are no TLS record; `seen` has them
    TooMuch,    // a limit was reached
  };

  explicit FlightReader(ReadUntil until = ReadUntil::Done, FlightLimits limits = {});

  /// Takes the next bytes; the outcome does not depend on how they were cut. Records that follow a complete flight in
  /// the same bytes are kept for `take_rest`. Once the state is not More, further bytes are ignored, but `seen` grows.
  State feed(View bytes);
  State state() const { return state_; }
  const ServerFlight& flight() const { return flight_; }
  ServerFlight take_flight() { return std::move(flight_); }
  /// Why it is Malformed or TooMuch: "record of 20,000 bytes; at most 16,640 (RFC 8446, 5.2)".
  const std::string& problem() const { return problem_; }
  /// The first bytes of what is no TLS, at most 256.
  const Bytes& seen() const { return seen_; }
  /// Handshake messages of the flight as sent, header included, for a transcript.
  const Bytes& transcript() const { return transcript_; }
  /// Bytes that came behind a complete flight: encrypted records of TLS 1.3.
  Bytes take_rest() { return std::move(buffer_); }
  std::size_t bytes_read() const { return total_; }

 private:
  void fail(State state, std::string problem);
  void idle();
  void see(View bytes);
  bool take_record(Reader& in);
  void read_record(std::uint8_t type, View body);
  void read_alerts(View body);
  void read_change_cipher_spec(View body);
  void read_handshake(View fragment);
  bool take_message(Reader& in);
  void read_message(std::uint8_t type, View body);
  void read_hello(View body);
  void read_behind_hello(std::uint8_t type, View body);
  bool keep(std::uint8_t type, View body);

  ReadUntil until_;
  FlightLimits limits_;
  State state_ = State::More;
  ServerFlight flight_;
  std::string problem_;
  Bytes buffer_;   // records not taken apart yet
  Bytes message_;  // handshake bytes not taken apart yet
  Bytes alert_;    // the first byte of an alert whose second one is still to come
  Bytes seen_, transcript_;
  std::size_t total_ = 0, idle_ = 0;
  int place_ = 0;  // in the order of messages
};

}  // namespace tlsward::tls::wire
