// Hellos that are unusual but lawful. A server that keeps the rules passes over what it does not know; one that breaks
// off will cut off tomorrow's clients.
#include <fmt/format.h>

#include <algorithm>

#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;

constexpr std::uint16_t kGrease = 0x3a3a;  // RFC 8701

void judge(ScanPlan& scan, Question question, const Answer& answer) {
  const bool hello = answer.seen == Seen::Hello || answer.seen == Seen::Retry;
  const Verdict verdict = hello ? Verdict::Accepted : (answer.refused() ? Verdict::Refused : Verdict::Unknown);
  scan.tell(question, verdict, answer.words.empty() ? "not asked" : answer.words);
}

Task<void> ask_about(ScanPlan& scan, Question question, Offer offer) {
  judge(scan, question, co_await scan.ask(std::move(offer), std::string(facts(question).id)));
}

Task<void> ask_grease(ScanPlan& scan, tls::Version version) {
  Offer offer = usual_offer(scan, version);
  offer.suites.insert(offer.suites.begin(), {kGrease});
  offer.groups.insert(offer.groups.begin(), {kGrease});
  offer.signatures.insert(offer.signatures.begin(), {kGrease});
  offer.also = {{kGrease}};
  offer.more.push_back(wire::empty_extension(kGrease));
  return ask_about(scan, Question::Grease, std::move(offer));
}

// A client of a version that nobody has yet: in supported_versions for TLS 1.3, in client_version for older servers
// (RFC 5246, E.1).
Task<void> ask_future_version(ScanPlan& scan, tls::Version version) {
  constexpr tls::Version kFuture{0x0305};
  Offer offer = usual_offer(scan, version);
  if (version >= tls::kTls13) {
    offer.also = {kFuture};
    return ask_about(scan, Question::FutureVersions, std::move(offer));
  }
  HelloAsk question;
  question.hello = scan.hellos.write(offer);
  question.hello.legacy_version = kFuture;
  return [](ScanPlan& plan, HelloAsk ask, tls::Version asked) -> Task<void> {
    judge(plan, Question::FutureVersions,
          co_await plan.ask_as(std::move(ask), asked, std::string(facts(Question::FutureVersions).id)));
  }(scan, std::move(question), version);
}

Task<void> ask_large_hello(ScanPlan& scan, tls::Version version) {
  constexpr std::size_t kSize = 2000;
  Offer offer = usual_offer(scan, version);
  const std::size_t size = wire::write_records(scan.hellos.write(offer)).size();
  offer.more.push_back(wire::padding(size, kSize));
  return ask_about(scan, Question::LargeHello, std::move(offer));
}

Task<void> ask_many_suites(ScanPlan& scan, tls::Version version) {
  Offer offer = usual_offer(scan, version);
  // What it has stands last, behind more than 128 others, so that a server that stops reading early finds nothing.
  std::vector<tls::CipherSuite> others;
  const auto& all = suites_to_ask(tls::kTls12);
  for (auto suite = all.rbegin(); suite != all.rend() && others.size() < 160; ++suite) {
    const bool accepted = std::find(offer.suites.begin(), offer.suites.end(), *suite) != offer.suites.end();
    if (!accepted) others.push_back(*suite);
  }
  offer.suites.insert(offer.suites.begin(), others.begin(), others.end());
  return ask_about(scan, Question::ManySuites, std::move(offer));
}

Task<void> ask_unknown_extensions(ScanPlan& scan, tls::Version version) {
  constexpr std::uint16_t kUnassigned = 0x7a17;
  Offer offer = usual_offer(scan, version);
  offer.more.push_back({kUnassigned, {1, 2, 3, 4}});
  return ask_about(scan, Question::UnknownExtensions, std::move(offer));
}

Task<void> ask_without_name(ScanPlan& scan, tls::Version version) {
  Offer offer = usual_offer(scan, version);
  offer.server_name = false;
  return ask_about(scan, Question::WithoutServerName, std::move(offer));
}

Task<void> ask_unknown_name(ScanPlan& scan, tls::Version version) {
  Offer offer = usual_offer(scan, version);
  offer.server_name = false;
  offer.more.push_back(wire::server_name("tlsward-asks.invalid"));
  return ask_about(scan, Question::UnknownServerName, std::move(offer));
}

}  // namespace

Task<void> ask_tolerance(ScanPlan& scan) {
  const auto highest = highest_accepted(scan.result);
  if (!highest || *highest < tls::kTls10) co_return;
  TaskGroup group;
  for (const auto ask : {ask_grease, ask_future_version, ask_large_hello, ask_many_suites, ask_unknown_extensions,
                         ask_without_name, ask_unknown_name})
    group.spawn(ask(scan, *highest));
  co_await group.join();
}

}  // namespace tlsward::probe
