// Suites as a scan finds them: which, in which order, and who decides.
#include <algorithm>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "probe/plan/known_orders.h"
#include "probe/plan/suites.h"
#include "tests/catch.h"
#include "tests/probe/plan/scripted_scan.h"
#include "tests/probe/plan/servers.h"

namespace tlsward::tests {
namespace {

using probe::Order;
using probe::Seen;
using probe::Verdict;

std::string sorted(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> items;
  for (std::string word; in >> word;) items.push_back(word);
  std::sort(items.begin(), items.end());
  return codes(items);
}

ScriptedServer tls12_server(const std::string& suites) {
  ScriptedServer server;
  server.suites[tls::kTls12] = suites;
  return server;
}

const probe::Enumeration<probe::SeenSuite>& list(const Scanned& scanned, tls::Version version) {
  return scanned.result.suites.at(version);
}

/// The order that servers of this kind have, without what nobody's certificate fits.
std::string known_order(std::size_t which) {
  return codes(probe::known_suite_orders(tls::kTls12).at(which));
}

}  // namespace

TEST_CASE("suites: 27 and 3 in the client's order are found in at most 60 connections and 14 rounds") {
  const Scanned scanned = scan(nginx_like());
  CHECK(sorted(scanned.suites(tls::kTls12)) == sorted(kRsaSuites));
  CHECK(sorted(scanned.suites(tls::kTls13)) == sorted(kTls13Suites));
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    CHECK(list(scanned, version).order == Order::Client);
    CHECK(list(scanned, version).order_evidence == "from the list turned round it chose the other end");
    CHECK(list(scanned, version).complete);
  }
  CHECK(scanned.connections() <= 60);
  CHECK(scanned.rounds <= 14);
}

TEST_CASE("suites: 27 and 3 in OpenSSL's order are found in it, in at most 64 connections") {
  ScriptedServer server = nginx_like();
  server.suites[tls::kTls12] = kRsaSuites;
  server.suites[tls::kTls13] = kTls13Suites;
  const Scanned scanned = scan(server);
  CHECK(scanned.suites(tls::kTls12) == kRsaSuites);
  CHECK(scanned.suites(tls::kTls13) == kTls13Suites);
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    CHECK(list(scanned, version).order == Order::Server);
    CHECK(list(scanned, version).order_evidence == "the same choice from the list turned round");
    CHECK(list(scanned, version).complete);
  }
  CHECK(scanned.connections() <= 64);
}

TEST_CASE("suites: Go's and Mozilla's orders are found as they are, in at most 64 connections") {
  // Order 1 is Go's, order 2 Mozilla's.
  const std::size_t which = GENERATE(1u, 2u);
  const Scanned scanned = scan(tls12_server(known_order(which)));
  CHECK(scanned.suites(tls::kTls12) == known_order(which));
  CHECK(list(scanned, tls::kTls12).order == Order::Server);
  CHECK(list(scanned, tls::kTls12).complete);
  CHECK(scanned.connections() <= 64);
  CHECK(scanned.rounds <= 16);
}

TEST_CASE("suites: an order that nobody is known to have is found all the same") {
  std::vector<tls::CipherSuite> turned = Preference<tls::CipherSuite>(kRsaSuites).all();
  std::reverse(turned.begin(), turned.end());
  for (const std::string& order : {codes(turned), std::string("002f c030 009c c02f 0035 009d cca8 c013 c014")}) {
    const Scanned scanned = scan(tls12_server(order));
    CHECK(scanned.suites(tls::kTls12) == order);
    CHECK(list(scanned, tls::kTls12).order == Order::Server);
    CHECK(scanned.connections() <= 110);
  }
}

TEST_CASE("suites: BoringSSL's brackets are an order of the server's that leaves some choices to the client") {
  const Scanned scanned = scan(tls12_server("[c02f cca8] [c030 c02c] c013 c014 009c 009d 002f 0035"));
  const auto& found = list(scanned, tls::kTls12);
  CHECK(found.order == Order::Server);
  CHECK(found.order_evidence == "an order of its own that leaves some choices to the client");
  CHECK(found.complete);
  const std::string text = scanned.suites(tls::kTls12);
  CHECK(text.size() == 49);
  CHECK(sorted(text.substr(0, 9)) == "c02f cca8");
  CHECK(sorted(text.substr(10, 9)) == "c02c c030");
  CHECK(text.substr(20) == "c013 c014 009c 009d 002f 0035");
}

TEST_CASE("suites: OpenSSL that puts a client's ChaCha20 first has its own order none the less") {
  ScriptedServer server = tls12_server("c030 c02f cca8 009f 009e ccaa c014 c013 009d 009c 0035 002f");
  server.chacha_first = true;
  const Scanned scanned = scan(server);
  const auto& found = list(scanned, tls::kTls12);
  CHECK(sorted(scanned.suites(tls::kTls12)) == sorted("c030 c02f cca8 009f 009e ccaa c014 c013 009d 009c 0035 002f"));
  CHECK(found.order == Order::Server);
  CHECK(found.complete);
  std::string others;
  for (const auto& seen : found.accepted)
    if (seen.suite.code != 0xcca8 && seen.suite.code != 0xccaa)
      others += (others.empty() ? "" : " ") + fmt::format("{:04x}", seen.suite.code);
  CHECK(others == "c030 c02f 009f 009e c014 c013 009d 009c 0035 002f");
}

TEST_CASE("suites: suites without a registration and for pre-shared keys are found too") {
  const std::string order = GENERATE("c02f cc13", "00a8", "cc14 feff", "c02f 00a8 c0ac 001b 0001");
  CAPTURE(order);
  const Scanned scanned = scan(tls12_server(order));
  CHECK(scanned.told(tls::kTls12).verdict == Verdict::Accepted);
  CHECK(sorted(scanned.suites(tls::kTls12)) == sorted(order));
  CHECK(list(scanned, tls::kTls12).complete);
}

TEST_CASE("suites: what was seen of each suite is told with it") {
  ScriptedServer server = nginx_like();
  server.suites[tls::kTls12] = "c02f 009e 009c";
  const Scanned scanned = scan(server);
  const auto& found = list(scanned, tls::kTls12).accepted;
  REQUIRE(found.size() == 3);
  CHECK(found[0].group == tls::kX25519);
  CHECK(found[0].dh_bits == 0);
  CHECK_FALSE(found[1].group);
  CHECK(found[1].dh_bits == 2048);
  CHECK_FALSE(found[2].group);
  CHECK(found[2].dh_bits == 0);
}

TEST_CASE("suites: a server that answers with a suite that was not offered is not said to have it") {
  ScriptedScan how;
  how.meddle = [](const probe::Ask& ask, std::size_t, probe::Answer& answer) {
    if (ask.purpose.starts_with("TLS 1.2 suites") && answer.flight.hello) answer.flight.hello->suite = {0x0019};
  };
  const Scanned scanned = scan(tls12_server("c02f c030"), how);
  const auto asked = scanned.about("TLS 1.2 suites");
  const bool offered = std::any_of(asked.begin(), asked.end(), [](const Asked& one) {
    const auto& suites = one.hello()->suites;
    return std::find(suites.begin(), suites.end(), tls::CipherSuite{0x0019}) != suites.end();
  });
  REQUIRE(offered);
  if (scanned.result.suites.contains(tls::kTls12)) CHECK_FALSE(list(scanned, tls::kTls12).complete);
  CHECK(scanned.suites(tls::kTls12).find("c02f") == std::string::npos);
  CHECK_FALSE(scanned.result.is_complete());
}

TEST_CASE("suites: a server that always answers with a number that nobody offers has an unknown version") {
  ScriptedScan how;
  how.meddle = [](const probe::Ask& ask, std::size_t, probe::Answer& answer) {
    if (ask.purpose.starts_with("TLS 1.2 suites") && answer.flight.hello) answer.flight.hello->suite = {0x1a1a};
  };
  const Scanned scanned = scan(tls12_server("c02f c030"), how);
  CHECK(scanned.told(tls::kTls12).verdict == Verdict::Unknown);
  CHECK(scanned.told(tls::kTls12).evidence.find(", which was not offered") != std::string::npos);
  CHECK(scanned.suites(tls::kTls12).empty());
}

TEST_CASE("suites: random servers of either kind are found exactly, in bounded questions") {
  const auto& all = probe::suites_to_ask(tls::kTls12);
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937 random(seed);
    std::vector<tls::CipherSuite> accepted = all;
    std::shuffle(accepted.begin(), accepted.end(), random);
    accepted.resize(std::uniform_int_distribution<std::size_t>(2, 60)(random));
    const bool own_order = seed % 2 == 0;
    CAPTURE(seed, codes(accepted), own_order);
    const std::string text = codes(accepted);
    const Scanned scanned = scan(tls12_server(own_order ? text : client_order(text)));
    const auto& found = list(scanned, tls::kTls12);
    CHECK(found.complete);
    CHECK(found.order == (own_order ? Order::Server : Order::Client));
    if (own_order)
      CHECK(scanned.suites(tls::kTls12) == text);
    else
      CHECK(sorted(scanned.suites(tls::kTls12)) == sorted(text));
    CHECK(scanned.connections() <= 2 * accepted.size() + 50);
  }
}

}  // namespace tlsward::tests
