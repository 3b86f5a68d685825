#include "probe/plan/scan_plan.h"

#include <fmt/format.h>

#include "probe/plan/observe.h"

namespace tlsward::probe {

Task<Answer> ScanPlan::ask(Offer offer, std::string purpose, bool more_follow) {
  HelloAsk question;
  question.hello = hellos.write(offer);
  question.record_version = offer.version == tls::kSsl3 ? tls::kSsl3 : tls::kTls10;
  co_return co_await ask_as(std::move(question), offer.version, std::move(purpose), more_follow);
}

Task<Answer> ScanPlan::ask_as(HelloAsk hello, tls::Version version, std::string purpose, bool more_follow) {
  const tls::wire::ClientHello offer = hello.hello;
  purpose = fmt::format("{} {}", tls::name(version), purpose);
  Answer answer = co_await ask_other(std::move(hello), std::move(purpose), more_follow);
  observe(*this, answer.flight, offer);
  co_return answer;
}

// gcc 12 destroys an aggregate that is made inside a co_await expression twice: questions get a name first.
Task<Answer> ScanPlan::ask_other(std::variant<HelloAsk, Sslv2Ask, HeartbleedAsk, HandshakeAsk> what,
                                 std::string purpose, bool more_follow) {
  Ask question;
  question.purpose = std::move(purpose);
  question.what = std::move(what);
  question.more_follow = more_follow;
  co_return co_await plan.ask(std::move(question));
}

void ScanPlan::tell(Question question, Verdict verdict, std::string evidence) {
  Told& told = result.questions[question];
  if (!told.evidence.empty() && told.verdict >= verdict) return;
  told = {verdict, std::move(evidence)};
  if (explain) explain(fmt::format("{}: {}, {}", facts(question).text, name(verdict), told.evidence));
}

bool chose(const Answer& answer, tls::Version version) {
  if (answer.seen != Seen::Hello && answer.seen != Seen::Retry) return false;
  return answer.flight.hello && answer.flight.hello->version() == version;
}

std::string refusal(const Answer& answer, tls::Version version) {
  const bool other = answer.flight.hello && (answer.seen == Seen::Hello || answer.seen == Seen::Retry) &&
                     answer.flight.hello->version() != version;
  if (other) return fmt::format("answered {}", tls::name(answer.flight.hello->version()));
  return answer.words.empty() ? "not asked" : answer.words;
}

bool is_protocol_version_alert(const Answer& answer) {
  constexpr std::uint8_t kProtocolVersion = 70;
  return answer.seen == Seen::Alert && answer.flight.alert && answer.flight.alert->description == kProtocolVersion;
}

Verdict verdict_of(const Answer& answer, tls::Version version) {
  if (chose(answer, version)) return Verdict::Accepted;
  return answer.unknown() ? Verdict::Unknown : Verdict::Refused;
}

std::optional<tls::Version> highest_accepted(const HostResult& result) {
  std::optional<tls::Version> highest;
  for (const auto& [version, told] : result.versions)
    if (told.verdict == Verdict::Accepted && version <= tls::kTls13) highest = version;
  return highest;
}

std::vector<tls::CipherSuite> accepted_suites(const HostResult& result, tls::Version version) {
  std::vector<tls::CipherSuite> suites;
  const auto found = result.suites.find(version);
  if (found == result.suites.end()) return suites;
  for (const SeenSuite& seen : found->second.accepted) suites.push_back(seen.suite);
  return suites;
}

Task<void> ask_everything(ScanPlan& scan) {
  {
    TaskGroup versions;
    versions.spawn(ask_tls13(scan));
    versions.spawn(ask_tls12(scan, tls::kTls12));
    versions.spawn(ask_older(scan));
    versions.spawn(ask_sslv2(scan));
    co_await versions.join();
  }
  if (scan.result.versions[tls::kTls13].verdict == Verdict::Refused)
    scan.tell(Question::PostQuantumGroups, Verdict::Refused, "they need TLS 1.3, which is not accepted");
  if (highest_accepted(scan.result) == tls::kTls13 && scan.result.suites.size() == 1)
    scan.tell(Question::Compression, Verdict::Refused, "TLS 1.3, the only version, has none");
  TaskGroup rest;
  rest.spawn(ask_after_versions(scan));
  rest.spawn(ask_certificates(scan));
  rest.spawn(ask_ffdhe(scan));
  if (scan.all && scan.result.speaks_tls()) {
    rest.spawn(ask_signatures(scan));
    rest.spawn(ask_protocols(scan));
    rest.spawn(ask_sessions(scan));
    rest.spawn(ask_tolerance(scan));
  }
  co_await rest.join();
}

}  // namespace tlsward::probe
