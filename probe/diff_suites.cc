#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "probe/diff_lists.h"
#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

using Suites = ListSide<tls::CipherSuite>;

/// Why the suite should not be used: "broken: RC4", "weak: CBC, no forward secrecy"; empty where nothing is known
/// against it.
std::string flaw(tls::CipherSuite suite) {
  if (const auto reason = tls::broken_reason(suite)) return fmt::format("broken: {}", *reason);
  const auto reasons = tls::weak_reasons(suite);
  return reasons.empty() ? std::string() : fmt::format("weak: {}", fmt::join(reasons, ", "));
}

bool is_sound(tls::CipherSuite suite) {
  return tls::facts(suite) != nullptr && flaw(suite).empty();
}

/// The suites of a version: nothing where it is refused, nullopt where nobody knows whether it is accepted.
std::optional<Suites> suites_of(const HostResult& result, tls::Version version) {
  const auto told = result.versions.find(version);
  if (told == result.versions.end() || told->second.verdict == Verdict::Unknown) return {};
  if (told->second.verdict == Verdict::Refused) return Suites{{}, {}, true, {}};
  const auto found = result.suites.find(version);
  if (found == result.suites.end()) return Suites{{}, {}, false, "not asked"};
  Suites side{{}, {}, found->second.complete, found->second.gap};
  for (const SeenSuite& seen : found->second.accepted) (seen.retry_only ? side.maybe : side.sure).push_back(seen.suite);
  return side;
}

Judgement gained(tls::CipherSuite suite) {
  if (tls::facts(suite) == nullptr) return {Effect::Unknown, "nothing is known of this suite"};
  std::string reason = flaw(suite);
  if (reason.empty()) return {};
  return {Effect::Worse, std::move(reason)};
}

Judgement lost(tls::CipherSuite suite, const Suites& left) {
  if (std::string reason = flaw(suite); !reason.empty()) return {Effect::Better, std::move(reason)};
  const bool others = std::any_of(left.sure.begin(), left.sure.end(), is_sound);
  if (!is_sound(suite) || others) return {};
  return {Effect::Worse, "no suite without a flaw is left"};
}

// A version that comes or goes is a change of its own; of its suites only the flawed ones of a new one are worth a
// word, and those of an obsolete version go without saying.
void keep_flawed_of_new_version(Suites& after, tls::Version version) {
  if (version < tls::kTls12) after.sure.clear();
  after.sure.erase(std::remove_if(after.sure.begin(), after.sure.end(), is_sound), after.sure.end());
  after.complete = true;
}

/// A suite with a flaw stands in front of one without.
bool prefers_flawed(const std::vector<tls::CipherSuite>& order) {
  const auto flawed = std::find_if_not(order.begin(), order.end(), is_sound);
  return std::any_of(flawed, order.end(), is_sound);
}

std::vector<tls::CipherSuite> common(const Suites& list, const Suites& other) {
  std::vector<tls::CipherSuite> result;
  std::copy_if(list.sure.begin(), list.sure.end(), std::back_inserter(result),
               [&](tls::CipherSuite suite) { return other.has(suite); });
  return result;
}

Order order_of(const HostResult& result, tls::Version version) {
  const auto found = result.suites.find(version);
  return found == result.suites.end() ? Order::Unknown : found->second.order;
}

void compare_order(tls::Version version, const Suites& before, const Suites& after, Order old, Order now,
                   std::vector<Change>& changes) {
  const std::string subject = fmt::format("{} suites, order", tls::name(version));
  const auto earlier = common(before, after), later = common(after, before);
  if (later.size() < 2) return;  // nothing to put in order
  if (old != now) {
    const bool unknown = old == Order::Unknown || now == Order::Unknown;
    changes.push_back({Topic::SuiteOrder,
                       subject,
                       std::string(name(old)),
                       std::string(name(now)),
                       unknown ? Effect::Unknown : Effect::Neutral,
                       {}});
    return;
  }
  if (now != Order::Server || earlier == later) return;
  const bool bad_before = prefers_flawed(earlier), bad_after = prefers_flawed(later);
  Change change{Topic::SuiteOrder, subject, tls::name(earlier.front()) + " first", tls::name(later.front()) + " first",
                Effect::Neutral,   {}};
  if (earlier.front() == later.front()) {
    change.before = "one order";
    change.after = "another";
  }
  if (bad_before != bad_after) {
    change.effect = bad_after ? Effect::Worse : Effect::Better;
    change.why = fmt::format("{}suite with a flaw stands in front of one without", bad_after ? "a " : "no longer a ");
  }
  changes.push_back(std::move(change));
}

}  // namespace

void compare_suites(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  for (const auto& [version, told] : before.versions) {
    auto old = suites_of(before, version), now = suites_of(after, version);
    if (!old || !now) continue;
    const bool was = told.verdict == Verdict::Accepted;
    const bool is = after.versions.at(version).verdict == Verdict::Accepted;
    if (!is) continue;
    if (!was) keep_flawed_of_new_version(*now, version);
    compare_lists(
        Topic::Suite, tls::name(version) + " ", "suites", *old, *now,
        [](tls::CipherSuite suite) { return tls::name(suite); }, gained,
        [&](tls::CipherSuite suite) { return lost(suite, *now); }, changes);
    if (was) compare_order(version, *old, *now, order_of(before, version), order_of(after, version), changes);
  }
}

}  // namespace tlsward::probe
