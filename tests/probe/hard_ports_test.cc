// Ports that want a name, speak something else, or nothing (D15, D17, D20 of the hard cases, and worse), and
// certificates that need a verdict (D21, D22).
#include <chrono>
#include <string>

#include "tests/catch.h"
#include "tests/probe/everyday.h"
#include "tests/probe/probed.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

using std::chrono::seconds;

constexpr char kAllVersions[] = "1.3 1.2 1.1 1.0 SSL 3.0 SSL 2.0";

/// SSL 2.0 may be refused: whoever answers its hello with anything else does not speak it.
void check_none_refused(const Probed& found) {
  const std::string refused = found.versions("refused");
  CHECK((refused.empty() || refused == "SSL 2.0"));
}

/// No version is claimed either way, and the exit code says that the scan failed.
void check_unknown(const Probed& found) {
  INFO(found.everything());
  CHECK(found.versions().empty());
  check_none_refused(found);
  CHECK(found.exit_code() == 3);
}

TEST_CASE("probe D15: a server that wants a name says so, and is scanned with it") {
  ServerFiles files;
  const Server server =
      nginx("ssl_reject_handshake on; ssl_protocols TLSv1.2 TLSv1.3;",
            "server { listen 127.0.0.1:{port} ssl; server_name localhost;\n" + everyday_block(files) + "}\n");
  const Probed nameless(server.endpoint());
  INFO(nameless.everything());
  CHECK(nameless.versions().empty());
  CHECK(nameless.needs_sni());
  CHECK(nameless.exit_code() == 3);
  const Probed named(server.endpoint(), "--sni localhost");
  INFO(named.everything());
  CHECK(sorted(named.suites("1.2")) == sorted(kEverydayTls12));
  CHECK(sorted(named.suites("1.3")) == sorted(kEverydayTls13));
  CHECK_FALSE(named.needs_sni());
  CHECK(named.exit_code() == 0);
}

TEST_CASE("probe D17: a server that never answers is unknown at the deadline") {
  const Server server = rude({"silent"});
  const Probed found(server.endpoint(), "--deadline 2");
  check_unknown(found);
  CHECK(found.versions("unknown") == kAllVersions);
  CHECK(found.trouble() == "timed-out");
  CHECK(found.took() < seconds(3));
}

TEST_CASE("probe: half an answer, a tarpit and endless records are unknown by the deadline") {
  const std::string mode = GENERATE("half", "tarpit", "flood-alerts", "flood-empty");
  INFO(mode);
  const Server server = rude({mode});
  const Probed found(server.endpoint(), "--deadline 3");
  INFO(found.everything());
  CHECK(found.exit_code() == 3);
  CHECK(found.took() < seconds(5));
  check_none_refused(found);
}

TEST_CASE("probe: a ServerHello before endless certificates is one, and no list is complete") {
  const Server server = rude({"flood"});
  const Probed found(server.endpoint(), "--deadline 5");
  INFO(found.everything());
  CHECK(found.versions() == "1.2");
  CHECK(found.exit_code() == 3);
  CHECK(found.took() < seconds(7));
}

TEST_CASE("probe: closing and resetting every connection is no refusal") {
  const std::string mode = GENERATE("close", "reset", "half-close");
  INFO(mode);
  const Server server = rude({mode});
  const Probed found(server.endpoint(), "--deadline 3");
  check_unknown(found);
  CHECK(found.took() < seconds(5));
}

TEST_CASE("probe: records and hellos that break the rules are unknown") {
  const std::string mode = GENERATE("bad-record", "bad-hello");
  INFO(mode);
  const Server server = rude({mode});
  check_unknown(Probed(server.endpoint(), "--deadline 3"));
}

TEST_CASE("probe D20: plain HTTP is called plain HTTP, at once") {
  SECTION("nginx") {
    const Server server = plain_http();
    const Probed found(server.endpoint());
    check_unknown(found);
    CHECK(found.trouble() == "not-tls");
    CHECK(found.service() == "HTTP");
    CHECK(found.trouble_message().find("plain HTTP") != std::string::npos);
    CHECK(found.took() < seconds(2));
  }
  SECTION("another") {
    const std::string mode = GENERATE("http", "http-ssl2-first");
    const Server server = rude({mode});
    const Probed found(server.endpoint());
    check_unknown(found);
    CHECK(found.trouble() == "not-tls");
    CHECK(found.service() == "HTTP");
  }
}

TEST_CASE("probe: other services are named by their greeting") {
  const auto service = [](const std::string& greeting) {
    const Server server = rude({"say", greeting});
    const Probed found(server.endpoint(), "--deadline 3");
    check_unknown(found);
    CHECK(found.trouble() == "not-tls");
    return found.service();
  };
  CHECK(service("SSH-2.0-OpenSSH_9.2p1\\r\\n") == "SSH");
  CHECK(service("220 mail.example ESMTP Postfix\\r\\n") == "SMTP");
  CHECK(service("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\\r\\n") == "IMAP");
}

TEST_CASE("probe: bytes that are no TLS and no known service either") {
  const Server server = rude({"garbage"});
  const Probed found(server.endpoint(), "--deadline 3");
  check_unknown(found);
  CHECK(found.trouble() == "not-tls");
}

TEST_CASE("probe: a port that nobody listens on is refused") {
  const PortReservation nobody;
  const Probed found("127.0.0.1:" + std::to_string(nobody.port()));
  check_unknown(found);
  CHECK(found.trouble() == "refused");
  CHECK(found.took() < seconds(2));
}

TEST_CASE("probe D21: a server that refuses unknown protocols by ALPN") {
  ServerFiles files;
  const Server plain = nginx(everyday_block(files));
  const Probed found(plain.endpoint(), "--all");
  INFO(found.everything());
  CHECK(found.versions() == "1.3 1.2");
  // All that nginx 1.22 takes without HTTP/2.
  CHECK(found.alpn() == "http/1.1 http/1.0 http/0.9");
  const Server http2 = haproxy("ssl crt " + files("rsa.pem", kEverydayRecipe) + " alpn h2,http/1.1");
  CHECK(sorted(Probed(http2.endpoint(), "--all").alpn()) == "h2 http/1.1");
}

TEST_CASE("probe D22: an expired certificate gets a verdict") {
  ServerFiles files;
  files("ca.pem", "ca days=-900..900");
  const Server server = nginx(certificate(files("old.pem", "issuer=ca.pem san=IP:127.0.0.1 days=-400..-10 with-key")));
  const Probed found(server.endpoint(), "--ca " + files("root.pem", "concat=ca.pem"));
  INFO(found.everything());
  CHECK(found.chain_verdict("dates") == "refused");
  CHECK(found.chain_verdict("host_matches") == "accepted");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D22: a private root that is sent along makes no self-signed certificate of a leaf") {
  ServerFiles files;
  const std::string root = files("root.pem", "ca cn=\"Example Root\"");
  const Server server =
      nginx(certificate(files("leaf.pem", "issuer=root.pem san=IP:127.0.0.1 eku=serverAuth with-root with-key")));
  const Probed unknown(server.endpoint());
  INFO(unknown.everything());
  CHECK(unknown.chain_verdict("trusted") == "refused");
  CHECK(unknown.chain_flag("extra_anchor"));
  CHECK_FALSE(unknown.chain_flag("self_signed"));
  const Probed known(server.endpoint(), "--ca " + root);
  INFO(known.everything());
  CHECK(known.chain_verdict("trusted") == "accepted");
  CHECK(known.chain_verdict("host_matches") == "accepted");
  CHECK(known.chain_verdict("ordered") == "accepted");
  CHECK(known.chain_verdict("complete") == "accepted");
}

TEST_CASE("probe D22: a missing intermediate, a wrong name and a wrong order are told") {
  ServerFiles files;
  const std::string root = files("root.pem", "ca");
  files("sub.pem", "ca issuer=root.pem");
  const Server lonely = nginx(certificate(files("lonely.pem", "issuer=sub.pem san=DNS:other.example with-key")));
  const Probed found(lonely.endpoint(), "--ca " + root);
  INFO(found.everything());
  CHECK(found.chain_verdict("trusted") == "refused");
  CHECK(found.chain_verdict("complete") == "refused");
  CHECK(found.chain_verdict("host_matches") == "refused");
}

}  // namespace
}  // namespace tlsward::tests
