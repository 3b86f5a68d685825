// Named groups. In TLS 1.3 a hello without any key share is answered with a HelloRetryRequest that names the server's
// choice: no key of the group is needed. In TLS 1.2 the ServerKeyExchange of an ECDHE suite names the curve.
#include <fmt/format.h>

#include <algorithm>

#include "probe/plan/enumerate.h"
#include "probe/plan/known_orders.h"
#include "probe/plan/primes.h"
#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

bool has_exchange(tls::CipherSuite suite, tls::KeyExchange one, tls::KeyExchange other) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts != nullptr && (facts->key_exchange == one || facts->key_exchange == other);
}

std::vector<tls::CipherSuite> elliptic_suites(std::size_t room) {
  std::vector<tls::CipherSuite> suites;
  for (const tls::CipherSuite suite : suites_to_ask(tls::kTls12))
    if (has_exchange(suite, tls::KeyExchange::Ecdhe, tls::KeyExchange::EcdhAnon)) suites.push_back(suite);
  if (suites.size() > room) suites.resize(room);
  return suites;
}

/// Asks one server in one version which group it chooses.
class GroupChooser {
 public:
  GroupChooser(ScanPlan& scan, tls::Version version) : scan_(scan), version_(version) {}

  Task<Choice<tls::Group>> choose(std::vector<tls::Group> offered, std::string purpose, bool more_follow) {
    const Offer offer = offer_of(std::move(offered));
    const Answer answer =
        co_await scan_.ask(offer, fmt::format("groups, {}: {} offered", purpose, offer.groups.size()), more_follow);
    const Verdict verdict = verdict_of(answer, version_);
    if (verdict != Verdict::Accepted) co_return Choice<tls::Group>{verdict, {}, refusal(answer, version_)};
    const std::optional<tls::Group> group =
        answer.flight.key_exchange ? answer.flight.key_exchange->group : answer.flight.hello->group();
    if (!group) co_return Choice<tls::Group>{Verdict::Refused, {}, "a suite without a named group"};
    if (also_ && *group == *also_) co_return Choice<tls::Group>{Verdict::Refused, {}, "its certificate's curve again"};
    co_return Choice<tls::Group>{Verdict::Accepted, *group, answer.words};
  }

  /// From now on `curve` is offered behind the others, and choosing it means none of them.
  void offer_also(tls::Group curve) { also_ = curve; }

 private:
  Offer offer_of(std::vector<tls::Group> offered) {
    Offer offer;
    offer.version = version_;
    offer.groups = std::move(offered);
    if (also_) offer.groups.push_back(*also_);
    if (version_ >= tls::kTls12) offer.signatures = signatures_beside_suites();
    offer.suites =
        version_ >= tls::kTls13 ? suites_to_ask(version_) : elliptic_suites(scan_.hellos.room_for_suites(offer));
    return offer;
  }

  ScanPlan& scan_;
  tls::Version version_;
  std::optional<tls::Group> also_;
};

// Before TLS 1.3 a server with an ECDSA certificate wants its curve among the client's groups (RFC 8422, 5.1.1), so
// that without it every hello is refused.
std::optional<tls::Group> certificate_curve(const ScanPlan& scan) {
  std::optional<tls::Group> curve;
  for (const RawChain& chain : scan.chains) {
    if (chain.leaf_key.type != tls::KeyType::Ec) return {};
    curve = tls::parse_group(chain.leaf_key.curve);
  }
  return curve;
}

Task<void> ask_beside_certificate_curve(GroupChooser& chooser, Enumeration<tls::Group>& groups,
                                        const std::vector<tls::Group>& pool, tls::Group curve) {
  chooser.offer_also(curve);
  std::vector<tls::Group> rest;
  for (const tls::Group group : pool)
    if (std::find(groups.accepted.begin(), groups.accepted.end(), group) == groups.accepted.end())
      rest.push_back(group);
  if (rest.empty()) co_return;
  EnumerationOptions<tls::Group> options;
  options.room = rest.size();
  const Choice<tls::Group> any = co_await chooser.choose(rest, "with the certificate's curve", true);
  if (any.verdict != Verdict::Accepted) {
    if (any.verdict == Verdict::Unknown) groups.complete = false, groups.gap = any.words;
    co_return;
  }
  options.first = any.chosen;
  const Enumeration<tls::Group> more = co_await enumerate(chooser, rest, options);
  groups.accepted.insert(groups.accepted.end(), more.accepted.begin(), more.accepted.end());
  if (groups.order == Order::Client) enumerate_detail::sort_as(pool, groups.accepted);
  groups.complete = groups.complete && more.complete;
  if (!more.gap.empty()) groups.gap = more.gap;
}

void note_post_quantum(ScanPlan& scan, const Enumeration<tls::Group>& groups) {
  const auto is_post_quantum = [](tls::Group group) {
    const tls::GroupFacts* facts = tls::facts(group);
    return facts != nullptr &&
           (facts->kind == tls::GroupKind::Hybrid || facts->kind == tls::GroupKind::KeyEncapsulation);
  };
  const auto found = std::find_if(groups.accepted.begin(), groups.accepted.end(), is_post_quantum);
  if (found != groups.accepted.end()) {
    scan.tell(Question::PostQuantumGroups, Verdict::Accepted, tls::name(*found));
  } else {
    scan.tell(Question::PostQuantumGroups, groups.complete ? Verdict::Refused : Verdict::Unknown,
              groups.complete ? "no ML-KEM group and no hybrid is chosen" : groups.gap);
  }
}

Task<Choice<tls::Group>> choose_ffdhe(ScanPlan& scan, std::vector<tls::CipherSuite> suites,
                                      std::vector<tls::Group> offered) {
  Offer offer;
  offer.suites = std::move(suites);
  offer.groups = std::move(offered);
  offer.signatures = signatures_beside_suites();
  const Answer answer =
      co_await scan.ask(offer, fmt::format("finite-field groups: {} offered", offer.groups.size()), true);
  const Verdict verdict = verdict_of(answer, tls::kTls12);
  if (verdict != Verdict::Accepted || !answer.flight.key_exchange)
    co_return Choice<tls::Group>{verdict, {}, refusal(answer, tls::kTls12)};
  const std::optional<tls::Group> group = ffdhe_group(answer.flight.key_exchange->dh_prime);
  if (!group) co_return Choice<tls::Group>{Verdict::Refused, {}, "a prime that is no named group's"};
  co_return Choice<tls::Group>{Verdict::Accepted, *group, answer.words};
}

// Where a list of suites has a gap, DHE may be in it, and with it the finite-field groups.
void note_unseen_dhe(ScanPlan& scan) {
  const auto suites = scan.result.suites.find(tls::kTls12);
  const auto groups = scan.result.groups.find(tls::kTls12);
  if (suites == scan.result.suites.end() || groups == scan.result.groups.end()) return;
  if (suites->second.complete || !groups->second.complete) return;
  groups->second.complete = false;
  groups->second.gap = "finite-field groups: which suites have DHE is not told";
}

}  // namespace

Task<void> ask_groups(ScanPlan& scan, tls::Version version, std::optional<tls::Group> first) {
  GroupChooser chooser(scan, version);
  const std::vector<tls::Group>& pool = groups_to_ask(version);
  EnumerationOptions<tls::Group> options;
  options.room = pool.size();
  options.chains = version >= tls::kTls13 ? 2 : 1;
  options.known_orders = known_group_orders();
  options.first = first;
  Enumeration<tls::Group> groups = co_await enumerate(chooser, pool, options);
  if (version < tls::kTls13 && !groups.accepted.empty()) {
    const auto curve = certificate_curve(scan);
    if (curve && std::find(groups.accepted.begin(), groups.accepted.end(), *curve) != groups.accepted.end())
      co_await ask_beside_certificate_curve(chooser, groups, pool, *curve);
  }
  if (scan.explain)
    scan.explain(fmt::format("{}: {} groups, order: {} ({}), {}", tls::name(version), groups.accepted.size(),
                             name(groups.order), groups.order_evidence,
                             groups.complete ? "complete" : "not complete: " + groups.gap));
  if (version >= tls::kTls13) note_post_quantum(scan, groups);
  scan.result.groups[version] = std::move(groups);
}

Task<void> ask_ffdhe(ScanPlan& scan) {
  std::vector<tls::CipherSuite> suites;
  for (const tls::CipherSuite suite : accepted_suites(scan.result, tls::kTls12))
    if (has_exchange(suite, tls::KeyExchange::Dhe, tls::KeyExchange::DhAnon)) suites.push_back(suite);
  const auto& primes = scan.result.primes;
  const bool named =
      std::any_of(primes.begin(), primes.end(), [](const SeenPrime& prime) { return prime.name.starts_with("ffdhe"); });
  // A server with named primes shows one of them, even to a client that offers none; with --all nobody is trusted in
  // that.
  if (suites.empty() || !(named || scan.all)) {
    note_unseen_dhe(scan);
    co_return;
  }
  std::vector<tls::Group> rest = {{256}, {257}, {258}, {259}, {260}};
  Enumeration<tls::Group>& groups = scan.result.groups[tls::kTls12];
  if (groups.accepted.empty()) groups.complete = true;
  while (!rest.empty()) {
    const Choice<tls::Group> choice = co_await choose_ffdhe(scan, suites, rest);
    if (choice.verdict == Verdict::Unknown) {
      groups.complete = false;
      groups.gap = choice.words;
    }
    // A server without RFC 7919 takes its one prime whatever is offered.
    const auto offered = std::find(rest.begin(), rest.end(), choice.chosen);
    if (choice.verdict != Verdict::Accepted || offered == rest.end()) co_return;
    groups.accepted.push_back(choice.chosen);
    rest.erase(offered);
  }
}

}  // namespace tlsward::probe
