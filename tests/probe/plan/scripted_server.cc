#include "tests/probe/plan/scripted_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "pki/x509.h"
#include "tests/catch.h"
#include "tests/certificates.h"
#include "tests/probe/plan/scripted_hello.h"

namespace tlsward::tests {
namespace {

namespace wire = tls::wire;
using probe::Answer;
using probe::Seen;

constexpr std::uint8_t kInappropriateFallback = 86, kUnrecognizedName = 112, kNoApplicationProtocol = 120;

Answer closed() {
  Answer answer;
  answer.seen = Seen::Closed;
  answer.words = "closed without a word, 3 times, while other hellos were answered";
  return answer;
}

Answer no(std::optional<std::uint8_t> alert) {
  return alert ? alert_answer(*alert) : closed();
}

/// What a conversation says of a flight.
Answer flight_answer(wire::ServerFlight flight) {
  Answer answer;
  const wire::ServerHello& hello = *flight.hello;
  answer.seen = hello.is_retry() ? Seen::Retry : Seen::Hello;
  answer.words = fmt::format("{}, {}, {}", hello.is_retry() ? "HelloRetryRequest" : "ServerHello",
                             tls::name(hello.version()), tls::name(hello.suite));
  if (const auto group = hello.group()) answer.words += ", " + tls::name(*group);
  answer.flight = std::move(flight);
  return answer;
}

Answer answer_hello(const ScriptedServer& server, const wire::ClientHello& hello, bool decrypt) {
  const ClientOffer offer = take_apart(hello);
  const auto version = choose_version(server, offer);
  if (!version) return no(server.alert_for_version);
  const bool knows_name = offer.server_name == "www.example.org" || server.knows_every_name;
  if (offer.server_name.empty() ? server.needs_name : !knows_name) return alert_answer(kUnrecognizedName);
  const bool could_do_better = server.suites.rbegin()->first > *version;
  if (offer.fallback && server.fallback_scsv && could_do_better) return alert_answer(kInappropriateFallback);
  const bool common = offer.alpn.empty() || server.alpn.choose(offer.alpn);
  if (server.alpn_or_nothing && !common) return alert_answer(kNoApplicationProtocol);
  auto flight = choose_flight(server, hello, offer, *version, decrypt);
  return flight ? flight_answer(std::move(*flight)) : no(server.alert_for_suites);
}

Answer answer_to(const ScriptedServer& server, const probe::HelloAsk& ask) {
  Answer first = answer_hello(server, as_sent(ask), ask.decrypt);
  if (first.seen != Seen::Retry || !ask.follow_retry) return first;
  const tls::Group named = *first.flight.hello->group();
  const std::string words = fmt::format("HelloRetryRequest for {}, then ", tls::name(named));
  Answer second = server.alert_after_retry ? alert_answer(*server.alert_after_retry)
                                           : answer_hello(server, with_share_of(ask.hello, named), ask.decrypt);
  second.retried = true;
  second.words = words + second.words;
  return second;
}

Answer answer_to(const ScriptedServer& server, const probe::Sslv2Ask&) {
  Answer answer;
  if (!server.sslv2) {
    answer.seen = Seen::Alert;
    answer.words = "answered something else than SSL 2.0";
    return answer;
  }
  answer.seen = Seen::Hello;
  answer.words = "SERVER-HELLO";
  answer.sslv2.state = wire::Sslv2State::Hello;
  answer.sslv2.hello = wire::Sslv2ServerHello{false, 2, {}, *server.sslv2};
  return answer;
}

Answer answer_to(const ScriptedServer& server, const probe::HeartbleedAsk& ask) {
  Answer answer = answer_hello(server, ask.hello, /*decrypt=*/false);
  if (answer.seen != Seen::Hello) return answer;
  const bool heartbeats = wire::find(answer.flight.hello->extensions, wire::extension::kHeartbeat).has_value();
  answer.seen = heartbeats && server.leaks ? Seen::Leak : Seen::NoLeak;
  answer.words = answer.seen == Seen::Leak ? "16384 bytes of memory came back" : "closed without an answer to it";
  return answer;
}

/// Some session, told apart from none.
std::shared_ptr<const net::TlsSession> session() {
  static const auto kOwner = std::make_shared<int>(0);
  return {kOwner, reinterpret_cast<const net::TlsSession*>(kOwner.get())};
}

void shake_hands(const ScriptedServer& server, const net::HandshakeOptions& options, net::Handshake& done) {
  done.finished = true;
  done.version = options.max_version;
  done.suite = server.suites.at(options.max_version).all().front();
  for (const ScriptedCertificate& certificate : server.certificates)
    if (done.chain.empty()) done.chain.push_back(certificate.der);
  done.ocsp_response = options.status_request ? server.ocsp_response : wire::Bytes{};
  done.certificate_requested = server.requests_certificate || server.requires_certificate;
  if (done.certificate_requested) done.authorities = server.authorities;
  const ScriptedSessions& sessions = server.sessions;
  const bool tls13 = options.max_version >= tls::kTls13;
  done.resumed = options.session && sessions.resumes;
  if (options.tickets ? sessions.tickets : sessions.ids) done.session = session();
  done.session_is_ticket = done.session && options.tickets;
  if (done.session_is_ticket) done.ticket_lifetime = 7200;
  if (tls13 && done.session) done.max_early_data = sessions.max_early_data;
  done.early_data_accepted = done.resumed && !options.early_data.empty() && sessions.takes_early_data;
}

Answer answer_to(const ScriptedServer& server, const probe::HandshakeAsk& ask) {
  constexpr std::uint8_t kFatal = wire::Alert::kFatal, kProtocolVersion = 70, kHandshakeFailure = 40,
                         kCertificateRequired = 116;
  Answer answer;
  answer.seen = Seen::Handshake;
  answer.words = "finished";
  net::Handshake& done = answer.handshake;
  if (!server.suites.contains(ask.options.max_version)) {
    done.alert = wire::Alert{kFatal, kProtocolVersion};
  } else {
    shake_hands(server, ask.options, done);
  }
  const bool tls13 = ask.options.max_version >= tls::kTls13;
  if (done.finished && server.requires_certificate && !ask.options.identity) {
    // TLS 1.3 finishes for the client before the server looks at its certificate.
    done.finished = tls13;
    if (!tls13) done.alert = wire::Alert{kFatal, kHandshakeFailure};
    if (tls13 && ask.options.wait_after.count() > 0) done.alert = wire::Alert{kFatal, kCertificateRequired};
    if (!tls13) done.session.reset();
  }
  if (done.alert) answer.words = fmt::format("alert {}", wire::name(*done.alert));
  if (done.alert) done.problem = answer.words;
  return answer;
}

}  // namespace

ScriptedCertificate scripted_certificate(const std::string& recipe) {
  static CertificateFactory factory{tls::Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}}};
  static std::map<std::string, ScriptedCertificate> made;
  const auto known = made.find(recipe);
  if (known != made.end()) return known->second;
  const auto file = factory.make(recipe, recipe + " der");
  REQUIRE(file);
  ScriptedCertificate certificate;
  certificate.der.assign(file->begin(), file->end());
  const auto read = pki::read_certificate(certificate.der);
  REQUIRE(read);
  certificate.key = read->facts.key.type;
  certificate.curve = tls::parse_group(read->facts.key.curve);
  return made[recipe] = certificate;
}

Answer alert_answer(std::uint8_t description) {
  Answer answer;
  answer.seen = Seen::Alert;
  answer.flight.alert = wire::Alert{wire::Alert::kFatal, description};
  answer.words = fmt::format("alert {}", wire::name(*answer.flight.alert));
  return answer;
}

std::map<std::uint16_t, wire::Bytes> usual_answers() {
  using namespace wire::extension;
  return {{kRenegotiationInfo, {0}}, {kExtendedMasterSecret, {}}, {kSessionTicket, {}}, {kEncryptThenMac, {}}};
}

Answer ScriptedServer::answer(const probe::Ask& ask) const {
  return std::visit([&](const auto& what) { return answer_to(*this, what); }, ask.what);
}

}  // namespace tlsward::tests
