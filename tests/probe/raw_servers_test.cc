// What only a server without cryptography can still offer: SSL 2.0, drafts, weak primes, Heartbleed, compression.
#include <string>

#include "tests/catch.h"
#include "tests/probe/probed.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

/// A server with TLS 1.2 and `more` in its description.
std::string tls12_with(const std::string& more) {
  return R"({"versions": {"tls1.2": "c02f c013 002f"}, )" + more + "}";
}

TEST_CASE("probe: SSL 2.0 and its ciphers") {
  const Server server = raw_tls(R"({"sslv2": "010080 0700c0 020080", "versions": {"ssl3": "000a"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions() == "SSL 3.0 SSL 2.0");
  CHECK(sorted(found.sslv2()) == "010080 020080 0700c0");
}

TEST_CASE("probe: SSL 2.0 alone") {
  const Server server = raw_tls(R"({"sslv2": "010080"})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions() == "SSL 2.0");
  CHECK(found.sslv2() == "010080");
}

TEST_CASE("probe: a draft of TLS 1.3 is not TLS 1.3") {
  const Server server = raw_tls(R"({"versions": {"7f1c": "1301 1302", "tls1.2": "c02f"}})");
  const Probed found(server.endpoint(), "--all");
  INFO(found.everything());
  CHECK(found.versions() == "1.2");
  CHECK(found.versions("refused").find("1.3") == 0);
  CHECK(found.everything().find("draft 28") != std::string::npos);
}

TEST_CASE("probe: holes between versions") {
  const Server server = raw_tls(R"({"versions": {"tls1.0": "c014", "tls1.2": "c030", "ssl3": "000a"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions() == "1.2 1.0 SSL 3.0");
  CHECK(found.versions("refused") == "1.3 1.1 SSL 2.0");
}

TEST_CASE("probe: every way to say no is one") {
  const std::string how = GENERATE("alert", "close", "reset");
  INFO(how);
  const Server server =
      raw_tls(R"({"versions": {"tls1.2": "c02f c030", "tls1.3": "1302"}, "refuse": ")" + how + R"("})");
  const Probed found(server.endpoint(), "--deadline 50");
  INFO(found.everything());
  CHECK(found.versions() == "1.3 1.2");
  CHECK(found.suites("1.2") == "c02f c030");
  CHECK(found.suites("1.3") == "1302");
  if (how != "reset") CHECK(found.versions("refused") == "1.1 1.0 SSL 3.0 SSL 2.0");
}

TEST_CASE("probe: Heartbleed is seen, and a heartbeat alone is none") {
  const Server leaks = raw_tls(tls12_with(R"("heartbeat": "leaks")"));
  const Probed leaking(leaks.endpoint());
  INFO(leaking.everything());
  CHECK(leaking.verdict("heartbeat") == "accepted");
  CHECK(leaking.verdict("heartbleed") == "accepted");
  CHECK(leaking.heartbleed("1.2") == "accepted");
  const Server healthy = raw_tls(tls12_with(R"("heartbeat": "healthy")"));
  const Probed well(healthy.endpoint());
  INFO(well.everything());
  CHECK(well.verdict("heartbeat") == "accepted");
  CHECK(well.verdict("heartbleed") == "refused");
}

TEST_CASE("probe: compression, NPN, ALPN and what a bare server lacks") {
  const Server server = raw_tls(tls12_with(
      R"("compression": true, "npn": ["spdy/3", "http/1.1"], "alpn": ["http/1.1"], "extensions": [], "fallback_scsv": false)"));
  const Probed found(server.endpoint(), "--all");
  INFO(found.everything());
  CHECK(found.verdict("compression") == "accepted");
  CHECK(found.verdict("npn") == "accepted");
  CHECK(found.npn() == "spdy/3 http/1.1");
  CHECK(found.alpn() == "http/1.1");
  CHECK(found.verdict("secure-renegotiation") == "refused");
  CHECK(found.verdict("extended-master-secret") == "refused");
  CHECK(found.verdict("encrypt-then-mac") == "refused");
}

TEST_CASE("probe: a fallback that is not refused, where there is a version to fall back from") {
  const Server server = raw_tls(R"({"versions": {"tls1.2": "c02f", "tls1.3": "1301"}, "fallback_scsv": false})");
  CHECK(Probed(server.endpoint()).verdict("fallback-scsv") == "refused");
}

TEST_CASE("probe: Diffie-Hellman primes are measured") {
  const Server server = raw_tls(R"({"versions": {"tls1.2": "009e 0033"}, "dh": 1024})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.prime_bits() == "1024");
  CHECK(found.suites("1.2") == "009e 0033");
}

TEST_CASE("probe: finite-field groups of RFC 7919") {
  const Server server = raw_tls(R"({"versions": {"tls1.2": "009e c02f"}, "groups": {"tls1.2": "0017 0100 0102"}})");
  const Probed found(server.endpoint(), "--all");
  INFO(found.everything());
  CHECK(sorted(found.groups("1.2")) == "0017 0100 0102");
}

TEST_CASE("probe: SM4 and GOST suites of TLS 1.2 and 1.3") {
  const Server server = raw_tls(R"({"versions": {"tls1.2": "c100 c101 c102", "tls1.3": "00c6 00c7 c103 1304"}})");
  const Probed found(server.endpoint(), "--all");
  INFO(found.everything());
  CHECK(found.suites("1.3") == "00c6 00c7 c103 1304");
  CHECK(found.suites("1.2") == "c100 c101 c102");
}

TEST_CASE("probe: a server that follows its clients, and one that does not") {
  const auto lists = [](const std::string& order) {
    const Server server = raw_tls(R"({"versions": {"tls1.2": "c02f 009c c030 009d", "tls1.3": "1303 1301 1302"},
        "order": ")" + order + R"("})");
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(sorted(found.suites("1.2")) == "009c 009d c02f c030");
    CHECK(found.order("1.2") == order);
    CHECK(found.order("1.3") == order);
    return found.suites("1.2") + " " + found.suites("1.3");
  };
  CHECK(lists("server") == "c02f 009c c030 009d 1303 1301 1302");
  lists("client");
}

TEST_CASE("probe: authorities of client certificates in TLS 1.2") {
  // CN=A in DER.
  const Server server = raw_tls(tls12_with(R"("client_certificate": ["300c310a300806035504030c0141"])"));
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.verdict("client-certificate-requested") == "accepted");
  CHECK(found.client_cas() == "CN=A");
}

}  // namespace
}  // namespace tlsward::tests
