#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <utility>

#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

/// Findings of one rule about one thing. Messages are no part of it: they name days that are left, and the like.
struct Found {
  std::size_t times = 0;
  Severity worst = Severity::Info;
};
struct FindingName {
  std::string rule, subject;
  std::string part;  // of the endpoint: "certificate chain (RSA)"; mostly empty
  friend auto operator<=>(const FindingName&, const FindingName&) = default;
};

std::map<FindingName, Found> by_name(const std::vector<Finding>& findings) {
  std::map<FindingName, Found> result;
  for (const Finding& finding : findings) {
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    Found& found = result[{std::string(finding.rule), finding.subject, endpoint ? endpoint->part : std::string()}];
    ++found.times;
    found.worst = std::max(found.worst, finding.severity);
  }
  return result;
}

std::string text(const Found& found) {
  if (found.times == 0) return "not found";
  return fmt::format("{}{}", name(found.worst), found.times == 1 ? "" : fmt::format(", {} times", found.times));
}

bool more(const Found& a, const Found& b) {
  return std::pair(a.worst, a.times) > std::pair(b.worst, b.times);
}

Effect finding_effect(const Found& old, const Found& now, const HostResult& before, const HostResult& after) {
  const bool rises = more(now, old);
  // A rule is silent about what a scan could not see.
  const bool could_see = rises ? before.is_complete() : after.is_complete();
  if (!could_see) return Effect::Unknown;
  if (std::max(old.worst, now.worst) == Severity::Info) return Effect::Neutral;
  return rises ? Effect::Worse : Effect::Better;
}

/// With one version there is nothing to fall back to, so that no answer is no gap.
bool applies(Question question, const HostResult& result) {
  if (question != Question::FallbackScsv) return true;
  return std::count_if(result.versions.begin(), result.versions.end(),
                       [](const auto& entry) { return entry.second.verdict == Verdict::Accepted; }) > 1;
}

}  // namespace

Effect effect_of(Verdict before, Verdict after, Wanted wanted) {
  if (before == after) return Effect::Neutral;
  if (before == Verdict::Unknown || after == Verdict::Unknown) return Effect::Unknown;
  if (wanted == Wanted::Either) return Effect::Neutral;
  const bool good = (after == Verdict::Accepted) == (wanted == Wanted::Yes);
  return good ? Effect::Better : Effect::Worse;
}

std::string verdict_text(const Told& told) {
  if (told.verdict != Verdict::Unknown || told.evidence.empty()) return std::string(name(told.verdict));
  return fmt::format("{} ({})", name(told.verdict), told.evidence);
}

void compare_questions(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  for (const auto& [question, old] : before.questions) {
    const auto now = after.questions.find(question);
    if (now == after.questions.end() || now->second.verdict == old.verdict) continue;
    if (!applies(question, before) || !applies(question, after)) continue;
    const QuestionFacts& row = facts(question);
    changes.push_back({Topic::Question,
                       std::string(row.text),
                       verdict_text(old),
                       verdict_text(now->second),
                       effect_of(old.verdict, now->second.verdict, row.wanted),
                       {}});
  }
}

void compare_findings(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const auto old = by_name(before.findings), now = by_name(after.findings);
  std::map<FindingName, std::pair<Found, Found>> both;
  for (const auto& [name, found] : old) both[name].first = found;
  for (const auto& [name, found] : now) both[name].second = found;
  for (const auto& [name, found] : both) {
    const auto& [earlier, later] = found;
    if (earlier.times == later.times && earlier.worst == later.worst) continue;
    const std::string subject = name.part.empty() ? name.rule : fmt::format("{}, {}", name.rule, name.part);
    changes.push_back(
        {Topic::Finding, subject, text(earlier), text(later), finding_effect(earlier, later, before, after), {}});
  }
}

}  // namespace tlsward::probe
