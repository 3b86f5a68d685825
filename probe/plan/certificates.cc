// Servers may have a certificate for each kind of signature and show the one that the client's offer asks for. Before
// TLS 1.3 the suites tell RSA from ECDSA; EdDSA hides behind the ECDSA suites (RFC 8422, 5.10). TLS 1.3 goes by
// signature schemes alone.
#include <fmt/format.h>

#include <algorithm>

#include "pki/verify.h"
#include "probe/plan/certificate_kind.h"
#include "probe/plan/observe.h"
#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;

struct Kind {
  std::string_view name;
  std::vector<tls::SignatureScheme> schemes;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = {
      {"RSA", {{0x0804}, {0x0805}, {0x0806}, {0x0401}, {0x0501}, {0x0601}, {0x0201}}},
      {"ECDSA", {{0x0403}, {0x0503}, {0x0603}, {0x0203}, {0x081a}, {0x081b}, {0x081c}}},
      {"EdDSA", {{0x0807}, {0x0808}}},
      {"RSA-PSS", {{0x0809}, {0x080a}, {0x080b}}},
  };
  return kKinds;
}

bool is_seen(const ScanPlan& scan, std::string_view kind) {
  return std::any_of(scan.chains.begin(), scan.chains.end(),
                     [&](const RawChain& chain) { return kind_of(chain.leaf_key) == kind; });
}

std::vector<tls::CipherSuite> suites_signed_with(const ScanPlan& scan, tls::Authentication authentication) {
  std::vector<tls::CipherSuite> suites;
  for (const tls::CipherSuite suite : accepted_suites(scan.result, tls::kTls12)) {
    const tls::CipherSuiteFacts* facts = tls::facts(suite);
    if (facts != nullptr && facts->authentication == authentication && facts->forward_secrecy) suites.push_back(suite);
  }
  return suites;
}

Task<void> ask_tls12_kind(ScanPlan& scan, Kind kind, tls::Authentication authentication) {
  Offer offer;
  offer.suites = suites_signed_with(scan, authentication);
  if (offer.suites.empty()) co_return;
  offer.groups = groups_beside_suites(tls::kTls12);
  offer.signatures = kind.schemes;
  offer.status_request = offer.scts = true;
  co_await scan.ask(offer, fmt::format("certificate for {}", kind.name));
}

Task<void> ask_tls13_kind(ScanPlan& scan, Kind kind) {
  Offer offer;
  offer.version = tls::kTls13;
  offer.suites = suites_to_ask(tls::kTls13);
  offer.groups = groups_beside_suites(tls::kTls13);
  offer.signatures = kind.schemes;
  offer.status_request = offer.scts = true;
  offer.key_share = false;
  HelloAsk question;
  question.hello = scan.hellos.write(offer);
  question.follow_retry = question.decrypt = true;
  co_await scan.ask_as(std::move(question), tls::kTls13, fmt::format("certificate for {}", kind.name));
}

Task<void> ask_kinds(ScanPlan& scan) {
  TaskGroup group;
  const bool tls12 = !accepted_suites(scan.result, tls::kTls12).empty();
  const bool tls13 = !accepted_suites(scan.result, tls::kTls13).empty();
  for (const Kind& kind : kinds()) {
    if (is_seen(scan, kind.name) || (kind.name == "RSA-PSS" && !scan.all)) continue;
    // The suites told of RSA and ECDSA already; what stands behind the same suites was not asked for yet.
    const bool hidden = kind.name == "EdDSA" || kind.name == "ECDSA";
    if (tls12 && hidden) group.spawn(ask_tls12_kind(scan, kind, tls::Authentication::Ecdsa));
    if (tls12 && kind.name == "RSA-PSS") group.spawn(ask_tls12_kind(scan, kind, tls::Authentication::Rsa));
    if (tls13 && !tls12) group.spawn(ask_tls13_kind(scan, kind));
  }
  co_await group.join();
}

/// Below TLS 1.3 a certificate of ECDSA is shown only to clients that list its curve, whatever the key exchange uses
/// (RFC 8422, 5.1).
void add_certificate_curves(std::vector<tls::Group>& groups) {
  for (const tls::Group curve : {tls::kP256, tls::kP384, tls::kP521}) {
    if (std::find(groups.begin(), groups.end(), curve) == groups.end()) groups.push_back(curve);
  }
}

net::HandshakeOptions handshake_options(const ScanPlan& scan, tls::Version highest) {
  net::HandshakeOptions options;
  options.server_name = scan.hellos.server_name();
  options.min_version = options.max_version = highest;
  options.identity = scan.identity;
  const auto groups = scan.result.groups.find(highest);
  if (groups != scan.result.groups.end()) options.groups = groups->second.accepted;
  if (!options.groups.empty() && highest < tls::kTls13) add_certificate_curves(options.groups);
  const auto asked = scan.result.questions.find(Question::ClientCertificateRequested);
  const bool requested = asked != scan.result.questions.end() && asked->second.verdict == Verdict::Accepted;
  // Only after the client's Finished does a TLS 1.3 server say that it wanted a certificate.
  if (requested) options.wait_after = std::chrono::milliseconds(1000);
  return options;
}

void observe_handshake(ScanPlan& scan, const net::Handshake& handshake) {
  if (!handshake.chain.empty())
    note_chain(scan, {handshake.chain, {}, handshake.ocsp_response, pki::count_scts(handshake.scts)},
               handshake.version);
  note_client_cas(scan, handshake.authorities);
  if (handshake.ticket_lifetime) scan.result.ticket_lifetime_seconds = handshake.ticket_lifetime;
  scan.result.max_early_data_bytes = std::max(scan.result.max_early_data_bytes, handshake.max_early_data);
  if (handshake.certificate_requested)
    scan.tell(Question::ClientCertificateRequested, Verdict::Accepted, "CertificateRequest");
  else if (handshake.finished)
    scan.tell(Question::ClientCertificateRequested, Verdict::Refused,
              "a finished handshake without CertificateRequest");
}

void judge_client_certificate(ScanPlan& scan, const net::Handshake& handshake) {
  const auto asked = scan.result.questions.find(Question::ClientCertificateRequested);
  if (asked == scan.result.questions.end()) return;
  if (asked->second.verdict == Verdict::Refused) {
    scan.tell(Question::ClientCertificateRequired, Verdict::Refused, "none is requested");
    return;
  }
  if (scan.identity) {
    scan.tell(Question::ClientCertificateRequired, Verdict::Unknown, "a client certificate was given");
    return;
  }
  if (handshake.alert && handshake.certificate_requested) {
    scan.tell(Question::ClientCertificateRequired, Verdict::Accepted,
              fmt::format("alert {} without a certificate", wire::name(*handshake.alert)));
  } else if (handshake.finished && handshake.problem.empty()) {
    scan.tell(Question::ClientCertificateRequired, Verdict::Refused, "a handshake without one was finished");
  } else {
    scan.tell(Question::ClientCertificateRequired, Verdict::Unknown,
              handshake.problem.empty() ? "no handshake could be tried" : handshake.problem);
  }
}

Task<void> ask_handshake(ScanPlan& scan) {
  const auto highest = highest_accepted(scan.result);
  if (!highest || *highest < tls::kTls10) co_return;
  HandshakeAsk question;
  question.options = handshake_options(scan, *highest);
  const Answer answer =
      co_await scan.ask_other(std::move(question), fmt::format("{} handshake to the end", tls::name(*highest)));
  const net::Handshake& handshake = answer.handshake;
  observe_handshake(scan, handshake);
  judge_client_certificate(scan, handshake);
  if (scan.explain)
    scan.explain(handshake.finished ? fmt::format("handshake finished with {}", tls::name(handshake.suite))
                                    : fmt::format("no finished handshake: {}", answer.words));
  if (scan.chains.empty()) scan.result.no_chain = answer.words.empty() ? "not asked" : answer.words;
}

}  // namespace

Task<void> ask_certificates(ScanPlan& scan) {
  TaskGroup group;
  group.spawn(ask_kinds(scan));
  group.spawn(ask_handshake(scan));
  co_await group.join();
}

}  // namespace tlsward::probe
