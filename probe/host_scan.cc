#include "probe/host_scan.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/starttls.h"
#include "pki/verify.h"
#include "probe/chain.h"
#include "probe/converse.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

std::int64_t unix_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::chrono::milliseconds least_gap(const ScanOptions& options) {
  if (options.rate <= 0) return options.delay;
  return std::max(options.delay, std::chrono::milliseconds(static_cast<std::int64_t>(1000 / options.rate)));
}

Trouble::Kind trouble_of(net::Failure::Kind kind) {
  using Kind = net::Failure::Kind;
  switch (kind) {
    case Kind::Unresolved:
      return Trouble::Kind::Unresolved;
    case Kind::Refused:
    case Kind::Reset:
    case Kind::Closed:
      return Trouble::Kind::Refused;
    case Kind::Unreachable:
      return Trouble::Kind::Unreachable;
    case Kind::TimedOut:
      return Trouble::Kind::TimedOut;
    case Kind::Protocol:
      return Trouble::Kind::Proxy;
    case Kind::Interrupted:
      return Trouble::Kind::Interrupted;
    case Kind::Local:
      return Trouble::Kind::Local;
  }
  return Trouble::Kind::Local;
}

bool is_clear(Seen seen) {
  return seen == Seen::Hello || seen == Seen::Retry || seen == Seen::Alert || seen == Seen::Handshake ||
         seen == Seen::Leak || seen == Seen::NoLeak;
}

}  // namespace

HostScan::HostScan(net::Loop& loop, const ScanOptions& options, net::Destination destination, net::StartTls starttls,
                   HostResult& result)
    : loop_(loop),
      options_(options),
      destination_(std::move(destination)),
      starttls_(starttls),
      result_(result),
      deadline_(net::Clock::now() + options.deadline),
      scan_{plan_,       result,           HelloWriter(result.sni, static_cast<std::uint64_t>(unix_seconds())),
            options.all, options.identity, unix_seconds()},
      pace_(std::max(1, options.max_connections), least_gap(options)),
      event_(loop) {
  if (options.explain)
    scan_.explain = [this](const std::string& line) { options_.explain(result_, "  settled: " + line); };
}

void HostScan::give(net::Stream stream) {
  connected_ = true;
  ready_.push_back({std::move(stream), ++last_connection_});
  ++result_.connections;
}

Task<void> HostScan::run() {
  const auto began = net::Clock::now();
  plan_.spawn(ask_everything(scan_));
  dirty_ = true;
  while (!plan_.done()) {
    while (std::exchange(dirty_, false) && !plan_.done()) pump();
    if (plan_.done()) break;
    const auto now = net::Clock::now();
    if (loop_.interrupted()) stop(Trouble::Kind::Interrupted, "interrupted");
    if (now >= deadline_) {
      result_.notes.push_back(fmt::format("the deadline of {} ms came before the end", options_.deadline.count()));
      result_.serial = result_.serial || waits_in_line();
      plan_.close();
    }
    if (plan_.done()) break;
    const bool paced = pace_.earliest() > now;
    const net::Deadline until = paced ? std::min(deadline_, pace_.earliest()) : deadline_;
    if (!co_await event_.wait_until(until)) dirty_ = true;
  }
  ready_.clear();
  co_await work_.join();
  finish();
  result_.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(net::Clock::now() - began).count();
}

void HostScan::changed() {
  dirty_ = true;
  event_.notify();
}

void HostScan::pump() {
  ask_doubtful_again();
  assign();
  open_connections();
}

// Oldest connection first: a server that serves one connection at a time takes them in this order.
void HostScan::assign() {
  while (!ready_.empty()) {
    const bool control_first = control_ && controls_ == 0 && doubt_.suspects_limit();
    const std::optional<Number> question = control_first ? std::nullopt : plan_.take();
    if (!question && !control_first && !wants_control()) return;
    Ask ask = question ? plan_.question(*question) : *control_;
    if (!question) ++controls_;
    Ready ready = std::move(ready_.front());
    ready_.pop_front();
    work_.spawn(exchange(std::move(ready), question, std::move(ask)));
  }
}

// Questions wait to be told a refusal from a limit or from a server that is busy, and nothing else is asked that could
// tell.
bool HostScan::wants_control() const {
  if (!control_ || plan_.queued() > 0) return false;
  const bool doubtful = doubt_.waiting() > 0 && exchanging_ == 0;
  const bool silent = last_answered_ < asked_again_ && !pace_.is_one_at_a_time();
  return controls_ == 0 && (doubtful || silent);
}

void HostScan::open_connections() {
  const auto now = net::Clock::now();
  if (now >= deadline_) return;
  std::size_t wanted = plan_.queued();
  if (pace_.may_open_ahead()) wanted += plan_.followed();
  if (wanted == 0 && wants_control()) wanted = 1;
  const std::size_t there = ready_.size() + static_cast<std::size_t>(opening_);
  if (wanted <= there) return;
  const int room = pace_.window() - static_cast<int>(there) - exchanging_;
  // A connection may fail at once, inside `open`: then the next turn comes with the next event.
  for (int i = 0; i < std::min(room, static_cast<int>(wanted - there)); ++i) {
    if (pace_.earliest() > now || plan_.done()) return;
    pace_.opened(now);
    work_.spawn(open());
  }
}

// Who answered several questions quickly will not take long for the next one.
std::chrono::milliseconds HostScan::step() const {
  constexpr std::size_t kEnough = 3;
  if (answered_ < kEnough) return options_.timeout;
  return std::min(options_.timeout, std::max(1000ms, slowest_ * 8 + 200ms));
}

net::Deadline HostScan::step_deadline() const {
  return std::min(deadline_, net::Clock::now() + step());
}

Task<void> HostScan::open() {
  ++opening_;
  const Connection number = ++last_connection_;
  ++result_.connections;
  const net::Deadline deadline = step_deadline();
  auto stream = co_await net::connect(loop_, destination_, deadline);
  if (stream && starttls_ != net::StartTls::None) {
    const auto started = co_await net::start_tls(*stream, starttls_, result_.host, deadline);
    if (!started) stream = started.error();
  }
  --opening_;
  if (!stream) {
    connection_failed(stream.error());
  } else if (!plan_.done()) {
    connected_ = true;
    failures_in_a_row_ = 0;
    ready_.push_back({std::move(*stream), number});
  }
  changed();
}

void HostScan::connection_failed(const net::Failure& failure) {
  if (plan_.done() || net::Clock::now() >= deadline_) return;
  const bool lasting = failure.kind == net::Failure::Kind::Interrupted || failure.kind == net::Failure::Kind::Local;
  if (!connected_ || lasting) return stop(trouble_of(failure.kind), failure.message);
  constexpr int kMostFailures = 8;
  if (++failures_in_a_row_ < kMostFailures) {
    found_limit();
    ++dropped_;
    pace_.dropped();
    return;
  }
  result_.rate_limited = true;
  result_.notes.push_back(fmt::format("no more connections: {}", failure.message));
  plan_.close();
}

Task<void> HostScan::exchange(Ready ready, std::optional<Number> question, Ask ask) {
  ++exchanging_;
  const std::string purpose = ask.purpose;
  const bool may_be_control = !control_ && std::holds_alternative<HelloAsk>(ask.what);
  std::optional<Ask> kept;
  if (may_be_control) kept = ask;
  if (question && silences_.contains(*question)) asked_again_ = ready.number;
  const net::Deadline began = net::Clock::now();
  auto patience = [this, began] { return std::min(deadline_, began + step()); };
  Answer answer = co_await converse(std::move(ready.stream), std::move(ask), std::move(patience));
  --exchanging_;
  if (kept && answer.seen == Seen::Hello) control_ = std::move(kept);
  if (options_.explain)
    options_.explain(result_,
                     fmt::format("{:>3} {}: {} ({} ms)", ready.number, question ? purpose : "control: " + purpose,
                                 answer.words, answer.took.count()));
  settle(question, ready.number, std::move(answer));
  changed();
}

void HostScan::settle(std::optional<Number> question, Connection connection, Answer answer) {
  if (!question) --controls_;
  if (plan_.done()) return;
  if (answer.seen == Seen::Dropped) return settle_dropped(question, connection, std::move(answer));
  if (answer.seen == Seen::Silent) return settle_silent(question, connection, std::move(answer));
  constexpr std::uint8_t kUnrecognizedName = 112;  // RFC 6066, 3
  if (answer.seen == Seen::Alert && answer.flight.alert && answer.flight.alert->description == kUnrecognizedName &&
      result_.sni.empty())
    result_.needs_sni = true;
  if (is_clear(answer.seen)) {
    ++answered_;
    last_answer_ = net::Clock::now();
    last_answered_ = std::max(last_answered_, connection);
    slowest_ = std::max(slowest_, answer.took);
    fastest_ = std::min(fastest_, answer.took);
    // A handshake costs a server more than a refusal, and waits of a network come in steps of this size.
    if (answer.took > fastest_ * 4 + 400ms) pace_.slowed();
    pace_.answered();
    doubt_.answered(question, connection);
    if (doubt_.shows_limit()) found_limit();
    if (question && silences_.contains(*question) && pace_.is_one_at_a_time()) result_.serial = true;
  }
  const bool not_tls = answer.seen == Seen::NotTls && answered_ == 0;
  if (not_tls) {
    result_.service = net::recognise_service(answer.first_bytes);
    return stop(Trouble::Kind::NotTls, {});
  }
  if (question) give_answer(*question, std::move(answer));
}

void HostScan::settle_dropped(std::optional<Number> question, Connection connection, Answer answer) {
  last_drop_ = answer.words;
  ++dropped_;
  pace_.dropped();
  if (!question) {
    doubt_.control_dropped(connection);
    found_limit();
    return;
  }
  if (doubt_.dropped(*question, connection) == Doubt::Advice::Wait) return;
  answer.words = fmt::format("{}, again and again: perhaps a limit of connections", answer.words);
  give_answer(*question, std::move(answer));
}

void HostScan::settle_silent(std::optional<Number> question, Connection connection, Answer answer) {
  if (!question) {
    pace_.one_at_a_time();
    return;
  }
  const bool others_answered = last_answered_ > connection;
  const int times = ++silences_[*question];
  // A server that was seen to pass over what it refuses needs no second try.
  constexpr std::size_t kHabit = 2;
  const int enough = silent_refusals_ >= kHabit ? 1 : 2;
  if (times < enough) {
    if (answered_ == 0 || waits_in_line()) pace_.one_at_a_time();
    result_.serial = result_.serial || waits_in_line();
    plan_.put_back(*question);
    return;
  }
  if (answered_ == 0) return stop(Trouble::Kind::TimedOut, "accepts connections and does not answer");
  if (others_answered) ++silent_refusals_;
  answer.words = fmt::format("no answer in {} ms{}{}", answer.took.count(), times > 1 ? ", twice" : "",
                             others_answered ? ", while other hellos were answered" : "");
  give_answer(*question, std::move(answer));
}

// Answers that take ever longer come from a server that has the other connections wait.
bool HostScan::waits_in_line() const {
  return slowest_ > 500ms && slowest_ > fastest_ * 2;
}

void HostScan::found_limit() {
  if (pace_.limit_was_found()) return;
  pace_.limit_found();
  limit_since_ = net::Clock::now();
  answered_before_limit_ = answered_;
}

void HostScan::give_answer(Number question, Answer answer) {
  silences_.erase(question);
  plan_.answer(question, std::move(answer));
}

void HostScan::ask_doubtful_again() {
  for (const Doubt::Ready& ready : doubt_.take_ready()) {
    if (!ready.refusal) {
      plan_.put_back(ready.question);
      if (ready.decisive) pace_.rest_before_next();
      continue;
    }
    Answer answer;
    answer.seen = Seen::Closed;
    answer.words =
        fmt::format("{}, {} times, while other hellos were answered", last_drop_, doubt_.drops(ready.question));
    give_answer(ready.question, std::move(answer));
  }
  const bool nothing_to_wait_for = doubt_.waiting() > 0 && !control_ && plan_.queued() == 0 && exchanging_ == 0;
  if (!nothing_to_wait_for) return;
  found_limit();
  // Not even a hello in half a second is answered: no limit is as strict as this.
  if (answered_ == 0 && pace_.gap() >= 500ms)
    return stop(Trouble::Kind::Refused, fmt::format("no connection is answered: {}", last_drop_));
  constexpr std::size_t kMostDrops = 4;
  for (const Number question : doubt_.take_all()) {
    if (doubt_.drops(question) < kMostDrops) {
      plan_.put_back(question);
      continue;
    }
    Answer answer;
    answer.seen = Seen::Dropped;
    answer.words = fmt::format("{}, {} times, as every other hello", last_drop_, kMostDrops);
    give_answer(question, std::move(answer));
  }
}

void HostScan::stop(Trouble::Kind kind, std::string message) {
  if (result_.trouble.kind == Trouble::Kind::None) result_.trouble = {kind, std::move(message)};
  if (kind == Trouble::Kind::NotTls && result_.trouble.message.empty()) {
    const net::Service& service = result_.service;
    result_.trouble.message = service.name.empty() ? "not TLS" : fmt::format("plain {}, not TLS", service.name);
    if (service.starttls != net::StartTls::None)
      result_.trouble.message += fmt::format("; try --starttls {}", net::name(service.starttls));
  }
  plan_.close();
}

void HostScan::finish() {
  static const pki::TrustAnchors kNobody = pki::TrustAnchors::none();
  const pki::TrustAnchors& anchors = options_.anchors == nullptr ? kNobody : *options_.anchors;
  for (const RawChain& chain : scan_.chains)
    result_.chains.push_back(
        describe_chain(chain, result_.sni.empty() ? result_.host : result_.sni, anchors, options_.at));
  for (const tls::wire::Bytes& name : scan_.client_ca_names)
    result_.client_cas.push_back(pki::distinguished_name({name.begin(), name.end()}));
  for (const SeenChain& chain : result_.chains) {
    const int scts = chain.scts_in_certificate + chain.scts_in_extension + chain.scts_in_ocsp;
    scan_.tell(Question::SignedCertificateTimestamps, scts > 0 ? Verdict::Accepted : Verdict::Refused,
               fmt::format("{} in the certificate, {} in the handshake, {} in the OCSP response",
                           chain.scts_in_certificate, chain.scts_in_extension, chain.scts_in_ocsp));
  }
  note_limits();
}

void HostScan::note_limits() {
  if (result_.needs_sni)
    result_.notes.push_back("needs SNI: alert unrecognized_name to hellos without a server name; give one with --sni");
  if (result_.serial) result_.notes.push_back("serial: connections wait until others are served");
  if (!pace_.limit_was_found() || answered_ == 0) return;
  result_.rate_limited = true;
  const double seconds = std::chrono::duration<double>(last_answer_ - limit_since_).count();
  std::string served;
  if (seconds > 1)
    served = fmt::format(", about {:.1f} a second were served",
                         static_cast<double>(answered_ - answered_before_limit_) / seconds);
  result_.notes.push_back(
      fmt::format("rate-limited: {} of {} connections were dropped that are served at other times{}", dropped_,
                  result_.connections, served));
}

}  // namespace tlsward::probe
