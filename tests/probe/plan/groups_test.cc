#include <string>

#include "tests/catch.h"
#include "tests/probe/plan/primes.h"
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

ScriptedServer server_with(tls::Version version, const std::string& suites, const std::string& groups) {
  ScriptedServer server;
  server.suites[version] = suites;
  server.groups = groups;
  return server;
}

ScriptedScan losing(const std::string& words) {
  ScriptedScan how;
  how.meddle = [=](const Ask& ask, std::size_t, Answer& answer) {
    if (ask.purpose.find(words) != std::string::npos) answer = no_answer(Seen::Silent);
  };
  return how;
}

}  // namespace

TEST_CASE("groups: TLS 1.3 in the server's order, or in the client's") {
  const Scanned own = scan(server_with(tls::kTls13, "1301", "0018 001d 0100 0017"));
  CHECK(own.groups(tls::kTls13) == "0018 001d 0100 0017");
  CHECK(own.result.groups.at(tls::kTls13).order == Order::Server);
  CHECK(own.result.groups.at(tls::kTls13).complete);
  const Scanned client = scan(server_with(tls::kTls13, "1301", "[0018 001d 0100 0017]"));
  CHECK(client.groups(tls::kTls13) == "001d 0017 0018 0100");
  CHECK(client.result.groups.at(tls::kTls13).order == Order::Client);
}

TEST_CASE("groups: TLS 1.2 by the curve of the ServerKeyExchange") {
  const Scanned scanned = scan(server_with(tls::kTls12, "c02f 009c", "0017 001d 0019"));
  CHECK(scanned.groups(tls::kTls12) == "0017 001d 0019");
  CHECK(scanned.result.groups.at(tls::kTls12).order == Order::Server);
  CHECK(scanned.result.groups.at(tls::kTls12).complete);
}

TEST_CASE("groups: below TLS 1.2 they are asked for under the highest version") {
  ScriptedServer server = server_with(tls::kTls11, "c013 002f", "0017 0018");
  server.suites[tls::kTls10] = "c013";
  const Scanned scanned = scan(server);
  CHECK(scanned.groups(tls::kTls11) == "0017 0018");
  CHECK(scanned.result.groups.count(tls::kTls10) == 0);
}

TEST_CASE("groups: a server without any elliptic suite has none, and is not asked for long") {
  const Scanned scanned = scan(server_with(tls::kTls12, "009e 009c", "0017"));
  CHECK(scanned.groups(tls::kTls12).empty());
  CHECK(scanned.about("groups,").empty());
}

TEST_CASE("groups: before TLS 1.3 the curve of an ECDSA certificate must be among the client's groups") {
  ScriptedServer server = server_with(tls::kTls12, "c02b c02c", "[001d 0017 0018 0019]");
  server.certificates = {scripted_certificate("ec:p256 cn=www.example.org")};
  const Scanned scanned = scan(server);
  CHECK(scanned.groups(tls::kTls12) == "001d 0017 0018 0019");
  CHECK(scanned.result.groups.at(tls::kTls12).complete);
}

TEST_CASE("groups: a lost question with the certificate's curve is a gap") {
  ScriptedServer server = server_with(tls::kTls12, "c02b c02c", "[001d 0017 0018 0019]");
  server.certificates = {scripted_certificate("ec:p256 cn=www.example.org")};
  const Scanned scanned = scan(server, losing("with the certificate's curve"));
  CHECK_FALSE(scanned.result.groups.at(tls::kTls12).complete);
  CHECK(scanned.result.groups.at(tls::kTls12).gap == "no answer in 1500 ms, twice");
}

TEST_CASE("groups: post-quantum ones are told, by name where there are any") {
  const Scanned with = scan(server_with(tls::kTls13, "1301", "11ec 001d"));
  CHECK(with.told(Question::PostQuantumGroups) == probe::Told{Verdict::Accepted, "X25519MLKEM768"});
  const Scanned without = scan(server_with(tls::kTls13, "1301", "001d 0017"));
  CHECK(without.told(Question::PostQuantumGroups).verdict == Verdict::Refused);
}

TEST_CASE("groups: a lost answer is a gap, and post-quantum groups are unknown") {
  const Scanned scanned = scan(server_with(tls::kTls13, "1301", "001d 0017"), losing("groups, part 1"));
  CHECK_FALSE(scanned.result.groups.at(tls::kTls13).complete);
  CHECK(scanned.told(Question::PostQuantumGroups).verdict == Verdict::Unknown);
  CHECK_FALSE(scanned.result.is_complete());
}

TEST_CASE("groups: a server that names a group that was not offered does not have it") {
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    const bool about_groups = ask.purpose.find("groups, part") != std::string::npos;
    if (about_groups && answer.seen == Seen::Alert) answer = server_with(tls::kTls12, "c02f", "").answer(ask);
    if (about_groups && answer.flight.key_exchange) answer.flight.key_exchange->group = tls::Group{0xff01};
  };
  const Scanned scanned = scan(server_with(tls::kTls12, "c02f", "0017 001d"), how);
  CHECK(scanned.groups(tls::kTls12).find("ff01") == std::string::npos);
}

TEST_CASE("groups: those of RFC 7919 in TLS 1.2 are asked for where the prime is one of them") {
  ScriptedServer server = server_with(tls::kTls12, "c02f 009e", "001d 0100 0101");
  server.dh_prime = ffdhe_prime({256});
  SECTION("a server that keeps RFC 7919") {
    CHECK(scan(server).groups(tls::kTls12) == "001d 0100 0101");
  }
  SECTION("a server that takes its one prime whatever is offered") {
    server.groups = "001d";
    CHECK(scan(server).groups(tls::kTls12) == "001d 0100");
  }
  SECTION("a lost answer is a gap") {
    const Scanned scanned = scan(server, losing("finite-field groups"));
    CHECK(scanned.groups(tls::kTls12) == "001d");
    CHECK_FALSE(scanned.result.groups.at(tls::kTls12).complete);
  }
  SECTION("a prime of its own") {
    server.dh_prime.assign(256, 0xfb);
    CHECK(scan(server).about("finite-field groups").empty());
  }
}

}  // namespace tlsward::tests
