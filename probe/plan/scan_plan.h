// What a scan asks, and what it makes of the answers. Pure logic: `Plan` is driven by the network or by a test.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/task.h"
#include "net/tls_client.h"
#include "probe/plan/hello.h"
#include "probe/plan/plan.h"
#include "probe/result.h"
#include "tls/certificate.h"

namespace tlsward::probe {

/// A chain of certificates as the server sent it.
struct RawChain {
  std::vector<tls::wire::Bytes> der;
  std::vector<tls::Version> versions;
  tls::wire::Bytes ocsp_response;
  int scts_in_extension = 0;
  tls::KeyFacts leaf_key = {};  // set by note_chain; Unknown where the leaf cannot be read
};

/// What all questions of one scan share.
struct ScanPlan {
  Plan& plan;
  HostResult& result;  // what was found goes here
  HelloWriter hellos;
  bool all = false;  // every question, not just the usual ones
  std::shared_ptr<const net::ClientIdentity> identity;
  std::int64_t now_seconds = 0;  // Unix time, for the clock skew; the driver keeps it
  std::vector<RawChain> chains = {};
  std::vector<tls::wire::Bytes> client_ca_names = {};  // DER
  /// Says what a question settled; may be empty.
  std::function<void(const std::string&)> explain = {};

  /// The answer to an offer. What its flight tells beside the question (certificates, extensions, primes) is noted.
  Task<Answer> ask(Offer offer, std::string purpose, bool more_follow = false);
  Task<Answer> ask_as(HelloAsk hello, tls::Version version, std::string purpose, bool more_follow = false);
  /// Any other kind of question.
  Task<Answer> ask_other(std::variant<HelloAsk, Sslv2Ask, HeartbleedAsk, HandshakeAsk> what, std::string purpose,
                         bool more_follow = false);
  /// Sets the verdict of a question, unless a clearer one (Accepted before Refused before Unknown) is there.
  void tell(Question question, Verdict verdict, std::string evidence);
};

/// Everything that a scan asks. Returns when all is answered.
Task<void> ask_everything(ScanPlan& scan);

/// True where the ServerHello chose `version`; a draft of TLS 1.3 is not TLS 1.3.
bool chose(const Answer& answer, tls::Version version);
/// The highest version that was accepted; nullopt for none.
std::optional<tls::Version> highest_accepted(const HostResult& result);
/// All suites of `version` that were accepted.
std::vector<tls::CipherSuite> accepted_suites(const HostResult& result, tls::Version version);
/// Why the answer is no ServerHello of `version`: "alert protocol_version", "answered TLS 1.0".
std::string refusal(const Answer& answer, tls::Version version);
/// The alert protocol_version, which speaks of all versions up to the hello's (RFC 5246, E.1).
bool is_protocol_version_alert(const Answer& answer);
/// Refused, or Unknown with the reason.
Verdict verdict_of(const Answer& answer, tls::Version version);

// The parts of `ask_everything`, one file each.
/// SSL 2.0.
Task<void> ask_sslv2(ScanPlan& scan);
/// TLS 1.1 and below: which, then their suites.
Task<void> ask_older(ScanPlan& scan);
/// Version and suites of TLS 1.2 or one below it; for TLS 1.2 itself, groups.
Task<void> ask_tls12(ScanPlan& scan, tls::Version version);
/// TLS 1.3: version, suites, groups, drafts.
Task<void> ask_tls13(ScanPlan& scan);
/// Named groups of a version that was accepted. `first`: what it chose of our list already.
Task<void> ask_groups(ScanPlan& scan, tls::Version version, std::optional<tls::Group> first);
/// Finite-field groups of RFC 7919 in TLS 1.2, where the server's prime is one of them.
Task<void> ask_ffdhe(ScanPlan& scan);
/// What needs the versions first: fallback SCSV, Heartbleed, groups where TLS 1.2 is not accepted.
Task<void> ask_after_versions(ScanPlan& scan);
/// Certificates of other kinds than were seen so far; a finished handshake.
Task<void> ask_certificates(ScanPlan& scan);
/// Signature schemes (--all).
Task<void> ask_signatures(ScanPlan& scan);
/// ALPN, certificate compression, record size limit (--all).
Task<void> ask_protocols(ScanPlan& scan);
/// Resumption, tickets, early data (--all).
Task<void> ask_sessions(ScanPlan& scan);
/// What the server does with hellos that are unusual (--all).
Task<void> ask_tolerance(ScanPlan& scan);

}  // namespace tlsward::probe
