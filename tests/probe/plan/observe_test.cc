// What answers tell beside the question, and what is asked when the versions are known: extensions, primes, the clock,
// fallback, Heartbleed.
#include <string>

#include "tests/catch.h"
#include "tests/probe/plan/primes.h"
#include "tests/probe/plan/scripted_scan.h"
#include "tests/probe/plan/servers.h"

namespace tlsward::tests {
namespace {

using probe::Answer;
using probe::Ask;
using probe::Question;
using probe::Seen;
using probe::Told;
using probe::Verdict;
namespace extension = tls::wire::extension;

ScriptedServer tls12_server(const std::string& suites = "c02f 009e c013 002f") {
  ScriptedServer server = nginx_like();
  server.suites.erase(tls::kTls13);
  server.suites[tls::kTls12] = suites;
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

TEST_CASE("observe: extensions that are answered, and those that are not") {
  const Scanned modern = scan(tls12_server());
  CHECK(modern.told(Question::SecureRenegotiation) == Told{Verdict::Accepted, "the server answers extension 65281"});
  CHECK(modern.told(Question::ExtendedMasterSecret) == Told{Verdict::Accepted, "the server answers extension 23"});
  CHECK(modern.told(Question::EncryptThenMac) == Told{Verdict::Accepted, "the server answers extension 22"});
  ScriptedServer old = tls12_server();
  old.answers = {};
  const Scanned scanned = scan(old);
  CHECK(scanned.told(Question::SecureRenegotiation) ==
        Told{Verdict::Refused, "extension 65281 was offered and is not answered"});
  CHECK(scanned.told(Question::ExtendedMasterSecret).verdict == Verdict::Refused);
  CHECK(scanned.told(Question::EncryptThenMac).verdict == Verdict::Refused);
}

TEST_CASE("observe: encrypt-then-MAC says nothing without a CBC suite") {
  CHECK(scan(tls12_server("c02f 009c")).result.questions.count(Question::EncryptThenMac) == 0);
}

TEST_CASE("observe: compression by the method that is chosen") {
  ScriptedServer server = tls12_server();
  CHECK(scan(server).told(Question::Compression) == Told{Verdict::Refused, "DEFLATE was offered, method 0 was chosen"});
  server.deflates = true;
  CHECK(scan(server).told(Question::Compression) ==
        Told{Verdict::Accepted, "DEFLATE was offered, method 1 was chosen"});
}

TEST_CASE("observe: NPN with the protocols that are offered by it") {
  ScriptedServer server = tls12_server();
  CHECK(scan(server).told(Question::Npn).verdict == Verdict::Refused);
  server.answers[extension::kNextProtocolNegotiation] = {2, 'h', '2', 6, 's', 'p', 'd', 'y', '/', '3'};
  const Scanned scanned = scan(server);
  CHECK(scanned.told(Question::Npn).verdict == Verdict::Accepted);
  CHECK(scanned.result.npn == std::vector<std::string>{"h2", "spdy/3"});
}

TEST_CASE("observe: a staple and a CertificateRequest") {
  ScriptedServer server = tls12_server();
  const Scanned without = scan(server);
  CHECK(without.told(Question::OcspStapling) == Told{Verdict::Refused, "no response with the certificate"});
  CHECK(without.told(Question::ClientCertificateRequested).verdict == Verdict::Refused);
  server.ocsp_response = {0x30, 0x03, 0x0a, 0x01, 0x01};
  server.requests_certificate = true;
  server.authorities = {{0x30, 0x00}};
  const Scanned with = scan(server);
  CHECK(with.told(Question::OcspStapling) == Told{Verdict::Accepted, "CertificateStatus was sent"});
  CHECK(with.told(Question::ClientCertificateRequested) == Told{Verdict::Accepted, "CertificateRequest in TLS 1.2"});
  CHECK(with.client_ca_names == std::vector<tls::wire::Bytes>{{0x30, 0x00}});
  REQUIRE(with.chains.size() == 1);
  CHECK(with.chains.front().ocsp_response == server.ocsp_response);
}

TEST_CASE("observe: each prime once, with its name") {
  ScriptedServer server = tls12_server("009e 0033 c02f");
  server.dh_prime = ffdhe_prime({257});
  const Scanned scanned = scan(server);
  REQUIRE(scanned.result.primes.size() == 1);
  CHECK(scanned.result.primes.front().name == "ffdhe3072");
  CHECK(scanned.result.primes.front().bits == 3072);
  CHECK(scan(tls12_server("c02f 002f")).result.primes.empty());
}

TEST_CASE("observe: the server's clock, where its random begins with one") {
  constexpr std::uint32_t kNow = 1'767'225'600;
  ScriptedServer server = tls12_server();
  ScriptedScan how;
  how.now_seconds = kNow;
  server.clock_seconds = kNow + 75;
  CHECK(scan(server, how).result.clock_skew_seconds == 75);
  server.clock_seconds = kNow - 3600;
  CHECK(scan(server, how).result.clock_skew_seconds == -3600);
  server.clock_seconds = kNow + 200'000;
  CHECK_FALSE(scan(server, how).result.clock_skew_seconds);
}

TEST_CASE("observe: a server without heartbeat is not asked for Heartbleed") {
  const Scanned scanned = scan(tls12_server());
  CHECK(scanned.told(Question::Heartbeat).verdict == Verdict::Refused);
  CHECK(scanned.told(Question::Heartbleed) ==
        Told{Verdict::Refused, "TLS 1.2: the heartbeat extension is not answered"});
  CHECK(scanned.about("Heartbleed").empty());
}

TEST_CASE("observe: Heartbleed is asked for in each version that answers heartbeat, and the worst answer counts") {
  ScriptedServer server = tls12_server();
  server.suites[tls::kTls11] = "c013 002f 0035";
  server.answers[extension::kHeartbeat] = {1};
  SECTION("memory comes back") {
    server.leaks = true;
    const Scanned scanned = scan(server);
    CHECK(scanned.told(Question::Heartbeat).verdict == Verdict::Accepted);
    CHECK(scanned.about("Heartbleed").size() == 2);
    CHECK(scanned.told(Question::Heartbleed).verdict == Verdict::Accepted);
    CHECK(scanned.result.heartbleed.at(tls::kTls11).verdict == Verdict::Accepted);
    CHECK(scanned.result.heartbleed.at(tls::kTls12).verdict == Verdict::Accepted);
  }
  SECTION("none comes back") {
    const Scanned scanned = scan(server);
    CHECK(scanned.told(Question::Heartbleed).verdict == Verdict::Refused);
  }
  SECTION("one of two is lost: unknown") {
    const Scanned scanned = scan(server, losing("TLS 1.1 Heartbleed"));
    CHECK(scanned.result.heartbleed.at(tls::kTls12).verdict == Verdict::Refused);
    CHECK(scanned.result.heartbleed.at(tls::kTls11).verdict == Verdict::Unknown);
    CHECK(scanned.told(Question::Heartbleed).verdict == Verdict::Unknown);
  }
}

TEST_CASE("fallback: a server that keeps RFC 7507, one that does not, and one that did not answer") {
  ScriptedServer server = nginx_like();
  CHECK(scan(server).told(Question::FallbackScsv) == Told{Verdict::Accepted, "alert inappropriate_fallback"});
  server.fallback_scsv = false;
  const Told told = scan(server).told(Question::FallbackScsv);
  CHECK(told.verdict == Verdict::Refused);
  CHECK(told.evidence.starts_with("ServerHello, TLS 1.2, "));
  CHECK(told.evidence.ends_with(" in spite of it"));
  CHECK(scan(server, losing("fallback")).told(Question::FallbackScsv) ==
        Told{Verdict::Unknown, "no answer in 1500 ms, twice"});
}

TEST_CASE("fallback: another alert is no proof, and neither is one version alone") {
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    if (ask.purpose.find("fallback") != std::string::npos) answer = alert_answer(40);
  };
  CHECK(scan(nginx_like(), how).told(Question::FallbackScsv) == Told{Verdict::Unknown, "alert handshake_failure"});
  CHECK(scan(tls12_server()).told(Question::FallbackScsv) ==
        Told{Verdict::Unknown, "only TLS 1.2 is accepted, so there is nothing to fall back to"});
}

}  // namespace tlsward::tests
