// Resumption needs finished handshakes: one to get a session, one that comes back with it.
#include <fmt/format.h>

#include "probe/plan/scan_plan.h"

namespace tlsward::probe {
namespace {

constexpr std::chrono::milliseconds kWaitForTicket{1000};

net::HandshakeOptions options_for(const ScanPlan& scan, tls::Version version) {
  net::HandshakeOptions options;
  options.server_name = scan.hellos.server_name();
  options.min_version = options.max_version = version;
  options.identity = scan.identity;
  const auto groups = scan.result.groups.find(version);
  if (groups != scan.result.groups.end()) options.groups = groups->second.accepted;
  return options;
}

Task<Answer> shake(ScanPlan& scan, net::HandshakeOptions options, std::string purpose, bool more_follow) {
  purpose = fmt::format("{} {}", tls::name(options.max_version), purpose);
  HandshakeAsk question;
  question.options = std::move(options);
  return scan.ask_other(std::move(question), std::move(purpose), more_follow);
}

// One handshake for a session, one with it. `tickets` is what the client allows.
Task<void> ask_resumption(ScanPlan& scan, tls::Version version, bool tickets, Question question) {
  net::HandshakeOptions options = options_for(scan, version);
  options.tickets = tickets;
  if (version >= tls::kTls13) options.wait_after = kWaitForTicket;
  const Answer first = co_await shake(scan, options, "session to resume", true);
  const net::Handshake& made = first.handshake;
  if (made.ticket_lifetime) scan.result.ticket_lifetime_seconds = made.ticket_lifetime;
  if (!made.finished) {
    scan.tell(question, Verdict::Unknown, first.words.empty() ? "not asked" : first.words);
    co_return;
  }
  if (!made.session || made.session_is_ticket != tickets) {
    scan.tell(question, Verdict::Refused, tickets ? "no ticket was given" : "no session id was given");
    co_return;
  }
  options.session = made.session;
  options.wait_after = {};
  const Answer second = co_await shake(scan, options, "resumption", false);
  if (!second.handshake.finished) {
    scan.tell(question, Verdict::Unknown, second.words.empty() ? "not asked" : second.words);
    co_return;
  }
  scan.tell(question, second.handshake.resumed ? Verdict::Accepted : Verdict::Refused,
            second.handshake.resumed ? "the session was resumed" : "a full handshake in place of the session");
}

Task<void> ask_tls13_sessions(ScanPlan& scan) {
  net::HandshakeOptions options = options_for(scan, tls::kTls13);
  options.wait_after = kWaitForTicket;
  const Answer first = co_await shake(scan, options, "session to resume", true);
  const net::Handshake& made = first.handshake;
  if (made.ticket_lifetime) scan.result.ticket_lifetime_seconds = made.ticket_lifetime;
  scan.result.max_early_data_bytes = std::max(scan.result.max_early_data_bytes, made.max_early_data);
  if (!made.finished || !made.session) {
    const Verdict verdict = made.finished ? Verdict::Refused : Verdict::Unknown;
    const std::string words = made.finished ? fmt::format("no ticket within {} ms", kWaitForTicket.count())
                                            : (first.words.empty() ? "not asked" : first.words);
    scan.tell(Question::Tls13Resumption, verdict, words);
    scan.tell(Question::EarlyData, verdict, words);
    co_return;
  }
  options.session = made.session;
  options.wait_after = {};
  if (made.max_early_data == 0) {
    scan.tell(Question::EarlyData, Verdict::Refused, "its ticket allows none");
  } else {
    // Harmless when it is taken, and ignored when it is not.
    constexpr std::string_view kRequest = "\r\n";
    options.early_data.assign(kRequest.begin(), kRequest.end());
  }
  const Answer second = co_await shake(scan, options, "resumption, early data", false);
  const net::Handshake& resumed = second.handshake;
  const std::string words = second.words.empty() ? "not asked" : second.words;
  if (!resumed.finished) {
    scan.tell(Question::Tls13Resumption, Verdict::Unknown, words);
    if (made.max_early_data > 0) scan.tell(Question::EarlyData, Verdict::Unknown, words);
    co_return;
  }
  scan.tell(Question::Tls13Resumption, resumed.resumed ? Verdict::Accepted : Verdict::Refused,
            resumed.resumed ? "the session was resumed" : "a full handshake in place of the session");
  if (made.max_early_data > 0)
    scan.tell(Question::EarlyData, resumed.early_data_accepted ? Verdict::Accepted : Verdict::Refused,
              resumed.early_data_accepted ? fmt::format("accepted, at most {} bytes", made.max_early_data)
                                          : "offered and not accepted");
}

}  // namespace

Task<void> ask_sessions(ScanPlan& scan) {
  TaskGroup group;
  for (const tls::Version version : {tls::kTls12, tls::kTls11, tls::kTls10}) {
    if (accepted_suites(scan.result, version).empty()) continue;
    group.spawn(ask_resumption(scan, version, true, Question::SessionTicketResumption));
    group.spawn(ask_resumption(scan, version, false, Question::SessionIdResumption));
    break;
  }
  if (!accepted_suites(scan.result, tls::kTls13).empty()) group.spawn(ask_tls13_sessions(scan));
  co_await group.join();
}

}  // namespace tlsward::probe
