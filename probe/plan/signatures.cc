// Signature schemes: TLS 1.2 names the scheme in the ServerKeyExchange, TLS 1.3 in the CertificateVerify, which is
// encrypted.
#include <fmt/format.h>

#include "probe/plan/enumerate.h"
#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

/// Asks one server in one version which scheme it signs with.
class SignatureChooser {
 public:
  SignatureChooser(ScanPlan& scan, tls::Version version) : scan_(scan), version_(version) {}

  Task<Choice<tls::SignatureScheme>> choose(std::vector<tls::SignatureScheme> offered, std::string purpose,
                                            bool more_follow) {
    const std::size_t count = offered.size();
    const Answer answer =
        co_await ask(std::move(offered), fmt::format("signatures, {}: {} offered", purpose, count), more_follow);
    const Verdict verdict = verdict_of(answer, version_);
    if (verdict != Verdict::Accepted) co_return Choice<tls::SignatureScheme>{verdict, {}, refusal(answer, version_)};
    const std::optional<tls::SignatureScheme> scheme =
        version_ >= tls::kTls13 ? answer.flight.certificate_verify
                                : (answer.flight.key_exchange ? answer.flight.key_exchange->signature : std::nullopt);
    if (!scheme) co_return Choice<tls::SignatureScheme>{Verdict::Unknown, {}, "its signature could not be read"};
    co_return Choice<tls::SignatureScheme>{Verdict::Accepted, *scheme, answer.words};
  }

 private:
  Task<Answer> ask(std::vector<tls::SignatureScheme> offered, std::string purpose, bool more_follow) {
    Offer offer;
    offer.version = version_;
    offer.groups = groups_beside_suites(version_);
    offer.signatures = std::move(offered);
    for (const tls::CipherSuite suite : accepted_suites(scan_.result, version_)) {
      const tls::CipherSuiteFacts* facts = tls::facts(suite);
      if (facts != nullptr && facts->forward_secrecy) offer.suites.push_back(suite);
    }
    offer.key_share = false;
    if (version_ < tls::kTls13) co_return co_await scan_.ask(std::move(offer), std::move(purpose), more_follow);
    HelloAsk question;
    question.hello = scan_.hellos.write(offer);
    question.follow_retry = question.decrypt = true;
    co_return co_await scan_.ask_as(std::move(question), version_, std::move(purpose), more_follow);
  }

  ScanPlan& scan_;
  tls::Version version_;
};

bool signs(const ScanPlan& scan, tls::Version version) {
  for (const tls::CipherSuite suite : accepted_suites(scan.result, version)) {
    const tls::CipherSuiteFacts* facts = tls::facts(suite);
    if (facts != nullptr && facts->forward_secrecy && facts->authentication != tls::Authentication::None) return true;
  }
  return false;
}

Task<void> ask_signatures_of(ScanPlan& scan, tls::Version version) {
  SignatureChooser chooser(scan, version);
  EnumerationOptions<tls::SignatureScheme> options;
  options.room = signatures_to_ask(version).size();
  options.chains = 2;
  Enumeration<tls::SignatureScheme> schemes = co_await enumerate(chooser, signatures_to_ask(version), options);
  scan.result.signatures[version] = std::move(schemes);
}

}  // namespace

Task<void> ask_signatures(ScanPlan& scan) {
  TaskGroup group;
  for (const tls::Version version : {tls::kTls12, tls::kTls13})
    if (signs(scan, version)) group.spawn(ask_signatures_of(scan, version));
  co_await group.join();
}

}  // namespace tlsward::probe
