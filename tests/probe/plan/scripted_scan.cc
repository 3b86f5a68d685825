#include "tests/probe/plan/scripted_scan.h"

#include "tests/catch.h"
#include "tests/probe/plan/scripted_hello.h"

namespace tlsward::tests {
namespace {

using probe::Plan;

std::size_t hello_bytes(const probe::Ask& ask) {
  if (const auto* hello = std::get_if<probe::HelloAsk>(&ask.what))
    return tls::wire::write_records(as_sent(*hello), hello->record_version).size();
  if (const auto* heartbleed = std::get_if<probe::HeartbleedAsk>(&ask.what))
    return tls::wire::write_records(heartbleed->hello).size();
  return 0;
}

/// The open questions, taken to be answered.
std::vector<Plan::Number> take_all(Plan& plan) {
  std::vector<Plan::Number> numbers;
  while (const auto number = plan.take()) numbers.push_back(*number);
  return numbers;
}

void drive(Plan& plan, const ScriptedServer& server, const ScriptedScan& how, Scanned& scanned) {
  constexpr std::size_t kMostQuestions = 2000;
  while (!plan.done()) {
    ++scanned.rounds;
    const std::vector<Plan::Number> numbers = take_all(plan);
    REQUIRE_FALSE(numbers.empty());
    for (const Plan::Number number : numbers) {
      REQUIRE(scanned.asked.size() < kMostQuestions);
      Asked asked{plan.question(number), {}, scanned.rounds, hello_bytes(plan.question(number))};
      asked.answer = server.answer(asked.ask);
      if (how.meddle) how.meddle(asked.ask, scanned.asked.size(), asked.answer);
      scanned.asked.push_back(asked);
      plan.answer(number, asked.answer);
    }
  }
}

}  // namespace

const tls::wire::ClientHello* Asked::hello() const {
  if (const auto* hello_ask = std::get_if<probe::HelloAsk>(&ask.what)) return &hello_ask->hello;
  if (const auto* heartbleed = std::get_if<probe::HeartbleedAsk>(&ask.what)) return &heartbleed->hello;
  return nullptr;
}

std::string Scanned::versions(probe::Verdict verdict) const {
  std::string text;
  for (auto entry = result.versions.rbegin(); entry != result.versions.rend(); ++entry)
    if (entry->second.verdict == verdict) text += (text.empty() ? "" : ", ") + tls::name(entry->first);
  return text;
}

std::string Scanned::suites(tls::Version version) const {
  return codes(probe::accepted_suites(result, version));
}

std::string Scanned::groups(tls::Version version) const {
  const auto found = result.groups.find(version);
  return found == result.groups.end() ? "" : codes(found->second.accepted);
}

probe::Told Scanned::told(tls::Version version) const {
  const auto found = result.versions.find(version);
  return found == result.versions.end() ? probe::Told{probe::Verdict::Unknown, "never told"} : found->second;
}

probe::Told Scanned::told(probe::Question question) const {
  const auto found = result.questions.find(question);
  return found == result.questions.end() ? probe::Told{probe::Verdict::Unknown, "never told"} : found->second;
}

std::vector<Asked> Scanned::about(const std::string& words) const {
  std::vector<Asked> found;
  for (const Asked& one : asked)
    if (one.is_about(words)) found.push_back(one);
  return found;
}

Scanned scan(const ScriptedServer& server, const ScriptedScan& how) {
  return scan_part(server, {}, probe::ask_everything, how);
}

Scanned scan_part(const ScriptedServer& server, probe::HostResult result, tlsward::Task<void> (*part)(probe::ScanPlan&),
                  const ScriptedScan& how) {
  Scanned scanned;
  scanned.result = std::move(result);
  constexpr std::uint64_t kSeed = 7;
  Plan plan;
  probe::ScanPlan scan{plan,    scanned.result, probe::HelloWriter(how.server_name, kSeed),
                       how.all, how.identity,   how.now_seconds};
  scan.explain = [&](const std::string& line) { scanned.explained.push_back(line); };
  plan.spawn(part(scan));
  drive(plan, server, how, scanned);
  scanned.chains = scan.chains;
  scanned.client_ca_names = scan.client_ca_names;
  return scanned;
}

probe::Answer no_answer(probe::Seen seen) {
  probe::Answer answer;
  answer.seen = seen;
  if (seen == probe::Seen::Silent) answer.words = "no answer in 1500 ms, twice";
  if (seen == probe::Seen::Dropped)
    answer.words = "closed without a word, again and again: perhaps a limit of connections";
  if (seen == probe::Seen::Malformed) answer.words = "record of 20000 bytes; at most 16640";
  return answer;
}

std::shared_ptr<const net::ClientIdentity> some_identity() {
  const auto owner = std::make_shared<int>(0);
  return {owner, reinterpret_cast<const net::ClientIdentity*>(owner.get())};
}

}  // namespace tlsward::tests
