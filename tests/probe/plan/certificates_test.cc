#include <algorithm>
#include <string>

#include "tests/catch.h"
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

const ScriptedCertificate& rsa() {
  static const ScriptedCertificate kCertificate = scripted_certificate("rsa:2048 cn=www.example.org");
  return kCertificate;
}
const ScriptedCertificate& ecdsa() {
  static const ScriptedCertificate kCertificate = scripted_certificate("ec:p256 cn=www.example.org");
  return kCertificate;
}
const ScriptedCertificate& eddsa() {
  static const ScriptedCertificate kCertificate = scripted_certificate("ed25519 cn=www.example.org");
  return kCertificate;
}

bool shows(const Scanned& scanned, const ScriptedCertificate& certificate) {
  return std::any_of(scanned.chains.begin(), scanned.chains.end(),
                     [&](const probe::RawChain& chain) { return chain.der.front() == certificate.der; });
}

ScriptedServer server_of(tls::Version version, const std::string& suites) {
  ScriptedServer server;
  server.suites[version] = suites;
  return server;
}

}  // namespace

TEST_CASE("certificates: one chain is kept once, with the versions that showed it") {
  const Scanned scanned = scan(nginx_like());
  REQUIRE(scanned.chains.size() == 1);
  CHECK(scanned.chains.front().der.front() == rsa().der);
  CHECK(scanned.chains.front().leaf_key.type == tls::KeyType::Rsa);
  auto versions = scanned.chains.front().versions;
  std::sort(versions.begin(), versions.end());
  CHECK(versions == std::vector<tls::Version>{tls::kTls12, tls::kTls13});
}

TEST_CASE("certificates: TLS 1.2 shows its RSA and its ECDSA one by their suites") {
  ScriptedServer server = server_of(tls::kTls12, "c02b c02f");
  server.certificates = {rsa(), ecdsa()};
  const Scanned scanned = scan(server);
  CHECK(scanned.chains.size() == 2);
  CHECK(shows(scanned, rsa()));
  CHECK(shows(scanned, ecdsa()));
}

TEST_CASE("certificates: EdDSA behind the ECDSA suites is asked for by its schemes alone") {
  ScriptedServer server = server_of(tls::kTls12, "c02b c02c");
  server.certificates = {ecdsa(), eddsa()};
  const Scanned scanned = scan(server);
  CHECK(shows(scanned, ecdsa()));
  CHECK(shows(scanned, eddsa()));
}

TEST_CASE("certificates: TLS 1.3 alone shows each kind that it has") {
  ScriptedServer server = server_of(tls::kTls13, "1301");
  server.certificates = {rsa(), ecdsa(), eddsa()};
  const Scanned scanned = scan(server);
  CHECK(scanned.chains.size() == 3);
  CHECK(shows(scanned, rsa()));
  CHECK(shows(scanned, ecdsa()));
  CHECK(shows(scanned, eddsa()));
}

TEST_CASE("certificates: where no chain could be read it is said why") {
  ScriptedServer server = server_of(tls::kTls13, "1301");
  server.certificates = {};
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    if (!std::holds_alternative<probe::HandshakeAsk>(ask.what)) return;
    answer = no_answer(Seen::Silent);
  };
  const Scanned scanned = scan(server, how);
  CHECK(scanned.chains.empty());
  CHECK(scanned.result.no_chain == "no answer in 1500 ms, twice");
}

TEST_CASE("client certificates: none is requested") {
  const Scanned scanned = scan(nginx_like());
  CHECK(scanned.told(Question::ClientCertificateRequested).verdict == Verdict::Refused);
  CHECK(scanned.told(Question::ClientCertificateRequired) == Told{Verdict::Refused, "none is requested"});
}

TEST_CASE("client certificates: requested, and not required") {
  ScriptedServer server = nginx_like();
  server.requests_certificate = true;
  const Scanned scanned = scan(server);
  CHECK(scanned.told(Question::ClientCertificateRequested).verdict == Verdict::Accepted);
  CHECK(scanned.told(Question::ClientCertificateRequired) ==
        Told{Verdict::Refused, "a handshake without one was finished"});
}

TEST_CASE("client certificates: required, which TLS 1.3 says behind the handshake only") {
  ScriptedServer server = nginx_like();
  server.requires_certificate = true;
  CHECK(scan(server).told(Question::ClientCertificateRequired) ==
        Told{Verdict::Accepted, "alert certificate_required without a certificate"});
  server.suites.erase(tls::kTls13);
  CHECK(scan(server).told(Question::ClientCertificateRequired) ==
        Told{Verdict::Accepted, "alert handshake_failure without a certificate"});
}

TEST_CASE("client certificates: with one given nobody knows whether it was required") {
  ScriptedServer server = nginx_like();
  server.requires_certificate = true;
  ScriptedScan how;
  how.identity = some_identity();
  CHECK(scan(server, how).told(Question::ClientCertificateRequired) ==
        Told{Verdict::Unknown, "a client certificate was given"});
}

TEST_CASE("client certificates: requested, and the handshake is lost") {
  ScriptedServer server = nginx_like();
  server.requests_certificate = true;
  ScriptedScan how;
  how.meddle = [](const Ask& ask, std::size_t, Answer& answer) {
    if (std::holds_alternative<probe::HandshakeAsk>(ask.what)) answer = no_answer(Seen::Silent);
  };
  CHECK(scan(server, how).told(Question::ClientCertificateRequired) ==
        Told{Verdict::Unknown, "no handshake could be tried"});
}

}  // namespace tlsward::tests
