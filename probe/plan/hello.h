// ClientHellos of a scan: small (under 512 bytes, so that old middleboxes let them pass), with every suite and group
// there is, a piece at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/wire/client_hello.h"

namespace tlsward::probe {

/// What a hello offers. Lists that are empty leave their extension out.
struct Offer {
  tls::Version version = tls::kTls12;   // the highest; the only one in TLS 1.3
  std::vector<tls::Version> also = {};  // further entries of supported_versions: drafts
  std::vector<tls::CipherSuite> suites;
  std::vector<tls::Group> groups;
  std::vector<tls::SignatureScheme> signatures;
  std::vector<std::string> alpn;
  bool key_share = true;    // TLS 1.3: an empty one, which the server answers with a HelloRetryRequest
  bool extensions = true;   // false: none at all, as before TLS
  bool server_name = true;  // false: none, whatever the scan's is
  bool status_request = false, scts = false, heartbeat = false, npn = false, compression = false;
  bool encrypt_then_mac = false, fallback_scsv = false;
  std::vector<std::uint16_t> compress_certificate = {};
  std::vector<tls::wire::Extension> more = {};  // at the end
};

/// Writes hellos for one server.
class HelloWriter {
 public:
  /// `server_name`: what SNI says; empty: none. `seed` makes the randoms.
  HelloWriter(std::string server_name, std::uint64_t seed) : server_name_(std::move(server_name)), state_(seed) {}

  tls::wire::ClientHello write(const Offer& offer);
  /// From now on hellos below TLS 1.3 are plain: extensions of 2008 alone, at most 64 suites, for servers that break
  /// off at what they do not know.
  void keep_plain(bool plain) { plain_ = plain; }
  bool keeps_plain() const { return plain_; }
  const std::string& server_name() const { return server_name_; }
  /// How many suites fit beside the other parts of `offer` into a hello of less than 512 bytes, headers included;
  /// at least 16.
  std::size_t room_for_suites(Offer offer);

 private:
  std::uint64_t random();

  std::string server_name_;
  std::uint64_t state_;
  bool plain_ = false;
};

/// Every suite that is asked for, in the order of how likely a server has it: those of TLS 1.3 for TLS 1.3, all others
/// for every older version (servers have been seen to give suites of TLS 1.2 in TLS 1.0). Signals are not among them;
/// numbers that were in use without IANA's registration are.
const std::vector<tls::CipherSuite>& suites_to_ask(tls::Version version);
/// Every group that is asked for: elliptic curves for TLS 1.2 and below, all that TLS 1.3 may use for TLS 1.3; the
/// likely ones first.
const std::vector<tls::Group>& groups_to_ask(tls::Version version);
/// Every signature scheme that is asked for in TLS 1.2 or 1.3, the likely ones first.
const std::vector<tls::SignatureScheme>& signatures_to_ask(tls::Version version);

}  // namespace tlsward::probe
