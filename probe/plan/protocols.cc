// ALPN, and extensions of TLS 1.3 that the server answers in its encrypted flight.
#include <fmt/format.h>

#include <array>

#include "probe/plan/enumerate.h"
#include "probe/plan/scan_plan.h"
#include "probe/plan/suites.h"

namespace tlsward::probe {
namespace {

constexpr std::uint8_t kNoApplicationProtocol = 120;  // RFC 7301

// IANA "TLS ALPN Protocol IDs": those that TCP servers have.
const std::vector<std::string>& protocols() {
  static const std::vector<std::string> kProtocols = {
      "h2",          "http/1.1",    "http/1.0",           "http/0.9",   "spdy/3", "spdy/2",
      "spdy/1",      "stun.turn",   "stun.nat-discovery", "imap",       "pop3",   "ftp",
      "xmpp-client", "xmpp-server", "acme-tls/1",         "mqtt",       "dot",    "ntske/1",
      "irc",         "nntp",        "managesieve",        "postgresql", "tds/8.0"};
  return kProtocols;
}

Task<Answer> ask_decrypted(ScanPlan& scan, Offer offer, std::string purpose, bool more_follow = false) {
  offer.key_share = false;
  HelloAsk question;
  question.hello = scan.hellos.write(offer);
  question.follow_retry = question.decrypt = true;
  return scan.ask_as(std::move(question), offer.version, std::move(purpose), more_follow);
}

/// Asks one server which protocol it chooses by ALPN.
class AlpnChooser {
 public:
  AlpnChooser(ScanPlan& scan, tls::Version version) : scan_(scan), version_(version) {}

  Task<Choice<std::string>> choose(std::vector<std::string> offered, std::string purpose, bool more_follow) {
    Offer offer = usual_offer(scan_, version_);
    offer.alpn = std::move(offered);
    purpose = fmt::format("ALPN, {}: {} offered", purpose, offer.alpn.size());
    const bool tls13 = version_ >= tls::kTls13;
    Task<Answer> asked = tls13 ? ask_decrypted(scan_, std::move(offer), std::move(purpose), more_follow)
                               : scan_.ask(std::move(offer), std::move(purpose), more_follow);
    const Answer answer = co_await asked;
    const Verdict verdict = verdict_of(answer, version_);
    if (verdict != Verdict::Accepted) {
      const bool says_why = answer.seen == Seen::Alert && answer.flight.alert &&
                            answer.flight.alert->description == kNoApplicationProtocol;
      co_return Choice<std::string>{says_why ? Verdict::Refused : verdict, {}, refusal(answer, version_)};
    }
    if (tls13 && !answer.flight.finished)
      co_return Choice<std::string>{Verdict::Unknown, {}, "its encrypted flight could not be read"};
    const auto& extensions = tls13 ? answer.flight.encrypted_extensions : answer.flight.hello->extensions;
    const auto body = tls::wire::find(extensions, tls::wire::extension::kAlpn);
    const auto chosen = body ? tls::wire::selected_alpn(*body) : std::nullopt;
    if (!chosen) co_return Choice<std::string>{Verdict::Refused, {}, "no ALPN in its answer"};
    co_return Choice<std::string>{Verdict::Accepted, *chosen, answer.words};
  }

 private:
  ScanPlan& scan_;
  tls::Version version_;
};

Task<void> ask_alpn(ScanPlan& scan, tls::Version version) {
  AlpnChooser chooser(scan, version);
  EnumerationOptions<std::string> options;
  options.room = protocols().size();
  options.chains = 1;
  Enumeration<std::string> found = co_await enumerate(chooser, protocols(), options);
  scan.result.alpn = std::move(found);
}

// Both extensions are answered in the encrypted flight: compression by a CompressedCertificate in place of the
// certificate, the limit by an extension.
Task<void> ask_tls13_extensions(ScanPlan& scan) {
  Offer offer = usual_offer(scan, tls::kTls13);
  offer.compress_certificate = {1, 2, 3};
  constexpr std::uint16_t kUsualLimit = 16385;  // RFC 8449, 4: the largest record of TLS 1.3
  offer.more.push_back(tls::wire::record_size_limit(kUsualLimit));
  const Answer answer = co_await ask_decrypted(scan, offer, "certificate compression and record size limit");
  if (!answer.flight.finished && !answer.flight.certificate_compression) {
    const std::string words = answer.words.empty() ? "not asked" : answer.words;
    scan.tell(Question::CertificateCompression, Verdict::Unknown, words);
    scan.tell(Question::RecordSizeLimit, Verdict::Unknown, words);
    co_return;
  }
  const auto algorithm = answer.flight.certificate_compression;
  scan.tell(
      Question::CertificateCompression, algorithm ? Verdict::Accepted : Verdict::Refused,
      algorithm ? fmt::format("CompressedCertificate, algorithm {}", *algorithm) : "the certificate came as it is");
  const bool limit =
      tls::wire::find(answer.flight.encrypted_extensions, tls::wire::extension::kRecordSizeLimit).has_value();
  scan.tell(Question::RecordSizeLimit, limit ? Verdict::Accepted : Verdict::Refused,
            limit ? "extension 28 is answered" : "extension 28 is not answered");
}

}  // namespace

Task<void> ask_protocols(ScanPlan& scan) {
  const auto highest = highest_accepted(scan.result);
  TaskGroup group;
  if (highest && *highest >= tls::kTls10) group.spawn(ask_alpn(scan, *highest));
  if (!accepted_suites(scan.result, tls::kTls13).empty()) group.spawn(ask_tls13_extensions(scan));
  co_await group.join();
}

}  // namespace tlsward::probe
