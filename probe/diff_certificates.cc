// Chains are paired by the kind of certificate that was asked for (RSA, ECDSA, …). A renewal is neutral; what counts is
// whether the key got weaker, the verdicts changed, or the end came nearer.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

constexpr long kMonth = 30, kWeek = 7;

/// How near the end is; a change from one class to another is told, a change of the number of days is not.
enum class TimeLeft : std::uint8_t { Ended, Week, Month, Enough };
constexpr std::array<std::string_view, 4> kTimeLeft = {"ended", "less than 7 days", "less than 30 days",
                                                       "30 days or more"};

TimeLeft time_left(const SeenChain& chain) {
  if (chain.days_left < 0) return TimeLeft::Ended;
  if (chain.days_left < kWeek) return TimeLeft::Week;
  return chain.days_left < kMonth ? TimeLeft::Month : TimeLeft::Enough;
}

std::string date(tls::Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

/// "RSA 2048 bits, 1f2e3d4c": the first digits of the key's SHA-256 tell keys of one size apart.
std::string key_text(const tls::KeyFacts& key) {
  const std::string size = key.curve.empty() ? fmt::format("{} bits", key.bits) : key.curve;
  return fmt::format("{} {}, {}", name(key.type), size, key.spki_sha256.substr(0, 8));
}

struct ChainPair {
  const SeenChain* before = nullptr;
  const SeenChain* after = nullptr;
};

std::string_view leaf(const SeenChain& chain) {
  return chain.certificates.empty() ? std::string_view() : chain.certificates.front().sha256;
}

/// Pairs chains of one kind: first those with the same certificate, then what is left, in order.
std::vector<ChainPair> pair_chains(const std::vector<SeenChain>& before, const std::vector<SeenChain>& after) {
  std::vector<ChainPair> pairs;
  for (const SeenChain& old : before) pairs.push_back({&old, nullptr});
  std::vector<const SeenChain*> unpaired;
  for (const SeenChain& now : after) unpaired.push_back(&now);
  for (const bool same_leaf : {true, false}) {
    for (ChainPair& pair : pairs) {
      if (pair.after != nullptr) continue;
      const auto partner = std::find_if(unpaired.begin(), unpaired.end(), [&](const SeenChain* now) {
        return now->asked_for == pair.before->asked_for && (!same_leaf || leaf(*now) == leaf(*pair.before));
      });
      if (partner == unpaired.end()) continue;
      pair.after = *partner;
      unpaired.erase(partner);
    }
  }
  for (const SeenChain* now : unpaired) pairs.push_back({nullptr, now});
  return pairs;
}

Effect key_effect(const tls::KeyFacts& before, const tls::KeyFacts& after) {
  const int old = tls::equivalent_strength(before), now = tls::equivalent_strength(after);
  if (old == 0 || now == 0 || old == now) return Effect::Neutral;
  return now < old ? Effect::Worse : Effect::Better;
}

class ChainComparison {
 public:
  ChainComparison(const SeenChain& before, const SeenChain& after, std::vector<Change>& changes)
      : before_(before), after_(after), changes_(changes) {}

  void compare() {
    if (!before_.certificates.empty() && !after_.certificates.empty())
      compare_leaves(before_.certificates.front(), after_.certificates.front());
    compare_time_left();
    compare_told("trusted", before_.trusted, after_.trusted);
    compare_told("host name", before_.host_matches, after_.host_matches);
    compare_told("order of the chain", before_.ordered, after_.ordered);
    compare_told("chain complete", before_.complete, after_.complete);
    if (time_left(before_) == time_left(after_)) compare_told("dates", before_.dates, after_.dates);
  }

 private:
  void add(std::string_view what, std::string old, std::string now, Effect effect, std::string why = {}) {
    changes_.push_back({Topic::Certificate, fmt::format("{} certificate, {}", after_.asked_for, what), std::move(old),
                        std::move(now), effect, std::move(why)});
  }

  void compare_leaves(const tls::CertificateFacts& old, const tls::CertificateFacts& now) {
    if (old.sha256 == now.sha256) return;
    add("validity", fmt::format("{} to {}", date(old.not_before), date(old.not_after)),
        fmt::format("{} to {}", date(now.not_before), date(now.not_after)), Effect::Neutral, "another certificate");
    if (old.key.spki_sha256 != now.key.spki_sha256)
      add("key", key_text(old.key), key_text(now.key), key_effect(old.key, now.key));
    if (old.issuer != now.issuer) add("issuer", old.issuer, now.issuer, Effect::Neutral);
  }

  void compare_time_left() {
    const TimeLeft old = time_left(before_), now = time_left(after_);
    if (old == now) return;
    add("time left", std::string(kTimeLeft.at(static_cast<std::size_t>(old))),
        std::string(kTimeLeft.at(static_cast<std::size_t>(now))), now < old ? Effect::Worse : Effect::Better,
        after_.days_left < 0 ? "" : fmt::format("{} days", after_.days_left));
  }

  void compare_told(std::string_view what, const Told& old, const Told& now) {
    if (old.verdict == now.verdict) return;
    add(what, verdict_text(old), verdict_text(now), effect_of(old.verdict, now.verdict, Wanted::Yes),
        now.verdict == Verdict::Unknown ? std::string() : now.evidence);
  }

  const SeenChain& before_;
  const SeenChain& after_;
  std::vector<Change>& changes_;
};

/// A chain that only one of two scans saw; `other` is the one that did not.
Change lonely_chain(const SeenChain& chain, bool gained, const HostResult& other) {
  Change change{Topic::Certificate, chain.asked_for + " certificate", "seen", "not seen", Effect::Neutral, {}};
  if (gained) std::swap(change.before, change.after);
  if (!other.is_complete()) {
    change.effect = Effect::Unknown;
    change.why = other.no_chain;
  }
  return change;
}

}  // namespace

void compare_certificates(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  for (const auto& [old, now] : pair_chains(before.chains, after.chains)) {
    if (old != nullptr && now != nullptr) {
      ChainComparison(*old, *now, changes).compare();
    } else if (old != nullptr) {
      changes.push_back(lonely_chain(*old, false, after));
    } else {
      changes.push_back(lonely_chain(*now, true, before));
    }
  }
}

}  // namespace tlsward::probe
