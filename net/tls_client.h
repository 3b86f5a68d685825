// Finished handshakes, by OpenSSL: for what a hello alone cannot tell. What this OpenSSL cannot do (its versions,
// suites and groups) it cannot prove either; say so then.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/stream.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/handshake.h"

namespace tlsward::net {

/// A client certificate with its key, read once and used by many handshakes. Shared, immutable. The key is never
/// printed.
class ClientIdentity;
/// From PEM files (the key may stand in the certificate's file: then `key_file` is empty) or a PKCS#12 file. An
/// encrypted key needs `passphrase`. Error: what is wrong with which file, never what stands in it.
Result<std::shared_ptr<const ClientIdentity>> read_client_identity(const std::string& certificate_file,
                                                                   const std::string& key_file,
                                                                   const std::string& passphrase);

/// A session to resume, opaque.
class TlsSession;

struct HandshakeOptions {
  std::string server_name;  // SNI; empty: none
  tls::Version min_version{tls::kTls12.number}, max_version{tls::kTls13.number};
  // Of these lists, what this OpenSSL lacks is left out; where nothing is left, the handshake is not possible.
  std::vector<tls::CipherSuite> suites;          // empty: all that this OpenSSL has, security level 0
  std::vector<tls::Group> groups;                // empty: OpenSSL's own
  std::vector<tls::SignatureScheme> signatures;  // empty: OpenSSL's own, SHA-1 included
  std::vector<std::string> alpn;
  std::shared_ptr<const ClientIdentity> identity;  // may be null
  std::shared_ptr<const TlsSession> session;       // to resume; may be null
  bool tickets = true;                             // false: session ids only
  bool status_request = true;
  std::vector<std::uint8_t> early_data;  // sent as 0-RTT with `session`, as much as that allows
  /// Sent when the handshake is finished. Then its answer is waited for, by the deadline and at most `wait_after` where
  /// that is set; `first_reply` has its first bytes.
  std::string request;
  /// After a handshake of TLS 1.3 read for what the server still has to say: tickets, or the alert
  /// certificate_required. Without a `request` until the first ticket, alert or close, at most this long.
  std::chrono::milliseconds wait_after{0};
};

/// What a handshake told. All facts that came before a failure are kept.
struct Handshake {
  bool finished = false;
  /// Where it is not finished, or broke afterwards: the peer's alert, or what OpenSSL or the network says.
  std::optional<tls::wire::Alert> alert;  // received, during the handshake or after it
  std::string problem;
  std::optional<Failure> failure;  // of the stream
  bool not_possible = false;       // this OpenSSL cannot ask for what the options want: nothing was sent
  tls::Version version;
  tls::CipherSuite suite;
  std::optional<tls::Group> group;
  std::optional<tls::SignatureScheme> signature;  // that the server signed with
  std::string alpn;
  std::vector<tls::wire::Bytes> chain;  // DER, as sent; a resumed session has none
  tls::wire::Bytes ocsp_response;       // DER; empty: not stapled
  tls::wire::Bytes scts;                // the extension's SignedCertificateTimestampList; empty: none
  /// As the ServerHello of TLS 1.2 and below answers; TLS 1.3 has no such extensions.
  bool secure_renegotiation = false, extended_master_secret = false, encrypt_then_mac = false;
  bool compression = false;
  bool certificate_requested = false;
  std::vector<tls::wire::Bytes> authorities;  // DER names of the CertificateRequest
  bool resumed = false;
  bool early_data_accepted = false;
  std::shared_ptr<const TlsSession> session;  // to resume with; null: none was given
  bool session_is_ticket = false;
  std::optional<std::uint32_t> ticket_lifetime;  // hint in seconds
  std::uint32_t max_early_data = 0;              // of the session's ticket
  std::string first_reply;                       // to `request`, at most 4 KiB
};

/// Shakes hands on `stream` and closes it. Certificates are not verified here (pki/verify.h does), but the server's
/// proof that it has the key is. At most 256 KiB are read. Never fails as a whole: `Handshake` says what came off.
Task<Handshake> shake_hands(Stream stream, HandshakeOptions options, Deadline deadline);

/// Versions, groups that this OpenSSL can negotiate: what a finished handshake can prove.
bool openssl_has(tls::Version version);
bool openssl_has(tls::Group group);

}  // namespace tlsward::net
