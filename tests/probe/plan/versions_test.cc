#include <string>

#include "tests/catch.h"
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

constexpr const char* kOldSuites = "0035 002f 000a 0005 0004";
constexpr std::uint8_t kHandshakeFailure = 40, kUnrecognizedName = 112;

ScriptedServer server_of(tls::Version version, const std::string& suites) {
  ScriptedServer server;
  server.suites[version] = suites;
  return server;
}

/// A TLS 1.3 server whose group no first hello of ours has a share of.
ScriptedServer retrying_server() {
  ScriptedServer server = nginx_like();
  server.groups = "0017";
  return server;
}

ScriptedScan losing(const std::string& words, Seen seen = Seen::Silent) {
  ScriptedScan how;
  how.meddle = [=](const Ask& ask, std::size_t, Answer& answer) {
    if (ask.purpose.find(words) != std::string::npos) answer = no_answer(seen);
  };
  return how;
}

}  // namespace

TEST_CASE("versions: one hello of TLS 1.1 that is answered with protocol_version tells of three versions") {
  const Scanned scanned = scan(nginx_like());
  CHECK(scanned.versions(Verdict::Accepted) == "TLS 1.3, TLS 1.2");
  CHECK(scanned.versions(Verdict::Refused) == "TLS 1.1, TLS 1.0, SSL 3.0, SSL 2.0");
  CHECK(scanned.told(tls::kTls11).evidence == "alert protocol_version");
  CHECK(scanned.told(tls::kTls10).evidence == "alert protocol_version to a hello of TLS 1.1");
  CHECK(scanned.told(tls::kSsl3).evidence == "alert protocol_version to a hello of TLS 1.1");
  CHECK(scanned.about("TLS 1.1").size() == 1);
  CHECK(scanned.about("TLS 1.0").empty());
  CHECK(scanned.about("SSL 3.0").empty());
}

TEST_CASE("versions: a server of TLS 1.0 alone answers every newer hello with it") {
  const Scanned scanned = scan(server_of(tls::kTls10, kOldSuites));
  CHECK(scanned.versions(Verdict::Accepted) == "TLS 1.0");
  CHECK(scanned.versions(Verdict::Refused) == "TLS 1.3, TLS 1.2, TLS 1.1, SSL 3.0, SSL 2.0");
  CHECK(scanned.told(tls::kTls12).evidence == "answered TLS 1.0");
  CHECK(scanned.told(tls::kTls11).evidence == "answered TLS 1.0");
  CHECK(scanned.suites(tls::kTls10) == kOldSuites);
  CHECK(scanned.result.suites.at(tls::kTls10).order == Order::Server);
}

TEST_CASE("versions: a server of SSL 3.0 alone, which is asked without extensions") {
  const Scanned scanned = scan(server_of(tls::kSsl3, kOldSuites));
  CHECK(scanned.versions(Verdict::Accepted) == "SSL 3.0");
  CHECK(scanned.versions(Verdict::Refused) == "TLS 1.3, TLS 1.2, TLS 1.1, TLS 1.0, SSL 2.0");
  CHECK(scanned.told(tls::kTls10).evidence == "answered SSL 3.0");
  CHECK(scanned.suites(tls::kSsl3) == kOldSuites);
  CHECK(scanned.about("TLS 1.0").empty());
  for (const Asked& asked : scanned.about("SSL 3.0")) CHECK(asked.hello()->extensions.empty());
}

TEST_CASE("versions: each version has suites of its own") {
  ScriptedServer server = server_of(tls::kTls12, "c02f 009c 002f");
  server.suites[tls::kTls11] = "c013 002f";
  server.suites[tls::kTls10] = "[002f 000a c013]";
  server.suites[tls::kSsl3] = "000a 0004";
  const Scanned scanned = scan(server);
  CHECK(scanned.versions(Verdict::Accepted) == "TLS 1.2, TLS 1.1, TLS 1.0, SSL 3.0");
  CHECK(scanned.suites(tls::kTls12) == "c02f 009c 002f");
  CHECK(scanned.suites(tls::kTls11) == "c013 002f");
  CHECK(scanned.result.suites.at(tls::kTls10).order == Order::Client);
  CHECK(scanned.result.suites.at(tls::kTls10).accepted.size() == 3);
  CHECK(scanned.suites(tls::kSsl3) == "000a 0004");
}

TEST_CASE("versions: without protocol_version every old version is asked for with all suites before it is refused") {
  ScriptedServer server = nginx_like();
  server.alert_for_version = GENERATE(std::optional<std::uint8_t>(kHandshakeFailure), std::optional<std::uint8_t>());
  const Scanned scanned = scan(server);
  CHECK(scanned.versions(Verdict::Accepted) == "TLS 1.3, TLS 1.2");
  CHECK(scanned.versions(Verdict::Refused) == "TLS 1.1, TLS 1.0, SSL 3.0, SSL 2.0");
  for (const char* version : {"TLS 1.1 ", "TLS 1.0 ", "SSL 3.0 "}) {
    CAPTURE(version);
    CHECK(scanned.about(std::string(version) + "version").size() == 1);
    CHECK(scanned.about(std::string(version) + "suites").size() >= 2);
  }
}

TEST_CASE("versions: a version in the middle that is missing is answered with the one below") {
  ScriptedServer server = server_of(tls::kTls12, "c02f");
  server.suites[tls::kTls10] = kOldSuites;
  const Scanned scanned = scan(server);
  CHECK(scanned.versions(Verdict::Accepted) == "TLS 1.2, TLS 1.0");
  CHECK(scanned.told(tls::kTls11) == probe::Told{Verdict::Refused, "answered TLS 1.0"});
  CHECK(scanned.suites(tls::kTls10) == kOldSuites);
}

TEST_CASE("versions: a server without TLS 1.3 finds no suite in a hello of it, or answers it with TLS 1.2") {
  ScriptedServer server = nginx_like();
  server.suites.erase(tls::kTls13);
  const Scanned scanned = scan(server);
  CHECK(scanned.told(tls::kTls13) == probe::Told{Verdict::Refused, "alert handshake_failure"});
  server.suites[tls::kTls12] = std::string(kRsaSuites) + " 1301";
  CHECK(scan(server).told(tls::kTls13) == probe::Told{Verdict::Refused, "answered TLS 1.2"});
  CHECK(scanned.result.groups.count(tls::kTls13) == 0);
}

TEST_CASE("versions: a lost answer to a version is unknown, and says nothing of the versions below") {
  const Seen seen = GENERATE(Seen::Silent, Seen::Dropped, Seen::Malformed, Seen::NotAsked);
  const Scanned scanned = scan(nginx_like(), losing("TLS 1.1 ", seen));
  CHECK(scanned.told(tls::kTls11).verdict == Verdict::Unknown);
  CHECK_FALSE(scanned.told(tls::kTls11).evidence.empty());
  CHECK(scanned.told(tls::kTls10).verdict == Verdict::Refused);
  CHECK(scanned.told(tls::kTls10).evidence == "alert protocol_version");
  CHECK_FALSE(scanned.result.is_complete());
}

TEST_CASE("versions: where every hello for a version is lost, it is unknown and never refused") {
  const Seen seen = GENERATE(Seen::Silent, Seen::Dropped, Seen::Malformed, Seen::NotAsked);
  const Scanned old = scan(nginx_like(), losing("TLS 1.2 ", seen));
  CHECK(old.told(tls::kTls12).verdict == Verdict::Unknown);
  CHECK_FALSE(old.told(tls::kTls12).evidence.empty());
  CHECK(old.told(tls::kTls13).verdict == Verdict::Accepted);
  const Scanned modern = scan(nginx_like(), losing("TLS 1.3 ", seen));
  CHECK(modern.told(tls::kTls13).verdict == Verdict::Unknown);
  CHECK(modern.told(tls::kTls12).verdict == Verdict::Accepted);
  CHECK(modern.about("drafts").empty());
}

TEST_CASE("versions: one that was accepted stays so when its suites are lost, and the list has a gap") {
  const Scanned scanned = scan(server_of(tls::kTls11, kOldSuites), losing("TLS 1.1 suites"));
  CHECK(scanned.told(tls::kTls11).verdict == Verdict::Accepted);
  REQUIRE(scanned.result.suites.contains(tls::kTls11));
  CHECK_FALSE(scanned.result.suites.at(tls::kTls11).complete);
  CHECK_FALSE(scanned.result.is_complete());
}

TEST_CASE("versions: TLS 1.3 that is refused after a HelloRetryRequest is refused, and nothing of it is listed") {
  ScriptedServer server = retrying_server();
  server.alert_after_retry = kUnrecognizedName;
  const Scanned scanned = scan(server);
  CHECK(scanned.told(tls::kTls13).verdict == Verdict::Refused);
  CHECK(scanned.told(tls::kTls13).evidence == "HelloRetryRequest for P-256, then alert unrecognized_name");
  CHECK(scanned.result.suites.count(tls::kTls13) == 0);
  CHECK(scanned.result.groups.count(tls::kTls13) == 0);
  CHECK(scanned.result.questions.at(Question::PostQuantumGroups).verdict == Verdict::Refused);
  CHECK(scanned.told(tls::kTls12).verdict == Verdict::Accepted);
}

TEST_CASE("versions: TLS 1.3 is accepted when the second hello is answered with a ServerHello") {
  const Scanned scanned = scan(retrying_server());
  CHECK(scanned.told(tls::kTls13).verdict == Verdict::Accepted);
  CHECK(scanned.groups(tls::kTls13) == "0017");
}

TEST_CASE("versions: a server that asks for another hello for ever is unknown, and nothing of it is listed") {
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    const auto* hello = std::get_if<probe::HelloAsk>(&ask.what);
    if (hello == nullptr || !hello->follow_retry || !answer.retried) return;
    answer.seen = Seen::Retry;
    answer.words = "HelloRetryRequest for P-256, then HelloRetryRequest, TLS 1.3";
  };
  const Scanned scanned = scan(retrying_server(), how);
  CHECK(scanned.told(tls::kTls13).verdict == Verdict::Unknown);
  CHECK(scanned.told(tls::kTls13).evidence == "HelloRetryRequest for P-256, then HelloRetryRequest, TLS 1.3");
  CHECK(scanned.result.suites.count(tls::kTls13) == 0);
}

TEST_CASE("versions: silence after a HelloRetryRequest is no refusal of TLS 1.3") {
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    const auto* hello = std::get_if<probe::HelloAsk>(&ask.what);
    if (hello != nullptr && hello->follow_retry) answer = no_answer(Seen::Silent);
  };
  const Scanned scanned = scan(retrying_server(), how);
  CHECK(scanned.told(tls::kTls13).verdict == Verdict::Unknown);
  CHECK(scanned.told(tls::kTls13).evidence == "HelloRetryRequest, then no answer in 1500 ms, twice");
  CHECK(scanned.result.suites.count(tls::kTls13) == 0);
}

TEST_CASE("versions: a draft of TLS 1.3 is told, and is not TLS 1.3") {
  constexpr tls::Version kDraft23{0x7f17};
  ScriptedServer server = server_of(tls::kTls12, "c02f");
  server.suites[kDraft23] = "1301 1302";
  const Scanned scanned = scan(server);
  CHECK(scanned.told(tls::kTls13).verdict == Verdict::Refused);
  CHECK(scanned.told(kDraft23).verdict == Verdict::Unknown);
  CHECK(scanned.told(kDraft23).evidence.find("draft 23") != std::string::npos);
  CHECK(scanned.result.notes == std::vector<std::string>{"speaks draft 23 of TLS 1.3"});
  CHECK(scanned.about("drafts").size() == 1);
}

TEST_CASE("versions: SSL 2.0 by the ciphers of its SERVER-HELLO") {
  ScriptedServer server = server_of(tls::kTls10, kOldSuites);
  SECTION("some") {
    server.sslv2 = std::vector<tls::wire::Sslv2Cipher>{{0x010080}, {0x0700c0}};
    const Scanned scanned = scan(server);
    CHECK(scanned.told(tls::kSsl2) == probe::Told{Verdict::Accepted, "SERVER-HELLO with 2 ciphers"});
    CHECK(scanned.result.sslv2_ciphers.size() == 2);
  }
  SECTION("none: nothing can be agreed on") {
    server.sslv2.emplace();
    const Scanned scanned = scan(server);
    CHECK(scanned.told(tls::kSsl2) == probe::Told{Verdict::Refused, "SERVER-HELLO without any cipher"});
    CHECK(scanned.result.sslv2_ciphers.empty());
  }
  SECTION("no answer") {
    server.sslv2 = std::vector<tls::wire::Sslv2Cipher>{{0x010080}};
    CHECK(scan(server, losing("SSL 2.0")).told(tls::kSsl2).verdict == Verdict::Unknown);
  }
}

TEST_CASE("versions: a server that answers TLS 1.1 with TLS 1.2 refuses TLS 1.1 and is asked for the others") {
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    if (ask.purpose != "TLS 1.1 version") return;
    answer = nginx_like().answer(ask);
    answer.seen = Seen::Hello;
    answer.flight.hello.emplace();
    answer.flight.hello->legacy_version = tls::kTls12;
    answer.flight.hello->suite = {0xc02f};
  };
  const Scanned scanned = scan(nginx_like(), how);
  CHECK(scanned.told(tls::kTls11) == probe::Told{Verdict::Refused, "answered TLS 1.2"});
  CHECK(scanned.told(tls::kTls10) == probe::Told{Verdict::Refused, "alert protocol_version"});
}

}  // namespace tlsward::tests
