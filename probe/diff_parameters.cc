// Key exchange and what goes with it: groups, signature schemes, Diffie-Hellman primes, ALPN.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "probe/diff_lists.h"
#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

// NIST SP 800-57 part 1 revision 5, table 4: 112 bits are the least until 2030.
constexpr int kLeastStrength = 112;

bool is_post_quantum(const tls::GroupFacts& facts) {
  return facts.kind == tls::GroupKind::KeyEncapsulation || facts.kind == tls::GroupKind::Hybrid;
}

bool is_weak(const tls::GroupFacts& facts) {
  return facts.strength < kLeastStrength;
}

/// What having the group is: better for a post-quantum one, worse for a weak one.
Judgement judge_having(tls::Group group) {
  const tls::GroupFacts* facts = tls::facts(group);
  if (facts == nullptr) return {};
  if (is_post_quantum(*facts)) return {Effect::Better, "post-quantum"};
  if (is_weak(*facts)) return {Effect::Worse, fmt::format("only {} bits of strength", facts->strength)};
  return {};
}

Judgement judge_having(tls::SignatureScheme scheme) {
  const tls::SignatureSchemeFacts* facts = tls::facts(scheme);
  // RFC 9155: MD5 and SHA-1 must not be used in signatures.
  const bool weak = facts != nullptr && (facts->hash == "SHA1" || facts->hash == "MD5");
  if (!weak) return {};
  return {Effect::Worse, fmt::format("signs with {}", facts->hash)};
}

Effect opposite(Effect effect) {
  if (effect == Effect::Better) return Effect::Worse;
  return effect == Effect::Worse ? Effect::Better : effect;
}

template <class T>
void compare_values(Topic topic, const std::string& of, std::string_view plural, const Enumeration<T>& before,
                    const Enumeration<T>& after, std::vector<Change>& changes) {
  compare_lists(
      topic, of, plural, side_of(before), side_of(after), [](T value) { return tls::name(value); },
      [](T value) { return judge_having(value); },
      [](T value) {
        Judgement judgement = judge_having(value);
        judgement.effect = opposite(judgement.effect);
        return judgement;
      },
      changes);
}

void compare_group_order(tls::Version version, const Enumeration<tls::Group>& before,
                         const Enumeration<tls::Group>& after, std::vector<Change>& changes) {
  const bool by_server = before.order == Order::Server && after.order == Order::Server;
  if (!by_server || before.accepted.empty() || after.accepted.empty()) return;
  const tls::Group old = before.accepted.front(), now = after.accepted.front();
  if (old == now) return;
  changes.push_back({Topic::GroupOrder,
                     fmt::format("{} groups, order", tls::name(version)),
                     tls::name(old) + " first",
                     tls::name(now) + " first",
                     Effect::Neutral,
                     {}});
}

/// Bits of the shortest prime; 0 where none was seen.
int shortest(const std::vector<SeenPrime>& primes) {
  const auto found = std::min_element(primes.begin(), primes.end(),
                                      [](const SeenPrime& a, const SeenPrime& b) { return a.bits < b.bits; });
  return found == primes.end() ? 0 : found->bits;
}

void compare_primes(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const int old = shortest(before.primes), now = shortest(after.primes);
  if (old == 0 || now == 0 || old == now) return;
  changes.push_back({Topic::Prime,
                     "shortest Diffie-Hellman prime",
                     fmt::format("{} bits", old),
                     fmt::format("{} bits", now),
                     now < old ? Effect::Worse : Effect::Better,
                     {}});
}

void compare_alpn(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const auto neutral = [](const std::string&) { return Judgement{}; };
  compare_lists(
      Topic::Alpn, "ALPN ", "protocols", side_of(before.alpn), side_of(after.alpn),
      [](const std::string& protocol) { return protocol; }, neutral, neutral, changes);
}

}  // namespace

void compare_parameters(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  for (const auto& [version, old] : before.groups) {
    const auto now = after.groups.find(version);
    if (now == after.groups.end()) continue;
    compare_values(Topic::Group, tls::name(version) + " ", "groups", old, now->second, changes);
    compare_group_order(version, old, now->second, changes);
  }
  for (const auto& [version, old] : before.signatures)
    if (const auto now = after.signatures.find(version); now != after.signatures.end())
      compare_values(Topic::Signature, tls::name(version) + " ", "signature schemes", old, now->second, changes);
  compare_primes(before, after, changes);
  compare_alpn(before, after, changes);
}

}  // namespace tlsward::probe
