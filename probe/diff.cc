// Endpoints are paired by key; then the pairs are compared part by part (diff_*.cc), each part knowing its own rules of
// better and worse. One idea holds everywhere: where either scan could not tell, the change is Unknown.
#include "probe/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

using Results = std::map<ResultKey, const HostResult*>;
using EndpointName = std::pair<std::string_view, std::uint16_t>;

constexpr std::array<std::string_view, 4> kEffects = {"neutral", "better", "worse", "unknown"};
constexpr std::array<std::string_view, 15> kTopics = {
    "host",        "reachability", "address", "server-name", "version",     "suite",    "suite-order", "group",
    "group-order", "signature",    "prime",   "alpn",        "certificate", "question", "finding"};
constexpr std::array<std::string_view, 3> kStates = {"changed", "new", "gone"};

/// The results that count, each under its key.
Results index(std::span<const HostResult> results) {
  std::vector<ResultStamp> stamps;
  stamps.reserve(results.size());
  for (const HostResult& result : results) stamps.push_back(stamp_of(result));
  Results by_key;
  for (const std::size_t i : newest(stamps)) by_key.emplace(stamps[i].key, &results[i]);
  return by_key;
}

struct Pair {
  const HostResult* before = nullptr;  // null: new
  const HostResult* after = nullptr;   // null: gone
};

/// Takes those out of both maps that are in both.
std::vector<Pair> take_equal_keys(Results& before, Results& after) {
  std::vector<Pair> pairs;
  for (auto entry = before.begin(); entry != before.end();) {
    const auto partner = after.find(entry->first);
    if (partner == after.end()) {
      ++entry;
      continue;
    }
    pairs.push_back({entry->second, partner->second});
    after.erase(partner);
    entry = before.erase(entry);
  }
  return pairs;
}

std::map<EndpointName, std::vector<const HostResult*>> by_endpoint(const Results& results) {
  std::map<EndpointName, std::vector<const HostResult*>> result;
  for (const auto& [key, host] : results) result[{host->host, host->port}].push_back(host);
  return result;
}

/// Pairs what equal keys left: one on either side is the same endpoint somewhere else, all others are new or gone.
void pair_leftovers(const Results& before, const Results& after, std::vector<Pair>& pairs) {
  auto later = by_endpoint(after);
  for (const auto& [endpoint, old] : by_endpoint(before)) {
    const auto found = later.find(endpoint);
    if (found != later.end() && found->second.size() == 1 && old.size() == 1) {
      pairs.push_back({old.front(), found->second.front()});
      later.erase(found);
      continue;
    }
    for (const HostResult* gone : old) pairs.push_back({gone, nullptr});
  }
  for (const auto& [endpoint, added] : later)
    for (const HostResult* result : added) pairs.push_back({nullptr, result});
}

std::string reach_text(const HostResult& result) {
  if (result.trouble.kind == Trouble::Kind::None) return result.speaks_tls() ? "TLS" : "no TLS version accepted";
  if (result.trouble.message.empty()) return std::string(name(result.trouble.kind));
  return fmt::format("{} ({})", name(result.trouble.kind), result.trouble.message);
}

/// Trouble that says nothing about the host: the scan was cut short, or something between here and there failed.
bool is_inconclusive(Trouble::Kind kind) {
  return kind == Trouble::Kind::Interrupted || kind == Trouble::Kind::Local || kind == Trouble::Kind::Proxy;
}

/// There is something to compare: TLS was spoken, or at least every question could be put.
bool is_comparable(const HostResult& result) {
  return result.speaks_tls() || result.trouble.kind == Trouble::Kind::None;
}

void compare_reachability(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const Trouble::Kind old = before.trouble.kind, now = after.trouble.kind;
  if (old == now) return;
  Effect effect = Effect::Neutral;
  if (is_inconclusive(old) || is_inconclusive(now)) {
    effect = Effect::Unknown;
  } else if (old == Trouble::Kind::None) {
    effect = Effect::Worse;
  } else if (now == Trouble::Kind::None) {
    effect = Effect::Better;
  }
  changes.push_back({Topic::Reachability, "reachability", reach_text(before), reach_text(after), effect, {}});
}

void compare_place(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const bool both_have_one = !before.address.empty() && !after.address.empty();
  if (both_have_one && before.address != after.address)
    changes.push_back({Topic::Address, "address", before.address, after.address, Effect::Neutral, {}});
  if (both_have_one && before.sni != after.sni)
    changes.push_back({Topic::ServerName,
                       "server name",
                       before.sni.empty() ? "none" : before.sni,
                       after.sni.empty() ? "none" : after.sni,
                       Effect::Neutral,
                       {}});
}

HostDiff new_host(const HostResult& result) {
  return {result.target,
          key_of(result),
          HostDiff::State::New,
          {{Topic::Host, "host", "not scanned", reach_text(result), Effect::Neutral, {}}}};
}

HostDiff gone_host(const HostResult& result, bool other_addresses) {
  Change change{Topic::Host,   "host",          reach_text(result),
                "not scanned", Effect::Unknown, "the later scan has no result"};
  if (other_addresses) {
    change.effect = Effect::Neutral;
    change.why = "the later scan has other addresses of it";
  }
  return {result.target, key_of(result), HostDiff::State::Gone, {std::move(change)}};
}

std::set<EndpointName> endpoints(std::span<const HostResult> results) {
  std::set<EndpointName> names;
  for (const HostResult& result : results) names.emplace(result.host, result.port);
  return names;
}

}  // namespace

std::string_view name(Effect effect) {
  return kEffects.at(static_cast<std::size_t>(effect));
}

std::string_view name(Topic topic) {
  return kTopics.at(static_cast<std::size_t>(topic));
}

std::string_view name(HostDiff::State state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::size_t Diff::count(Effect effect) const {
  std::size_t number = 0;
  for (const HostDiff& host : hosts)
    for (const Change& change : host.changes) number += change.effect == effect ? 1 : 0;
  return number;
}

std::size_t Diff::count(HostDiff::State state) const {
  return static_cast<std::size_t>(
      std::count_if(hosts.begin(), hosts.end(), [&](const HostDiff& host) { return host.state == state; }));
}

std::vector<Change> changes_between(const HostResult& before, const HostResult& after) {
  std::vector<Change> changes;
  compare_reachability(before, after, changes);
  compare_place(before, after, changes);
  if (!is_comparable(before) || !is_comparable(after)) return changes;
  compare_versions(before, after, changes);
  compare_suites(before, after, changes);
  compare_parameters(before, after, changes);
  compare_certificates(before, after, changes);
  compare_questions(before, after, changes);
  compare_findings(before, after, changes);
  return changes;
}

Diff diff(std::span<const HostResult> before, std::span<const HostResult> after) {
  Results old = index(before), now = index(after);
  Diff result;
  result.before = old.size();
  result.after = now.size();
  std::vector<Pair> pairs = take_equal_keys(old, now);
  pair_leftovers(old, now, pairs);
  const std::set<EndpointName> scanned = endpoints(after);
  for (const auto& [earlier, later] : pairs) {
    if (earlier == nullptr) {
      result.hosts.push_back(new_host(*later));
    } else if (later == nullptr) {
      result.hosts.push_back(gone_host(*earlier, scanned.contains({earlier->host, earlier->port})));
    } else if (auto changes = changes_between(*earlier, *later); !changes.empty()) {
      result.hosts.push_back({later->target, key_of(*later), HostDiff::State::Changed, std::move(changes)});
    } else {
      ++result.same;
      result.unreachable += is_comparable(*later) ? 0 : 1;
    }
  }
  std::sort(result.hosts.begin(), result.hosts.end(),
            [](const HostDiff& a, const HostDiff& b) { return a.key < b.key; });
  return result;
}

}  // namespace tlsward::probe
