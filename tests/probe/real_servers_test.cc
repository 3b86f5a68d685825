// Real servers of Debian's packages: what is found equals what they were configured with, and what Debian's sslscan and
// nmap find where those are right.
#include <map>
#include <string>

#include "tests/catch.h"
#include "tests/probe/everyday.h"
#include "tests/probe/peers.h"
#include "tests/probe/probed.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

/// Suites by version, as peers.h has them.
std::map<std::string, std::string> suites_of(const Probed& found) {
  std::map<std::string, std::string> lists;
  for (const char* version : {"1.3", "1.2", "1.1", "1.0", "SSL 3.0"})
    if (const std::string suites = sorted(found.suites(version)); !suites.empty()) lists[version] = suites;
  return lists;
}

TEST_CASE("probe: nginx with thirty suites, as sslscan and nmap see it") {
  ServerFiles files;
  const Server server = nginx(everyday_block(files));
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(found.versions() == "1.3 1.2");
  CHECK(found.versions("refused") == "1.1 1.0 SSL 3.0 SSL 2.0");
  CHECK(found.suites("1.2") == kEverydayTls12);
  CHECK(found.suites("1.3") == kEverydayTls13);
  CHECK(found.order("1.2") == "server");
  CHECK(found.order("1.3") == "server");
  CHECK(found.groups("1.2") == kEverydayGroups);
  CHECK(found.group_order("1.2") == "server");
  CHECK(sorted(found.groups("1.3")) == sorted(kEverydayGroups));
  CHECK(found.chains() == "RSA");
  CHECK(suites_of(found) == nmap_suites(server));
  CHECK(suites_of(found) == sslscan_suites(server));
  CHECK(sorted(found.groups("1.3")) == sslscan_groups(server));
  for (const char* yes : {"fallback-scsv", "secure-renegotiation", "extended-master-secret", "encrypt-then-mac"}) {
    INFO(yes);
    CHECK(found.verdict(yes) == "accepted");
  }
  for (const char* no : {"compression", "heartbeat", "heartbleed", "ocsp-stapling", "client-certificate-requested",
                         "post-quantum-groups", "npn"}) {
    INFO(no);
    CHECK(found.verdict(no) == "refused");
  }
  CHECK(found.heartbleed("1.2") == "refused");
}

TEST_CASE("probe: session tickets, session ids and TLS 1.3 resumption") {
  ServerFiles files;
  const Server with = nginx(everyday_block(files) + "ssl_session_cache shared:tests:1m;\n");
  const Probed found(with.endpoint(), "--all");
  INFO(found.everything());
  CHECK(found.verdict("session-ticket-resumption") == "accepted");
  CHECK(found.verdict("session-id-resumption") == "accepted");
  CHECK(found.verdict("tls13-resumption") == "accepted");
  CHECK(found.verdict("early-data") == "refused");
  const Server without = nginx(everyday_block(files) + "ssl_session_tickets off; ssl_session_cache off;\n");
  const Probed none(without.endpoint(), "--all");
  INFO(none.everything());
  CHECK(none.verdict("session-ticket-resumption") == "refused");
  CHECK(none.verdict("session-id-resumption") == "refused");
}

TEST_CASE("probe: early data, where nginx takes it") {
  ServerFiles files;
  const Server server = nginx(everyday_block(files) + "ssl_early_data on; ssl_session_cache shared:tests:1m;\n");
  CHECK(Probed(server.endpoint(), "--all").verdict("early-data") == "accepted");
}

TEST_CASE("probe: HAProxy with TLS 1.0 to 1.3") {
  ServerFiles files;
  const Server server = haproxy("ssl crt " + files("rsa.pem", kEverydayRecipe) +
                                " ssl-min-ver TLSv1.0 prefer-client-ciphers curves X25519:P-521 ciphers "
                                "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-SHA:AES128-SHA:@SECLEVEL=0 ciphersuites "
                                "TLS_AES_128_GCM_SHA256");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(suites_of(found) ==
        std::map<std::string, std::string>{
            {"1.3", "1301"}, {"1.2", "002f c014 c02f"}, {"1.1", "002f c014"}, {"1.0", "002f c014"}});
  CHECK(found.order("1.2") == "client");
  CHECK(sorted(found.groups("1.2")) == "0019 001d");
  CHECK(sorted(found.groups("1.3")) == "0019 001d");
  CHECK(suites_of(found) == nmap_suites(server));
  CHECK(suites_of(found) == sslscan_suites(server));
  CHECK(sorted(found.groups("1.3")) == sslscan_groups(server));
}

TEST_CASE("probe: stunnel with one version and RSA key exchange") {
  ServerFiles files;
  const Server server = stunnel("cert = " + files("rsa.pem", kEverydayRecipe) +
                                "\nsslVersion = TLSv1.2\nciphers = AES256-SHA256:AES128-SHA256\n"
                                "options = CIPHER_SERVER_PREFERENCE\n");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(suites_of(found) == std::map<std::string, std::string>{{"1.2", "003c 003d"}});
  CHECK(found.suites("1.2") == "003d 003c");
  CHECK(found.order("1.2") == "server");
  CHECK(suites_of(found) == nmap_suites(server));
}

TEST_CASE("probe: GnuTLS with its legacy, as nmap sees it") {
  ServerFiles files;
  const std::string pem = files("rsa.pem", kEverydayRecipe);
  const Server server = gnutls_serv(
      {"--x509certfile", pem, "--x509keyfile", pem, "--priority",
       "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:+VERS-TLS1.1:+VERS-TLS1.0:+3DES-CBC:+ARCFOUR-128:+CAMELLIA-128-CBC:"
       "+CAMELLIA-256-CBC:+CAMELLIA-128-GCM:+CAMELLIA-256-GCM:+NULL:+ANON-ECDH:+ANON-DH:+DHE-RSA:+RSA:+SHA1:+MD5:"
       "+SHA256:+SHA384"});
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(suites_of(found) == nmap_suites(server));
}

TEST_CASE("probe: NSS, as nmap sees it") {
  ServerFiles files;
  const Server server = nss_selfserv(files("rsa.p12", "rsa:2048 p12"), {"-V", "tls1.0:tls1.3", "-H", "1"});
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.order("1.2") == "server");
  CHECK(suites_of(found) == nmap_suites(server));
}

TEST_CASE("probe: s_server with RSA, ECDSA and the groups it was told") {
  ServerFiles files;
  const std::string rsa = files("rsa.pem", kEverydayRecipe), ecdsa = files("ecdsa.pem", "ec:p384 with-key");
  const Server server =
      openssl_s_server({"-cert", rsa, "-key", rsa, "-dcert", ecdsa, "-dkey", ecdsa, "-serverpref", "-groups",
                        "P-384:X448:ffdhe2048", "-cipher", "ECDHE+AESGCM", "-min_protocol", "TLSv1.2"});
  const Probed found(server.endpoint(), "--deadline 50");
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(found.suites("1.2") == "c02c c030 c02b c02f");
  CHECK(found.groups("1.2") == "0018 001e");
  CHECK(sorted(found.groups("1.3")) == "0018 001e 0100");
  CHECK(sorted(found.chains()) == "ECDSA RSA");
}

TEST_CASE("probe: Go") {
  if (!heavy_package("golang-go")) return;
  ServerFiles files;
  const std::string pem = files("rsa.pem", kEverydayRecipe);
  SECTION("as it comes") {
    const Server server = go_server({"-alpn", "h2,http/1.1", pem});
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.exit_code() == 0);
    CHECK(found.versions() == "1.3 1.2");
    CHECK(sorted(found.suites("1.3")) == "1301 1302 1303");
    CHECK(found.order("1.2") == "server");
    CHECK(sorted(found.groups("1.3")) == "0017 0018 0019 001d");
    CHECK(sorted(Probed(server.endpoint(), "--all").alpn()) == "h2 http/1.1");
    CHECK(suites_of(found) == nmap_suites(server));
    CHECK(suites_of(found) == sslscan_suites(server));
  }
  SECTION("D14: with a mandatory name") {
    const Server server = go_server({"-needs-name", "-groups", "0017", pem});
    const Probed nameless(server.endpoint());
    INFO(nameless.everything());
    CHECK(nameless.versions().empty());
    CHECK(nameless.exit_code() == 3);
    CHECK(Probed(server.endpoint(), "--sni localhost").versions() == "1.3 1.2");
  }
  SECTION("D16: with client certificates") {
    const Server server = go_server({"-client-certificate", "-max", "1.2", pem});
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.verdict("client-certificate-required") == "accepted");
    CHECK(suites_of(found) == nmap_suites(server));
    CHECK(found.exit_code() == 0);
  }
}

TEST_CASE("probe D7: Java") {
  if (!heavy_package("default-jdk-headless")) return;
  ServerFiles files;
  const std::string store = files("rsa.p12", "rsa:2048 p12");
  SECTION("as it comes") {
    const Server server = java_server({store});
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.exit_code() == 0);
    CHECK(found.versions() == "1.3 1.2");
    CHECK(found.versions("refused") == "1.1 1.0 SSL 3.0 SSL 2.0");
    CHECK(found.suites("1.3") == "1302 1301 1303");
    CHECK(suites_of(found) == nmap_suites(server));
  }
  SECTION("with all it has, export and anonymous suites included") {
    const Server server = java_server({store, "legacy"});
    const Probed found(server.endpoint(), "--deadline 50");
    INFO(found.everything());
    CHECK(found.exit_code() == 0);
    CHECK(found.versions() == "1.3 1.2 1.1 1.0 SSL 3.0");
    CHECK(found.versions("refused") == "SSL 2.0");
    CHECK(suites_of(found) == nmap_suites(server));
  }
}

TEST_CASE("probe: Node's post-quantum groups (D3, D4, D5)") {
  if (!heavy_package("npm")) return;
  ServerFiles files;
  const std::string rsa = files("rsa.pem", kEverydayRecipe), ecdsa = files("ecdsa.pem", "ec:p256 with-key");
  const auto node = [&](const std::string& groups) {
    return R"({"cert": [")" + rsa + R"(", ")" + ecdsa + R"("], "key": [")" + rsa + R"(", ")" + ecdsa +
           R"("], "honorCipherOrder": true, "ciphers": "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:)" +
           R"(TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20", "ecdhCurve": ")" + groups + R"("})";
  };
  SECTION("X25519MLKEM768 alone") {
    const Server server = node_server(node("X25519MLKEM768"));
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.versions() == "1.3");
    CHECK(sorted(found.suites("1.3")) == "1301 1302 1303");
    CHECK(found.groups("1.3") == "11ec");
    CHECK(found.no_chain().find("X25519MLKEM768") != std::string::npos);
    CHECK(found.exit_code() == 3);
  }
  SECTION("all eight") {
    const Server server = node_server(
        node("X25519MLKEM768:SecP256r1MLKEM768:SecP384r1MLKEM1024:MLKEM512:MLKEM768:MLKEM1024:X25519:P-256"));
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.exit_code() == 0);
    CHECK(sorted(found.groups("1.3")) == "0017 001d 0200 0201 0202 11eb 11ec 11ed");
    CHECK(sorted(found.groups("1.2")) == "0017 001d");
    CHECK(found.verdict("post-quantum-groups") == "accepted");
  }
  SECTION("X25519 with and without ML-KEM") {
    const Server server = node_server(node("X25519MLKEM768:X25519"));
    const Probed found(server.endpoint());
    INFO(found.everything());
    CHECK(found.exit_code() == 0);
    CHECK(found.suites("1.2") == "c02c c030 c02b c02f cca9 cca8");
    CHECK(sorted(found.groups("1.3")) == "001d 11ec");
    CHECK(found.groups("1.2") == "001d");
    CHECK(sorted(found.chains()) == "ECDSA RSA");
  }
}

}  // namespace
}  // namespace tlsward::tests
