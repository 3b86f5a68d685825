// Questions that can be asked when the versions are known.
#include <fmt/format.h>

#include <algorithm>

#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

constexpr std::uint8_t kInappropriateFallback = 86;  // RFC 7507

Offer plain_offer(ScanPlan& scan, tls::Version version) {
  Offer offer;
  offer.version = version;
  offer.extensions = version >= tls::kTls10;
  if (offer.extensions) offer.groups = groups_beside_suites(version);
  if (version >= tls::kTls12) offer.signatures = signatures_beside_suites();
  offer.suites = accepted_suites(scan.result, version);
  offer.suites.resize(std::min(offer.suites.size(), scan.hellos.room_for_suites(offer)));
  return offer;
}

// A fallback hello: a lower version than the server's best, marked as a second try (RFC 7507, 4).
Task<void> ask_fallback(ScanPlan& scan) {
  std::vector<tls::Version> accepted;
  for (const auto& [version, told] : scan.result.versions)
    if (told.verdict == Verdict::Accepted && version >= tls::kSsl3 && version <= tls::kTls13)
      accepted.push_back(version);
  if (accepted.size() < 2) {
    if (!accepted.empty())
      scan.tell(Question::FallbackScsv, Verdict::Unknown,
                fmt::format("only {} is accepted, so there is nothing to fall back to", tls::name(accepted.front())));
    co_return;
  }
  const tls::Version lower = accepted[accepted.size() - 2];
  Offer offer = plain_offer(scan, lower);
  offer.fallback_scsv = true;
  const Answer answer = co_await scan.ask(offer, "fallback SCSV");
  if (answer.seen == Seen::Alert && answer.flight.alert && answer.flight.alert->description == kInappropriateFallback)
    scan.tell(Question::FallbackScsv, Verdict::Accepted, answer.words);
  else if (answer.seen == Seen::Hello)
    scan.tell(Question::FallbackScsv, Verdict::Refused, fmt::format("{} in spite of it", answer.words));
  else
    scan.tell(Question::FallbackScsv, Verdict::Unknown, answer.words.empty() ? "not asked" : answer.words);
}

Task<void> ask_heartbleed(ScanPlan& scan, tls::Version version) {
  HeartbleedAsk question;
  Offer offer = plain_offer(scan, version);
  offer.heartbeat = true;
  question.hello = scan.hellos.write(offer);
  question.version = version;
  const Answer answer = co_await scan.ask_other(std::move(question), fmt::format("{} Heartbleed", tls::name(version)));
  Verdict verdict = Verdict::Unknown;
  if (answer.seen == Seen::Leak) verdict = Verdict::Accepted;
  if (answer.seen == Seen::NoLeak) verdict = Verdict::Refused;
  scan.result.heartbleed[version] = {verdict, answer.words.empty() ? "not asked" : answer.words};
}

Task<void> ask_heartbleeds(ScanPlan& scan) {
  TaskGroup group;
  for (const auto& [version, told] : scan.result.heartbleed)
    if (told.verdict == Verdict::Unknown && version < tls::kTls13) group.spawn(ask_heartbleed(scan, version));
  co_await group.join();
  // The worst answer of any version is the answer.
  for (const Verdict verdict : {Verdict::Accepted, Verdict::Unknown, Verdict::Refused})
    for (const auto& [version, told] : scan.result.heartbleed)
      if (told.verdict == verdict && !scan.result.questions.contains(Question::Heartbleed))
        scan.tell(Question::Heartbleed, verdict, fmt::format("{}: {}", tls::name(version), told.evidence));
}

}  // namespace

Task<void> ask_after_versions(ScanPlan& scan) {
  TaskGroup group;
  group.spawn(ask_fallback(scan));
  group.spawn(ask_heartbleeds(scan));
  const auto highest = highest_accepted(scan.result);
  if (highest && *highest >= tls::kTls10 && *highest < tls::kTls12) group.spawn(ask_groups(scan, *highest, {}));
  co_await group.join();
}

}  // namespace tlsward::probe
