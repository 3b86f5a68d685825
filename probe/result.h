// What a scan of one address told: plain data, the shape tlsward-probe/1.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/finding.h"
#include "net/service.h"
#include "probe/question.h"
#include "probe/verdict.h"
#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/bytes.h"
#include "tls/wire/sslv2.h"

namespace tlsward::probe {

/// Who decides: the server by an order of its own, or the client's list.
enum class Order : std::uint8_t { Unknown, Server, Client };
std::string_view name(Order order);  // "unknown", "server", "client"
std::optional<Order> parse_order(std::string_view name);

/// A list that was enumerated.
template <class T>
struct Enumeration {
  std::vector<T> accepted;  // in the server's order where it has one, else as found
  Order order = Order::Unknown;
  std::string order_evidence;  // "asked in two orders, 0x1301 both times"
  /// Everything else was refused. False: `gap` says what could not be told.
  bool complete = false;
  std::string gap;
};

struct SeenSuite {
  tls::CipherSuite suite;
  std::optional<tls::Group> group;  // it was negotiated with
  int dh_bits = 0;                  // of the prime where it is finite-field without a named group
  bool retry_only = false;          // TLS 1.3: seen in a HelloRetryRequest, which is no acceptance
};

/// A Diffie-Hellman prime that the server used.
struct SeenPrime {
  int bits = 0;
  std::string name;     // "ffdhe2048", "RFC 3526 group 14", "Apache 2.2 1024"; empty: the server's own
  bool shared = false;  // many servers use this one, so that breaking it pays (Logjam)
  bool safe = false;    // named in a standard as a safe prime, or tested as one
  std::string sha256;   // of the prime's bytes
};

/// A chain as the server sent it, with what there is to say of it.
struct SeenChain {
  std::string asked_for;                            // "RSA", "ECDSA", "EdDSA", "RSA-PSS": signatures the hello allowed
  std::vector<tls::Version> versions;               // that showed it
  std::vector<tls::wire::Bytes> der;                // leaf first, as sent
  std::vector<tls::CertificateFacts> certificates;  // of `der`; one that cannot be read has only sha256
  Told trusted;               // against the trust anchors; the evidence names the reason and how many certificates
  Told host_matches;          // the name or address asked for
  Told ordered;               // each certificate issued the one before it
  Told complete;              // no intermediate is missing between leaf and an anchor; Unknown where no anchor is known
  bool extra_anchor = false;  // a self-signed root was sent along
  Told dates;                 // valid at the time of the scan
  long days_left = 0;         // until the first certificate of the chain ends; negative: ended
  int validity_days = 0;      // of the leaf
  bool common_name_only = false;
  bool wildcard = false, self_signed = false, extended_validation = false;
  Told ocsp_stapled;  // with this chain; evidence: good, revoked, unknown, stale
  int scts_in_certificate = 0, scts_in_extension = 0, scts_in_ocsp = 0;
  std::string tyk_id;  // SHA-256 of the leaf's DER, as Tyk names certificates without an organisation
};

/// What went wrong before TLS could be asked for.
struct Trouble {
  enum class Kind : std::uint8_t {
    None,
    Unresolved,
    Refused,
    Unreachable,
    TimedOut,  // no connection, or silent
    NotTls,    // `service` says what it is
    Proxy,     // a proxy or STARTTLS said no
    Interrupted,
    Local,
  };
  Kind kind = Kind::None;
  std::string message;  // "connection refused", "plain HTTP: …"
};
std::string_view name(Trouble::Kind kind);  // "none", "unresolved", …, "not-tls"
std::optional<Trouble::Kind> parse_trouble(std::string_view name);

struct HostResult {
  std::string target;  // as given
  std::string host;    // name or address without port
  std::uint16_t port = 0;
  std::string address;   // IP address that was scanned, without port; empty where there was none
  std::string sni;       // empty: none was sent
  std::string starttls;  // "smtp"; empty: TLS from the first byte
  std::chrono::sys_time<std::chrono::milliseconds> started{};
  std::int64_t milliseconds = 0;
  int connections = 0;
  Trouble trouble;
  net::Service service;  // where it is not TLS
  /// Remarks: "needs SNI", "rate-limited to about 5 connections a second", "one connection at a time", "drops hellos of
  /// 512 bytes and more".
  std::vector<std::string> notes;
  bool needs_sni = false, rate_limited = false, serial = false;

  std::map<tls::Version, Told> versions;  // SSL 2.0 to TLS 1.3, and drafts that were seen
  std::vector<tls::wire::Sslv2Cipher> sslv2_ciphers;
  std::map<tls::Version, Enumeration<SeenSuite>> suites;   // of the accepted versions
  std::map<tls::Version, Enumeration<tls::Group>> groups;  // TLS 1.2 (and below, under the highest of them) and 1.3
  std::map<tls::Version, Enumeration<tls::SignatureScheme>> signatures;  // TLS 1.2 and 1.3; with --all
  std::vector<SeenPrime> primes;
  Enumeration<std::string> alpn;
  std::vector<std::string> npn;
  std::map<Question, Told> questions;       // that were asked
  std::map<tls::Version, Told> heartbleed;  // per version, as sslscan prints it; TLS 1.3 has no heartbeat in practice
  std::vector<SeenChain> chains;
  /// Where no chain could be read: why ("this OpenSSL cannot finish a handshake with X25519MLKEM768").
  std::string no_chain;
  std::vector<std::string> client_cas;  // names as in CertificateFacts::subject
  std::optional<std::uint32_t> ticket_lifetime_seconds;
  std::uint32_t max_early_data_bytes = 0;
  std::optional<std::int64_t> clock_skew_seconds;  // server minus here, where the server's random tells

  std::vector<Finding> findings;  // of rules tls/* and cert/*; places are Endpoints

  /// The port spoke TLS: some version was accepted.
  bool speaks_tls() const;
  /// Nothing that a scan is for is Unknown: it could be reached, each version is told, the lists of suites and groups
  /// are complete, and the certificates were seen. False makes exit code 3.
  bool is_complete() const;
};

}  // namespace tlsward::probe
