#include "probe/plan/suites.h"

#include <fmt/format.h>

#include <algorithm>

#include "probe/plan/known_orders.h"

namespace tlsward::probe {
namespace {

Offer suite_offer(tls::Version version) {
  Offer offer;
  offer.version = version;
  offer.extensions = version >= tls::kTls10;
  if (!offer.extensions) return offer;
  offer.groups = groups_beside_suites(version);
  if (version >= tls::kTls12) offer.signatures = signatures_beside_suites();
  offer.status_request = true;
  offer.scts = version >= tls::kTls12;
  offer.encrypt_then_mac = version < tls::kTls13;
  return offer;
}

constexpr std::size_t kChains = 3;

}  // namespace

std::vector<tls::Group> groups_beside_suites(tls::Version version) {
  return groups_to_ask(version);
}

const std::vector<tls::SignatureScheme>& signatures_beside_suites() {
  static const std::vector<tls::SignatureScheme> kSchemes = [] {
    std::vector<tls::SignatureScheme> schemes;
    for (const tls::SignatureScheme scheme : signatures_to_ask(tls::kTls12)) {
      const tls::SignatureSchemeFacts* facts = tls::facts(scheme);
      const bool common = facts->key == "RSA" || facts->key == "RSA-PSS" || facts->key == "ECDSA" ||
                          facts->key == "DSA" || facts->key.starts_with("Ed");
      if (common && facts->hash != "MD5" && !facts->name.ends_with("legacy")) schemes.push_back(scheme);
    }
    return schemes;
  }();
  return kSchemes;
}

Task<Choice<tls::CipherSuite>> SuiteChooser::choose(std::vector<tls::CipherSuite> offered, std::string purpose,
                                                    bool more_follow) {
  Offer offer = suite_offer(version_);
  offer.suites = offered;
  purpose = fmt::format("suites, {}: {} offered", purpose, offer.suites.size());
  Answer answer = co_await ask(std::move(offer), std::move(purpose), more_follow);
  const Verdict verdict = verdict_of(answer, version_);
  has_spoken_ = has_spoken_ || answer.seen == Seen::Hello || is_protocol_version_alert(answer);
  if (verdict != Verdict::Accepted) {
    if (first_refusal_.empty() || verdict == Verdict::Unknown) first_refusal_ = refusal(answer, version_);
    co_return Choice<tls::CipherSuite>{verdict, {}, refusal(answer, version_)};
  }
  const tls::CipherSuite chosen = answer.flight.hello->suite;
  if (std::find(offered.begin(), offered.end(), chosen) == offered.end()) {
    first_refusal_ = fmt::format("{}, which was not offered", answer.words);
    co_return Choice<tls::CipherSuite>{Verdict::Unknown, {}, first_refusal_};
  }
  note(answer);
  co_return Choice<tls::CipherSuite>{Verdict::Accepted, chosen, answer.words};
}

// The first hello of TLS 1.3 is followed to its ServerHello, because a HelloRetryRequest is no acceptance. The second
// one of older versions carries what old servers may answer beside, so that the first one stays plain.
Task<Answer> SuiteChooser::ask(Offer offer, std::string purpose, bool more_follow) {
  const int number = asked_++;
  if (version_ < tls::kTls13) {
    offer.heartbeat = offer.npn = offer.compression = number == 1 && offer.extensions;
    co_return co_await scan_.ask(std::move(offer), std::move(purpose), more_follow);
  }
  if (number > 0) co_return co_await scan_.ask(std::move(offer), std::move(purpose), more_follow);
  offer.key_share = false;
  offer.heartbeat = true;
  HelloAsk question;
  question.hello = scan_.hellos.write(offer);
  question.follow_retry = question.decrypt = true;
  proof_ = co_await scan_.ask_as(std::move(question), version_, std::move(purpose), more_follow);
  co_return proof_;
}

void SuiteChooser::note(const Answer& answer) {
  const tls::wire::ServerFlight& flight = answer.flight;
  SeenSuite& seen = seen_[flight.hello->suite];
  seen.suite = flight.hello->suite;
  seen.retry_only = answer.seen == Seen::Retry;
  std::optional<tls::Group> group = flight.hello->group();
  if (flight.key_exchange) {
    group = flight.key_exchange->group;
    seen.dh_bits = flight.key_exchange->dh_bits();
  }
  if (!group) return;
  seen.group = group;
  // With a key share at hand a server may take its group and leave one that it likes better.
  const bool free_choice = version_ < tls::kTls13 || answer.seen == Seen::Retry;
  if (!free_choice || group_) return;
  group_ = group;
  told_.set();
}

SeenSuite SuiteChooser::details(tls::CipherSuite suite) const {
  const auto found = seen_.find(suite);
  return found == seen_.end() ? SeenSuite{suite, {}, 0, false} : found->second;
}

Offer usual_offer(const ScanPlan& scan, tls::Version version) {
  Offer offer;
  offer.version = version;
  offer.groups = groups_beside_suites(version);
  offer.signatures = signatures_beside_suites();
  offer.suites = accepted_suites(scan.result, version);
  constexpr std::size_t kMost = 32;
  if (offer.suites.size() > kMost) offer.suites.resize(kMost);
  return offer;
}

Task<Enumeration<tls::CipherSuite>> enumerate_suites(ScanPlan& scan, SuiteChooser& chooser) {
  const tls::Version version = chooser.version();
  EnumerationOptions<tls::CipherSuite> options;
  Offer largest = suite_offer(version);
  largest.heartbeat = largest.npn = largest.compression = largest.extensions;
  options.room = scan.hellos.room_for_suites(std::move(largest));
  options.chains = version >= tls::kTls13 ? 1 : kChains;
  options.known_orders = known_suite_orders(version);
  return enumerate(chooser, suites_to_ask(version), options);
}

Enumeration<SeenSuite> with_details(const Enumeration<tls::CipherSuite>& suites, const SuiteChooser& chooser) {
  Enumeration<SeenSuite> result;
  for (const tls::CipherSuite suite : suites.accepted) result.accepted.push_back(chooser.details(suite));
  result.order = suites.order;
  result.order_evidence = suites.order_evidence;
  result.complete = suites.complete;
  result.gap = suites.gap;
  return result;
}

}  // namespace tlsward::probe
