// A whole scan: how large its hellos are, and that no answer that is lost makes anything false.
#include <algorithm>
#include <set>
#include <string>

#include "tests/catch.h"
#include "tests/probe/plan/client_offer.h"
#include "tests/probe/plan/scripted_scan.h"
#include "tests/probe/plan/servers.h"

namespace tlsward::tests {
namespace {

using probe::Answer;
using probe::Ask;
using probe::Order;
using probe::Question;
using probe::Seen;
using probe::Verdict;

ScriptedScan all_with_name(std::string name) {
  ScriptedScan how;
  how.all = true;
  how.server_name = std::move(name);
  return how;
}

bool is_large_on_purpose(const Asked& asked) {
  return asked.is_about("large-hello") || asked.is_about("many-suites");
}

/// RFC 1035 allows no longer one.
std::string longest_name() {
  return std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(61, 'd');
}

/// Many versions and kinds of answers, so that few questions of a scan are left out.
ScriptedServer busy_server() {
  ScriptedServer server = nginx_like();
  server.suites[tls::kTls12] = "c02f 009e c013 [009c 002f]";
  server.suites[tls::kTls11] = "c013 002f";
  server.suites[tls::kTls10] = "[c013 002f 000a]";
  server.suites[tls::kTls13] = "1302 1301";
  server.groups = "001d 0017 0100 11ec";
  server.alpn = "h2 http/1.1";
  server.signatures = "0804 0401";
  server.answers[tls::wire::extension::kHeartbeat] = {1};
  server.sessions.max_early_data = 100;
  server.requests_certificate = true;
  server.ocsp_response = {0x30, 0x00};
  return server;
}

template <class T>
void check_list(const probe::Enumeration<T>& found, const probe::Enumeration<T>& truth, auto code) {
  std::set<std::uint16_t> all, some;
  for (const T& item : truth.accepted) all.insert(code(item));
  for (const T& item : found.accepted) some.insert(code(item));
  CHECK(std::includes(all.begin(), all.end(), some.begin(), some.end()));
  CHECK(found.complete == found.gap.empty());
  if (found.complete) CHECK(some == all);
  const bool order_holds = found.order == truth.order || found.order == Order::Unknown;
  CHECK(order_holds);
}

template <class Lists>
void check_lists(const Lists& found, const Lists& truth, auto code) {
  for (const auto& [version, list] : found) {
    CAPTURE(tls::name(version), list.gap);
    REQUIRE(truth.contains(version));
    check_list(list, truth.at(version), code);
  }
}

/// Whatever is told holds; what could not be told is unknown.
void check_honest(const Scanned& found, const Scanned& truth) {
  for (const auto& [version, told] : found.result.versions) {
    CAPTURE(tls::name(version), told.evidence);
    const bool holds = told.verdict == Verdict::Unknown || told.verdict == truth.told(version).verdict;
    CHECK(holds);
    CHECK_FALSE(told.evidence.empty());
  }
  for (const auto& [question, told] : found.result.questions) {
    CAPTURE(facts(question).id, told.evidence);
    const bool holds = told.verdict == Verdict::Unknown || told.verdict == truth.told(question).verdict;
    CHECK(holds);
    CHECK_FALSE(told.evidence.empty());
  }
  check_lists(found.result.suites, truth.result.suites, [](const probe::SeenSuite& seen) { return seen.suite.code; });
  check_lists(found.result.groups, truth.result.groups, [](tls::Group group) { return group.code; });
  check_lists(found.result.signatures, truth.result.signatures, [](tls::SignatureScheme one) { return one.code; });
}

}  // namespace

TEST_CASE("scan: every hello for an ordinary name is shorter than 512 bytes, except where length is the question") {
  const Scanned scanned = scan(GENERATE(nginx_like(), busy_server()), all_with_name("www.example.org"));
  for (const Asked& asked : scanned.asked) {
    CAPTURE(asked.ask.purpose);
    if (!is_large_on_purpose(asked)) CHECK(asked.hello_bytes < 512);
  }
}

TEST_CASE("scan: beside the longest name a hello is as small as it can be") {
  ScriptedServer server = nginx_like();
  const Scanned scanned = scan(server, all_with_name(longest_name()));
  CHECK(scanned.told(tls::kTls12).verdict == Verdict::Accepted);
  CHECK(scanned.result.suites.at(tls::kTls12).accepted.size() == 27);
  CHECK(scanned.result.suites.at(tls::kTls12).complete);
  for (const Asked& asked : scanned.asked) {
    CAPTURE(asked.ask.purpose);
    // At least 16 suites, however long the name.
    const bool old_suites = asked.is_about("TLS 1.2 suites");
    if (old_suites) CHECK(asked.hello_bytes < 512 + 2 * 16);
    if (!is_large_on_purpose(asked)) CHECK(asked.hello_bytes < 512 + 253);
  }
}

TEST_CASE("scan: no hello offers nothing, and none offers anything twice") {
  const Scanned scanned = scan(busy_server(), all_with_name("www.example.org"));
  for (const Asked& asked : scanned.asked) {
    if (asked.hello() == nullptr) continue;
    CAPTURE(asked.ask.purpose);
    const ClientOffer offer = take_apart(*asked.hello());
    CHECK_FALSE(offer.suites.empty());
    if (offer.groups) CHECK_FALSE(offer.groups->empty());
    if (offer.schemes) CHECK_FALSE(offer.schemes->empty());
    CHECK(std::set<tls::CipherSuite>(offer.suites.begin(), offer.suites.end()).size() == offer.suites.size());
    std::set<std::uint16_t> types;
    for (const auto& extension : asked.hello()->extensions) CHECK(types.insert(extension.type).second);
  }
}

TEST_CASE("scan: a server that answers everything leaves nothing unknown") {
  const Scanned scanned = scan(busy_server(), all_with_name("www.example.org"));
  CHECK(scanned.versions(Verdict::Unknown).empty());
  for (const auto& [version, list] : scanned.result.suites) CHECK(list.complete);
  for (const auto& [version, list] : scanned.result.groups) CHECK(list.complete);
  for (const auto& [version, list] : scanned.result.signatures) CHECK(list.complete);
}

TEST_CASE("scan: whichever answer is lost, in whatever way, nothing false is told") {
  const Seen seen = GENERATE(Seen::Silent, Seen::Dropped, Seen::Malformed, Seen::NotAsked);
  const ScriptedServer server = busy_server();
  const ScriptedScan undisturbed = all_with_name("www.example.org");
  const Scanned truth = scan(server, undisturbed);
  for (std::size_t lost = 0; lost < truth.asked.size(); ++lost) {
    CAPTURE(lost, truth.asked[lost].ask.purpose, static_cast<int>(seen));
    ScriptedScan how = undisturbed;
    how.meddle = [&](const Ask&, std::size_t number, Answer& answer) {
      if (number == lost) answer = no_answer(seen);
    };
    check_honest(scan(server, how), truth);
  }
}

TEST_CASE("scan: where every third answer is lost nothing false is told") {
  const std::size_t offset = GENERATE(0u, 1u, 2u);
  const ScriptedServer server = busy_server();
  ScriptedScan how = all_with_name("www.example.org");
  const Scanned truth = scan(server, how);
  how.meddle = [&](const Ask&, std::size_t number, Answer& answer) {
    if (number % 3 == offset) answer = no_answer(Seen::Dropped);
  };
  check_honest(scan(server, how), truth);
}

TEST_CASE("scan: a server that never answers is unknown in everything, and soon left alone") {
  ScriptedScan how = all_with_name("www.example.org");
  how.meddle = [](const Ask&, std::size_t, Answer& answer) { answer = no_answer(Seen::Silent); };
  const Scanned scanned = scan(nginx_like(), how);
  CHECK(scanned.versions(Verdict::Unknown) == "TLS 1.3, TLS 1.2, TLS 1.1, TLS 1.0, SSL 3.0, SSL 2.0");
  CHECK_FALSE(scanned.result.speaks_tls());
  CHECK(scanned.connections() <= 20);
}

}  // namespace tlsward::tests
