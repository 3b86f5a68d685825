// What a gateway's TLS library chooses for a ClientHello: pure, without OpenSSL.
//
// Go (crypto/tls) and BoringSSL (Envoy, behind Flex) differ from OpenSSL, and between their own versions, in how they
// choose groups, key shares, suites and alerts.
// Sources: crypto/tls of Go 1.17 to 1.25 (handshake_server.go, handshake_server_tls13.go, key_agreement.go),
// BoringSSL's ssl/extensions.cc, ssl/handshake_server.cc, ssl/tls13_server.cc, Envoy's
// source/extensions/transport_sockets/tls (read 2026-11-26).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tls/certificate.h"
#include "tls/context.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/handshake.h"

namespace tlsward::serve {

enum class Library : std::uint8_t { Go, BoringSsl };

/// How the library behind a gateway behaves.
struct LibraryBehaviour {
  Library library = Library::Go;
  int go_minor = 0;                    // Go 1.N
  bool extended_master_secret = true;  // Go: since 1.21
  /// Go since 1.21 says unknown_ca, certificate_expired, certificate_required; before, bad_certificate always.
  bool precise_client_alerts = true;
  bool hybrid_first = false;          // Go since 1.24: a post-quantum group wins even where it costs a round trip
  bool highest_version = true;        // Go before 1.25: the first of the client's list that both have
  bool sha1_signatures = true;        // in handshakes of TLS 1.2; Go: until 1.24
  unsigned tickets = 1;               // NewSessionTicket messages of TLS 1.3
  std::uint32_t ticket_lifetime = 0;  // seconds
};
/// Of the gateway and version that the context names; one without a gateway behaves as the newest Go.
LibraryBehaviour behaviour_of(const tls::TlsContext& context);

/// What the library answers to a hello.
struct Choice {
  tls::Version version;
  tls::CipherSuite suite;
  std::optional<tls::Group> group;  // nullopt: no (EC)DHE
  bool retry = false;               // HelloRetryRequest for `group`
  std::string alpn;                 // empty: none, or not chosen before the retry
};
/// Why it refuses.
struct Refusal {
  tls::wire::Alert alert;
  std::string why;             // one clause: "the client offers TLS 1.2, and the context accepts TLS 1.3"
  std::string_view own_words;  // the gateway's log line; may be empty
};
struct Negotiated {
  std::optional<Choice> choice;
  std::optional<Refusal> refusal;  // where there is no choice
};

/// Decides. `key`: that of the certificate which the server shows; suites that it does not fit are passed over.
Negotiated negotiate(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                     const LibraryBehaviour& behaviour, const tls::KeyFacts& key);

}  // namespace tlsward::serve
