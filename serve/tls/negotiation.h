// What a gateway's TLS library chooses for a ClientHello: pure, without OpenSSL.
//
// Go (crypto/tls) and BoringSSL (Envoy) differ from OpenSSL in how they choose groups, key shares, suites and alerts;
// they differ between their own versions, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tls/context.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/handshake.h"

namespace tlsward::serve {

enum class Library : std::uint8_t { Go, BoringSsl };

/// How the library behind a gateway behaves, by gateway and version.
struct LibraryBehaviour {
  Library library = Library::Go;
  int go_minor = 0;                    // Go 1.N
  bool extended_master_secret = true;  // Go since 1.21
  /// Fatal no_application_protocol where nothing of ALPN is in common; else it goes on without (Envoy).
  bool refuses_alpn_mismatch = true;
  bool precise_client_alerts =
      true;         // Go since 1.21: unknown_ca, certificate_expired, certificate_required; before: bad_certificate
  int tickets = 1;  // NewSessionTicket messages of TLS 1.3
  std::uint32_t ticket_lifetime = 0;  // seconds; hint of TLS 1.2: 0 for Go
};
/// Of the gateway and version that the context names; an unknown gateway behaves as the newest Go.
LibraryBehaviour behaviour_of(const tls::TlsContext& context);

/// What the library answers to a hello.
struct Choice {
  tls::Version version;
  tls::CipherSuite suite;
  std::optional<tls::Group> group;  // nullopt: no (EC)DHE
  bool retry = false;               // HelloRetryRequest for `group`
  std::string alpn;                 // empty: none
};
/// Why it refuses.
struct Refusal {
  tls::wire::Alert alert;
  std::string why;  // "no version in common: the client offers TLS 1.2, the context TLS 1.3"
  std::string_view
      own_words;  // the gateway's log line: "tls: no cipher suite supported by both client and server"; may be empty
};
struct Negotiated {
  std::optional<Choice> choice;
  std::optional<Refusal> refusal;
};

/// Decides. `keys`: types of the certificates that the server has for this name; suites that none fits are passed over.
Negotiated negotiate(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                     const LibraryBehaviour& behaviour, const std::vector<tls::KeyFacts>& keys);

}  // namespace tlsward::serve
