// The questions of --all: signature schemes, ALPN and other extensions, sessions, tolerance of unusual hellos.
#include <algorithm>
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
using probe::Told;
using probe::Verdict;

Scanned scan_all(const ScriptedServer& server, const std::string& lost = "", Seen seen = Seen::Silent) {
  ScriptedScan how;
  how.all = true;
  how.meddle = [=](const Ask& ask, std::size_t, Answer& answer) {
    if (!lost.empty() && ask.purpose.find(lost) != std::string::npos) answer = no_answer(seen);
  };
  return scan(server, how);
}

ScriptedServer tls12_server() {
  ScriptedServer server = nginx_like();
  server.suites.erase(tls::kTls13);
  return server;
}

std::string schemes(const Scanned& scanned, tls::Version version) {
  const auto found = scanned.result.signatures.find(version);
  return found == scanned.result.signatures.end() ? "none" : codes(found->second.accepted);
}

}  // namespace

TEST_CASE("signatures: TLS 1.2 by the ServerKeyExchange, TLS 1.3 by the CertificateVerify") {
  ScriptedServer server = nginx_like();
  server.signatures = "0804 0401 0805 0501";
  const Scanned scanned = scan_all(server);
  CHECK(schemes(scanned, tls::kTls12) == "0804 0401 0805 0501");
  CHECK(schemes(scanned, tls::kTls13) == "0804 0805");
  CHECK(scanned.result.signatures.at(tls::kTls12).order == Order::Server);
  CHECK(scanned.result.signatures.at(tls::kTls13).complete);
}

TEST_CASE("signatures: they are asked for with --all alone, and where something is signed") {
  CHECK(scan(nginx_like()).result.signatures.empty());
  ScriptedServer server = tls12_server();
  server.suites[tls::kTls12] = "009c 002f";
  CHECK(schemes(scan_all(server), tls::kTls12) == "none");
}

TEST_CASE("signatures: a lost answer is a gap") {
  ScriptedServer server = tls12_server();
  server.signatures = "0804 0401 0805 0501";
  const Scanned scanned = scan_all(server, "signatures, part 1");
  CHECK_FALSE(scanned.result.signatures.at(tls::kTls12).complete);
}

TEST_CASE("ALPN: the protocols in the server's order or in the client's") {
  ScriptedServer server = nginx_like();
  server.alpn = "http/1.1 h2";
  const Scanned own = scan_all(server);
  CHECK(codes(own.result.alpn.accepted) == "http/1.1 h2");
  CHECK(own.result.alpn.order == Order::Server);
  CHECK(own.result.alpn.complete);
  server.alpn = "[http/1.1 h2]";
  const Scanned client = scan_all(server);
  CHECK(codes(client.result.alpn.accepted) == "h2 http/1.1");
  CHECK(client.result.alpn.order == Order::Client);
}

TEST_CASE("ALPN: in TLS 1.2 it stands in the ServerHello") {
  ScriptedServer server = tls12_server();
  server.alpn = "http/1.1";
  CHECK(codes(scan_all(server).result.alpn.accepted) == "http/1.1");
}

TEST_CASE("ALPN: no answer to it is no protocol, and no_application_protocol is a refusal") {
  ScriptedServer server = nginx_like();
  const Scanned none = scan_all(server);
  CHECK(none.result.alpn.accepted.empty());
  CHECK(none.result.alpn.complete);
  server.alpn = "h2";
  server.alpn_or_nothing = true;
  const Scanned strict = scan_all(server);
  CHECK(codes(strict.result.alpn.accepted) == "h2");
  CHECK(strict.result.alpn.complete);
}

TEST_CASE("ALPN: an encrypted flight that could not be read is a gap, and no refusal") {
  ScriptedServer server = nginx_like();
  server.alpn = "h2";
  server.groups = "0019";
  const Scanned scanned = scan_all(server);
  CHECK(scanned.result.alpn.accepted.empty());
  CHECK_FALSE(scanned.result.alpn.complete);
  CHECK(scanned.result.alpn.gap.find("its encrypted flight could not be read") != std::string::npos);
  CHECK(scanned.told(Question::RecordSizeLimit).verdict == Verdict::Unknown);
  CHECK(scanned.told(Question::CertificateCompression).verdict == Verdict::Unknown);
}

TEST_CASE("extensions of TLS 1.3: certificate compression and the limit of records") {
  ScriptedServer server = nginx_like();
  const Scanned without = scan_all(server);
  CHECK(without.told(Question::CertificateCompression) == Told{Verdict::Refused, "the certificate came as it is"});
  CHECK(without.told(Question::RecordSizeLimit) == Told{Verdict::Refused, "extension 28 is not answered"});
  server.certificate_compression = 2;
  server.answers[tls::wire::extension::kRecordSizeLimit] = {0x40, 0x01};
  const Scanned with = scan_all(server);
  CHECK(with.told(Question::CertificateCompression) == Told{Verdict::Accepted, "CompressedCertificate, algorithm 2"});
  CHECK(with.told(Question::RecordSizeLimit) == Told{Verdict::Accepted, "extension 28 is answered"});
  const Scanned lost = scan_all(server, "certificate compression");
  CHECK(lost.told(Question::CertificateCompression) == Told{Verdict::Unknown, "no answer in 1500 ms, twice"});
}

TEST_CASE("sessions: TLS 1.2 resumes by ticket and by id, or does not") {
  ScriptedServer server = tls12_server();
  SECTION("both") {
    const Scanned scanned = scan_all(server);
    CHECK(scanned.told(Question::SessionTicketResumption) == Told{Verdict::Accepted, "the session was resumed"});
    CHECK(scanned.told(Question::SessionIdResumption) == Told{Verdict::Accepted, "the session was resumed"});
    CHECK(scanned.result.ticket_lifetime_seconds == 7200u);
  }
  SECTION("neither is given") {
    server.sessions.tickets = server.sessions.ids = false;
    const Scanned scanned = scan_all(server);
    CHECK(scanned.told(Question::SessionTicketResumption) == Told{Verdict::Refused, "no ticket was given"});
    CHECK(scanned.told(Question::SessionIdResumption) == Told{Verdict::Refused, "no session id was given"});
  }
  SECTION("given, and not taken back") {
    server.sessions.resumes = false;
    CHECK(scan_all(server).told(Question::SessionIdResumption) ==
          Told{Verdict::Refused, "a full handshake in place of the session"});
  }
  SECTION("a lost handshake is unknown") {
    const std::string lost = GENERATE("TLS 1.2 session to resume", "TLS 1.2 resumption");
    CHECK(scan_all(server, lost).told(Question::SessionTicketResumption) ==
          Told{Verdict::Unknown, "no answer in 1500 ms, twice"});
  }
}

TEST_CASE("sessions: TLS 1.3 resumes, with early data or without") {
  ScriptedServer server = nginx_like();
  SECTION("no early data in its ticket") {
    const Scanned scanned = scan_all(server);
    CHECK(scanned.told(Question::Tls13Resumption) == Told{Verdict::Accepted, "the session was resumed"});
    CHECK(scanned.told(Question::EarlyData) == Told{Verdict::Refused, "its ticket allows none"});
  }
  SECTION("early data is taken") {
    server.sessions.max_early_data = 16384;
    const Scanned scanned = scan_all(server);
    CHECK(scanned.told(Question::EarlyData) == Told{Verdict::Accepted, "accepted, at most 16384 bytes"});
    CHECK(scanned.result.max_early_data_bytes == 16384);
  }
  SECTION("early data is allowed and not taken") {
    server.sessions.max_early_data = 16384;
    server.sessions.takes_early_data = false;
    CHECK(scan_all(server).told(Question::EarlyData) == Told{Verdict::Refused, "offered and not accepted"});
  }
  SECTION("no ticket") {
    server.sessions.tickets = false;
    const Scanned scanned = scan_all(server);
    CHECK(scanned.told(Question::Tls13Resumption) == Told{Verdict::Refused, "no ticket within 1000 ms"});
    CHECK(scanned.told(Question::EarlyData) == Told{Verdict::Refused, "no ticket within 1000 ms"});
  }
  SECTION("a lost handshake is unknown") {
    server.sessions.max_early_data = 16384;
    const std::string lost = GENERATE("TLS 1.3 session to resume", "TLS 1.3 resumption");
    const Scanned scanned = scan_all(server, lost);
    CHECK(scanned.told(Question::Tls13Resumption).verdict == Verdict::Unknown);
    CHECK(scanned.told(Question::EarlyData).verdict == Verdict::Unknown);
  }
}

TEST_CASE("tolerance: a server that passes over what it does not know") {
  const Scanned scanned = scan_all(GENERATE(nginx_like(), tls12_server()));
  for (const Question question :
       {Question::Grease, Question::FutureVersions, Question::LargeHello, Question::ManySuites,
        Question::UnknownExtensions, Question::WithoutServerName, Question::UnknownServerName}) {
    CAPTURE(facts(question).id, scanned.told(question).evidence);
    CHECK(scanned.told(question).verdict == Verdict::Accepted);
  }
}

TEST_CASE("tolerance: names that the server wants") {
  ScriptedServer server = nginx_like();
  server.needs_name = true;
  server.knows_every_name = false;
  const Scanned scanned = scan_all(server);
  CHECK(scanned.told(Question::WithoutServerName) == Told{Verdict::Refused, "alert unrecognized_name"});
  CHECK(scanned.told(Question::UnknownServerName) == Told{Verdict::Refused, "alert unrecognized_name"});
}

TEST_CASE("tolerance: silence is unknown, and never intolerance") {
  const Seen seen = GENERATE(Seen::Silent, Seen::Dropped, Seen::Malformed, Seen::NotAsked);
  for (const Question question : {Question::Grease, Question::LargeHello, Question::UnknownServerName}) {
    const Scanned scanned = scan_all(nginx_like(), std::string(facts(question).id), seen);
    CHECK(scanned.told(question).verdict == Verdict::Unknown);
    CHECK_FALSE(scanned.told(question).evidence.empty());
  }
}

TEST_CASE("tolerance: the hellos are as unusual as they claim") {
  const Scanned scanned = scan_all(tls12_server());
  const auto hello = [&](Question question) {
    const auto asked = scanned.about(std::string(facts(question).id));
    REQUIRE(asked.size() == 1);
    return asked.front();
  };
  CHECK(hello(Question::LargeHello).hello_bytes >= 1990);
  const auto suites = hello(Question::ManySuites).hello()->suites;
  CHECK(suites.size() > 128);
  const auto accepted = probe::accepted_suites(scanned.result, tls::kTls12);
  CHECK(std::find(accepted.begin(), accepted.end(), suites.front()) == accepted.end());
  CHECK(hello(Question::FutureVersions).hello()->legacy_version == tls::Version{0x0305});
  CHECK(hello(Question::Grease).hello()->suites.front() == tls::CipherSuite{0x3a3a});
  const auto names = [](const Asked& asked) {
    return tls::wire::find(asked.hello()->extensions, tls::wire::extension::kServerName).has_value();
  };
  CHECK_FALSE(names(hello(Question::WithoutServerName)));
  CHECK(names(hello(Question::UnknownServerName)));
}

}  // namespace tlsward::tests
