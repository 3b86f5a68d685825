// Which versions, and with each of them its suites. A version is accepted when some hello for its suites is answered
// with a ServerHello of it.
#include <fmt/format.h>

#include <algorithm>

#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

constexpr std::array<std::uint16_t, 6> kDrafts = {0x7f1c, 0x7f1b, 0x7f1a, 0x7f17, 0x7f16, 0x7f12};

std::string what_was_seen(const SeenSuite& suite) {
  return fmt::format("ServerHello with {}", tls::name(suite.suite));
}

// Nothing was chosen: refused where every hello was refused.
Told told_without_suites(const Enumeration<tls::CipherSuite>& suites, const SuiteChooser& chooser) {
  if (suites.complete) return {Verdict::Refused, chooser.first_refusal()};
  return {Verdict::Unknown, chooser.first_refusal().empty() ? suites.gap : chooser.first_refusal()};
}

void explain_list(const ScanPlan& scan, tls::Version version, const Enumeration<SeenSuite>& list) {
  if (!scan.explain) return;
  scan.explain(fmt::format("{}: {} suites, order: {} ({}), {}", tls::name(version), list.accepted.size(),
                           name(list.order), list.order_evidence,
                           list.complete ? "complete" : "not complete: " + list.gap));
}

Offer older_offer(ScanPlan& scan, tls::Version version) {
  Offer offer;
  offer.version = version;
  offer.extensions = version >= tls::kTls10;
  if (offer.extensions) offer.groups = groups_beside_suites(version);
  if (version >= tls::kTls12) offer.signatures = signatures_beside_suites();
  const std::size_t room = scan.hellos.room_for_suites(offer);
  offer.suites = suites_to_ask(version);
  if (offer.suites.size() > room) offer.suites.resize(room);
  return offer;
}

// A hello as clients wrote it in 2008. A server that takes it and refused the usual one cannot stand something in that.
Task<Answer> ask_plainly(ScanPlan& scan, tls::Version version) {
  scan.hellos.keep_plain(true);
  const HelloAsk question{scan.hellos.write(older_offer(scan, version))};
  scan.hellos.keep_plain(false);
  return scan.ask_as(question, version, "plain hello");
}

void keep_plain(ScanPlan& scan) {
  if (scan.hellos.keeps_plain()) return;
  scan.hellos.keep_plain(true);
  scan.result.notes.push_back("refuses or drops hellos with many suites or newer extensions; asked by plain ones");
}

Task<void> ask_version(ScanPlan& scan, SuiteChooser& chooser) {
  const tls::Version version = chooser.version();
  Enumeration<tls::CipherSuite> suites = co_await enumerate_suites(scan, chooser);
  const bool doubtful = suites.accepted.empty() && !chooser.has_spoken() && version >= tls::kTls10 &&
                        version < tls::kTls13 && !scan.hellos.keeps_plain();
  if (doubtful) {
    const Answer answer = co_await ask_plainly(scan, version);
    if (chose(answer, version)) {
      keep_plain(scan);
      suites = co_await enumerate_suites(scan, chooser);
    } else if (!answer.unknown()) {
      scan.result.versions[version] = {Verdict::Refused, refusal(answer, version)};
      chooser.told().set();
      co_return;
    }
  }
  chooser.told().set();
  Told& told = scan.result.versions[version];
  if (!suites.accepted.empty()) {
    told = {Verdict::Accepted, what_was_seen(chooser.details(suites.accepted.front()))};
  } else if (told.verdict != Verdict::Accepted) {
    told = told_without_suites(suites, chooser);
    co_return;
  } else if (suites.complete) {
    // Another hello was answered with a ServerHello of this version.
    suites.complete = false;
    suites.gap = fmt::format("what was accepted before is refused now: {}", chooser.first_refusal());
  }
  scan.result.suites[version] = with_details(suites, chooser);
  explain_list(scan, version, scan.result.suites[version]);
}

Task<void> ask_groups_when_told(ScanPlan& scan, SuiteChooser& chooser) {
  co_await chooser.told();
  if (chooser.group()) co_await ask_groups(scan, chooser.version(), chooser.group());
}

Task<void> ask_drafts(ScanPlan& scan) {
  Offer offer;
  offer.version = {kDrafts.front()};
  for (std::size_t i = 1; i < kDrafts.size(); ++i) offer.also.push_back({kDrafts[i]});
  offer.suites = suites_to_ask(tls::kTls13);
  offer.groups = groups_to_ask(tls::kTls13);
  offer.signatures = signatures_beside_suites();
  const Answer answer = co_await scan.ask(offer, "drafts of TLS 1.3");
  if (!answer.flight.hello || (answer.seen != Seen::Hello && answer.seen != Seen::Retry)) co_return;
  const tls::Version version = answer.flight.hello->version();
  if (version.number >> 8 != 0x7f) co_return;
  // A draft's HelloRetryRequest cannot be followed up: no library finishes it any more.
  scan.result.versions[version] = {answer.seen == Seen::Hello ? Verdict::Accepted : Verdict::Unknown,
                                   fmt::format("{} of draft {}", answer.words, version.number & 0xff)};
  scan.result.notes.push_back(fmt::format("speaks draft {} of TLS 1.3", version.number & 0xff));
}

// A HelloRetryRequest is no acceptance: only what the followed hello came to counts.
void judge_tls13(ScanPlan& scan, const SuiteChooser& chooser) {
  Told& told = scan.result.versions[tls::kTls13];
  const Answer& proof = chooser.proof();
  if (told.verdict != Verdict::Accepted || (proof.seen == Seen::Hello && chose(proof, tls::kTls13))) return;
  const std::string words = refusal(proof, tls::kTls13);
  told = {proof.refused() ? Verdict::Refused : Verdict::Unknown,
          proof.retried ? words : fmt::format("HelloRetryRequest, then {}", words)};
  scan.result.suites.erase(tls::kTls13);
  scan.result.groups.erase(tls::kTls13);
  scan.result.questions.erase(Question::PostQuantumGroups);
}

}  // namespace

Task<void> ask_sslv2(ScanPlan& scan) {
  const Answer answer = co_await scan.ask_other(Sslv2Ask{}, "SSL 2.0: all ciphers");
  Told& told = scan.result.versions[tls::kSsl2];
  if (answer.seen != Seen::Hello || !answer.sslv2.hello) {
    told = {answer.unknown() ? Verdict::Unknown : Verdict::Refused, answer.words.empty() ? "not asked" : answer.words};
    co_return;
  }
  scan.result.sslv2_ciphers = answer.sslv2.hello->ciphers;
  // Some servers answer the hello without a single cipher: then nothing can be agreed on.
  const bool usable = !scan.result.sslv2_ciphers.empty();
  told = {usable ? Verdict::Accepted : Verdict::Refused,
          usable ? fmt::format("SERVER-HELLO with {} ciphers", scan.result.sslv2_ciphers.size())
                 : "SERVER-HELLO without any cipher"};
}

Task<void> ask_tls12(ScanPlan& scan, tls::Version version) {
  SuiteChooser chooser(scan, version);
  TaskGroup group;
  group.spawn(ask_version(scan, chooser));
  if (version == tls::kTls12) group.spawn(ask_groups_when_told(scan, chooser));
  co_await group.join();
}

Task<void> ask_tls13(ScanPlan& scan) {
  SuiteChooser chooser(scan, tls::kTls13);
  {
    TaskGroup group;
    group.spawn(ask_version(scan, chooser));
    group.spawn(ask_groups_when_told(scan, chooser));
    co_await group.join();
  }
  judge_tls13(scan, chooser);
  if (scan.result.versions[tls::kTls13].verdict == Verdict::Refused) co_await ask_drafts(scan);
}

// A server that has only versions above the client's must say protocol_version (RFC 5246, E.1), and one that has a
// lower one answers with it: one hello of TLS 1.1 often tells of three versions.
Task<void> ask_older(ScanPlan& scan) {
  std::vector<tls::Version> to_ask;
  for (const tls::Version version : {tls::kTls11, tls::kTls10, tls::kSsl3}) {
    if (scan.result.versions.contains(version)) continue;
    Answer answer = co_await scan.ask(older_offer(scan, version), "version");
    if (answer.unknown() && version >= tls::kTls10 && !scan.hellos.keeps_plain()) {
      Answer plain = co_await ask_plainly(scan, version);
      if (chose(plain, version)) keep_plain(scan);
      if (!plain.unknown()) answer = std::move(plain);
    }
    const Verdict verdict = verdict_of(answer, version);
    scan.result.versions[version] = {verdict, verdict == Verdict::Accepted ? answer.words : refusal(answer, version)};
    const bool answered_lower = verdict != Verdict::Accepted && answer.seen == Seen::Hello && answer.flight.hello;
    const bool told = verdict != Verdict::Accepted && (answered_lower || is_protocol_version_alert(answer));
    // Another refusal may be for want of a suite that did not fit into the hello. Where there was no answer at all, the
    // other suites would bring none either.
    if (!told && verdict != Verdict::Unknown) to_ask.push_back(version);
    for (const tls::Version lower : {tls::kTls10, tls::kSsl3}) {
      if (lower >= version) continue;
      if (is_protocol_version_alert(answer))
        scan.result.versions[lower] = {Verdict::Refused,
                                       fmt::format("{} to a hello of {}", answer.words, tls::name(version))};
      else if (answered_lower && lower > answer.flight.hello->version())
        scan.result.versions[lower] = {Verdict::Refused, refusal(answer, lower)};
    }
  }
  TaskGroup group;
  for (const tls::Version version : to_ask) group.spawn(ask_tls12(scan, version));
  co_await group.join();
}

}  // namespace tlsward::probe
