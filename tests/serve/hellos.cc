#include "tests/serve/hellos.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>

#include "net/address.h"
#include "net/connect.h"
#include "net/loop.h"
#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tls/wire/flight.h"

namespace tlsward::tests {
namespace {

namespace wire = tls::wire;

std::vector<wire::KeyShare> shares_of(const std::vector<tls::Group>& groups) {
  std::vector<wire::KeyShare> shares;
  for (const tls::Group group : groups) {
    const auto key = wire::public_key_without_private_half(group, 1);
    REQUIRE(key);
    shares.push_back({group, *key});
  }
  return shares;
}

std::string text_of(tls::Version version, tls::CipherSuite suite, const std::optional<tls::Group>& group, bool retry,
                    const std::string& alpn) {
  std::string text = fmt::format("{}, {}", tls::name(version), tls::name(suite));
  if (group) text += ", " + tls::name(*group);
  if (retry) text += " after a retry";
  if (version != tls::kTls13 && !alpn.empty()) text += ", " + alpn;
  return text;
}

std::string flight_text(const wire::ServerFlight& flight) {
  if (flight.alert && flight.alert->level == wire::Alert::kFatal)
    return fmt::format("alert {}", flight.alert->description);
  if (!flight.hello) return "closed";
  std::optional<tls::Group> group = flight.hello->group();
  if (flight.key_exchange) group = flight.key_exchange->group;
  std::string alpn;
  if (const auto body = wire::find(flight.hello->extensions, wire::extension::kAlpn))
    alpn = wire::selected_alpn(*body).value_or("malformed");
  return text_of(flight.hello->version(), flight.hello->suite, group, flight.hello->is_retry(), alpn);
}

Task<wire::ServerFlight> ask(net::Loop& loop, net::Address address, wire::Bytes hello) {
  const net::Deadline deadline = test::soon();
  auto stream = co_await net::connect(loop, address, deadline);
  if (!stream) co_return wire::ServerFlight{};
  auto written = co_await stream->write_all(hello, deadline);
  wire::FlightReader reader;
  std::array<std::uint8_t, 4096> buffer;
  while (written && reader.state() == wire::FlightReader::State::More) {
    auto got = co_await stream->read_some(buffer, deadline);
    if (!got || *got == 0) break;
    reader.feed(std::span(buffer).first(*got));
  }
  co_return reader.take_flight();
}

template <class Range>
std::string names_of(const Range& values) {
  std::string text;
  for (const auto& value : values) text += " " + tls::name(value);
  return text;
}

}  // namespace

wire::ClientHello make_hello(const HelloPlan& plan) {
  wire::ClientHello hello;
  hello.legacy_version = plan.legacy_version;
  hello.random.fill(7);
  hello.session_id.assign(32, 1);
  hello.suites = plan.suites;
  if (!plan.server_name.empty()) hello.extensions.push_back(wire::server_name(plan.server_name));
  if (!plan.versions.empty()) hello.extensions.push_back(wire::supported_versions(plan.versions));
  if (!plan.groups.empty()) hello.extensions.push_back(wire::supported_groups(plan.groups));
  if (!plan.signatures.empty()) hello.extensions.push_back(wire::signature_algorithms(plan.signatures));
  if (!plan.alpn.empty()) hello.extensions.push_back(wire::alpn(plan.alpn));
  if (plan.key_share) hello.extensions.push_back(wire::key_share(shares_of(plan.shares)));
  hello.extensions.push_back(wire::renegotiation_info());
  return hello;
}

std::string plan_text(const HelloPlan& plan) {
  return fmt::format("versions{} or {}, suites{}, groups{}, shares{}, ALPN {}", names_of(plan.versions),
                     tls::name(plan.legacy_version), names_of(plan.suites), names_of(plan.groups),
                     names_of(plan.shares), fmt::join(plan.alpn, " "));
}

std::string choice_text(const serve::Negotiated& negotiated) {
  if (!negotiated.choice) return fmt::format("alert {}", negotiated.refusal.value().alert.description);
  const serve::Choice& choice = *negotiated.choice;
  return text_of(choice.version, choice.suite, choice.group, choice.retry, choice.alpn);
}

std::string answer_text(std::uint16_t port, const wire::ClientHello& hello) {
  net::Loop loop;
  return flight_text(test::await(loop, ask(loop, *net::parse_ip("127.0.0.1", port), wire::write_records(hello))));
}

}  // namespace tlsward::tests
