// A server of words: it answers questions of a scan by the book, without a socket.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probe/plan/ask.h"
#include "tests/probe/plan/preference.h"
#include "tls/certificate.h"

namespace tlsward::tests {

/// A certificate of the server, in DER, and what matters of its key.
struct ScriptedCertificate {
  tls::wire::Bytes der;
  tls::KeyType key = tls::KeyType::Rsa;
  std::optional<tls::Group> curve;  // EC
};
/// From a recipe of tests/certificates.h: "rsa:2048 cn=a", "ec:p256", "ed25519".
ScriptedCertificate scripted_certificate(const std::string& recipe);

/// What finished handshakes come to.
struct ScriptedSessions {
  bool tickets = true, ids = true;  // gives them out
  bool resumes = true;              // takes them back
  std::uint32_t max_early_data = 0;
  bool takes_early_data = true;
};

struct ScriptedServer {
  /// The versions that it has (drafts too), with their suites.
  std::map<tls::Version, Preference<tls::CipherSuite>> suites;
  /// For ECDHE and TLS 1.3. With groups of RFC 7919 it keeps that standard in TLS 1.2.
  Preference<tls::Group> groups = "001d 0017 0018";
  /// Empty: the client's first that fits the certificate.
  Preference<tls::SignatureScheme> signatures = {};
  /// Of one kind of key each; empty: whatever a suite needs, but none is shown.
  std::vector<ScriptedCertificate> certificates = {};
  Preference<std::string> alpn = {};
  /// SSL 2.0: none at all, or the ciphers of its SERVER-HELLO.
  std::optional<std::vector<tls::wire::Sslv2Cipher>> sslv2 = {};

  /// Extensions that it answers where they are offered, with their bodies. ALPN, key_share and supported_versions go
  /// by themselves.
  std::map<std::uint16_t, tls::wire::Bytes> answers = {};
  tls::wire::Bytes ocsp_response = {};
  tls::wire::Bytes dh_prime = {0xff, 0x43};  // of DHE suites, where it is not a group of RFC 7919
  std::uint32_t clock_seconds = 0;           // first four bytes of its randoms, before TLS 1.3
  std::uint16_t certificate_compression = 0;
  ScriptedSessions sessions = {};

  bool chacha_first = false;     // ChaCha20 is chosen where it is the client's first (OpenSSL's PrioritizeChaCha)
  bool takes_share = false;      // TLS 1.3: any group that a key share is there for
  bool deflates = false;         // compression
  bool fallback_scsv = true;     // RFC 7507
  bool needs_name = false;       // without SNI: unrecognized_name
  bool knows_every_name = true;  // another name than www.example.org is taken too
  bool alpn_or_nothing = false;  // no_application_protocol where none is common
  bool leaks = false;            // Heartbleed
  bool requests_certificate = false, requires_certificate = false;
  std::vector<tls::wire::Bytes> authorities = {};      // of the CertificateRequest
  std::optional<std::uint8_t> alert_after_retry = {};  // in answer to every second hello
  std::optional<std::uint8_t> alert_for_version = 70;  // protocol_version; none: it closes
  std::optional<std::uint8_t> alert_for_suites = 40;   // handshake_failure; none: it closes

  probe::Answer answer(const probe::Ask& ask) const;
};

/// The hello of a question as it goes out: with the key share that a conversation adds.
tls::wire::ClientHello as_sent(const probe::HelloAsk& ask);

/// "alert handshake_failure".
probe::Answer alert_answer(std::uint8_t description);

/// Extensions of a modern server: renegotiation info, extended master secret, session ticket, encrypt-then-MAC.
std::map<std::uint16_t, tls::wire::Bytes> usual_answers();

}  // namespace tlsward::tests
