// What changed between two scans of the same hosts, and whether for the better. docs/fleet.md has the rules for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probe/newest.h"
#include "probe/result.h"

namespace tlsward::probe {

/// Unknown: one of the two scans could not tell, so that nothing can be said; never taken for worse or better.
enum class Effect : std::uint8_t { Neutral, Better, Worse, Unknown };
/// "neutral", "better", "worse", "unknown".
std::string_view name(Effect effect);

/// What a change is about.
enum class Topic : std::uint8_t {
  Host,  // new, or gone
  Reachability,
  Address,
  ServerName,
  Version,
  Suite,
  SuiteOrder,
  Group,
  GroupOrder,
  Signature,
  Prime,
  Alpn,
  Certificate,
  Question,
  Finding,
};
/// "host", "reachability", …, "suite-order", "finding".
std::string_view name(Topic topic);

struct Change {
  Topic topic = Topic::Host;
  std::string subject;        // "TLS 1.0", "TLS 1.2 TLS_RSA_WITH_AES_128_CBC_SHA", "RSA certificate, key"
  std::string before, after;  // "refused", "accepted"
  Effect effect = Effect::Neutral;
  std::string why;  // for the effect, where it is not plain: "below TLS 1.2", "CBC, no forward secrecy"
};

/// The changes of one endpoint.
struct HostDiff {
  std::string target;  // as given to the later scan
  ResultKey key;       // of the later scan; of the earlier one where the endpoint is gone
  enum class State : std::uint8_t { Changed, New, Gone } state = State::Changed;
  std::vector<Change> changes;  // never empty; by topic
};
/// "changed", "new", "gone".
std::string_view name(HostDiff::State state);

struct Diff {
  std::vector<HostDiff> hosts;        // those with changes, by host and port
  std::size_t before = 0, after = 0;  // endpoints in either scan
  std::size_t same = 0;               // in both, and nothing changed
  /// Of `same`, those that neither scan could reach, so that nothing was compared.
  std::size_t unreachable = 0;

  std::size_t count(Effect effect) const;
  std::size_t count(HostDiff::State state) const;
};

/// What changed between `before` and `after`. Endpoints are told apart by their keys; a host and port that has one
/// result without a partner on either side is the same endpoint under another address or server name.
Diff diff(std::span<const HostResult> before, std::span<const HostResult> after);

/// The changes of one endpoint; empty where there are none.
std::vector<Change> changes_between(const HostResult& before, const HostResult& after);

}  // namespace tlsward::probe
