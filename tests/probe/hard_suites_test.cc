// Servers whose versions, suites and groups scanners get wrong (D3 to D12, D14, D16, D23 and D24 of the hard cases).
// Each test states what is true of the server.
#include <string>

#include "tests/catch.h"
#include "tests/probe/everyday.h"
#include "tests/probe/probed.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

TEST_CASE("probe D3: a server with X25519MLKEM768 only is told, and why its chain is not") {
  const Server server = raw_tls(R"({"versions": {"tls1.3": "1302 1303 1301"}, "groups": {"tls1.3": "11ec"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions() == "1.3");
  CHECK(found.versions("refused") == "1.2 1.1 1.0 SSL 3.0 SSL 2.0");
  CHECK(found.suites("1.3") == "1302 1303 1301");
  CHECK(found.order("1.3") == "server");
  CHECK(found.groups("1.3") == "11ec");
  CHECK(found.complete("1.3"));
  CHECK(found.verdict("post-quantum-groups") == "accepted");
  CHECK(found.chains().empty());
  CHECK(found.no_chain().find("X25519MLKEM768") != std::string::npos);
  CHECK(found.exit_code() == 3);
}

TEST_CASE("probe D4: eight groups, six of them post-quantum") {
  constexpr char kGroups[] = "11ec 11eb 11ed 0200 0201 0202 001d 0017";
  const Server server =
      raw_tls(std::string(R"({"versions": {"tls1.3": "1301"}, "groups": {"tls1.3": ")") + kGroups + R"("}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(sorted(found.groups("1.3")) == sorted(kGroups));
  CHECK(found.complete("1.3"));
}

TEST_CASE("probe D4: a server that prefers its own groups is told so, in its order") {
  const Server server = raw_tls(R"({"versions": {"tls1.3": "1301 1302"}, "groups": {"tls1.3": "0018 11ec 0017 001d"},
      "group_order": "server", "retry_first": true})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.groups("1.3") == "0018 11ec 0017 001d");
  CHECK(found.group_order("1.3") == "server");
}

TEST_CASE("probe D5: suites of both certificates are found where X25519 is the only group") {
  ServerFiles files;
  const Server server =
      nginx(certificate(files("rsa.pem", "rsa:2048 with-key")) + certificate(files("ecdsa.pem", "ec:p256 with-key")) +
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519; ssl_prefer_server_ciphers on;"
            "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.suites("1.2") == "c02c c030 c02b c02f cca9 cca8");
  CHECK(found.groups("1.2") == "001d");
  CHECK(found.groups("1.3") == "001d");
  CHECK(sorted(found.chains()) == "ECDSA RSA");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D6: an Ed25519 certificate") {
  ServerFiles files;
  const Server server = nginx(certificate(files("ed.pem", "ed25519 with-key")) +
                              "ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on;"
                              "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES;");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.suites("1.2") == "c02c c02b cca9 c0af c0ad c0ae c0ac c024 c023 c00a c009");
  CHECK(found.suites("1.3") == kEverydayTls13);
  CHECK(found.chains() == "EdDSA");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D8: NSS, which sends its whole flight in one record") {
  ServerFiles files;
  const Server server = nss_selfserv(files("rsa.p12", "rsa:2048 p12"), {"-V", "tls1.0:tls1.3", "-H", "1"});
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(found.versions() == "1.3 1.2 1.1 1.0");
  CHECK(sorted(found.suites("1.3")) == "1301 1302 1303");
  CHECK(sorted(found.suites("1.2")) ==
        "0004 0005 000a 0016 002f 0033 0035 0039 003c 003d 0067 006b 009c 009d 009e 009f c013 c014 c027 c02f c030 cca8 "
        "ccaa");
}

TEST_CASE("probe D9: suites that are answered and cannot be finished are listed: PSK, and NULL in TLS 1.3") {
  const Server server =
      raw_tls(R"({"versions": {"tls1.2": "c02f 00a8 00ae d001 c030 002c", "tls1.3": "1301 c0b4 c0b5"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.suites("1.2") == "c02f 00a8 00ae d001 c030 002c");
  CHECK(found.suites("1.3") == "1301 c0b4 c0b5");
}

TEST_CASE("probe D10: SSL 3.0, and suites that the version should not have") {
  const Server server = raw_tls(R"({"versions": {
      "ssl3": "0035 002f 0005 0004 000a 0016 0039 0033",
      "tls1.0": "c014 c077 c076 0035", "tls1.1": "c014 c077 c076 0035", "tls1.2": "c02f c077 c076"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions() == "1.2 1.1 1.0 SSL 3.0");
  CHECK(found.suites("SSL 3.0") == "0035 002f 0005 0004 000a 0016 0039 0033");
  CHECK(found.suites("1.0") == "c014 c077 c076 0035");
  CHECK(found.suites("1.1") == "c014 c077 c076 0035");
  CHECK(found.suites("1.2") == "c02f c077 c076");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D11: GnuTLS with everything that it still has") {
  ServerFiles files;
  const std::string pem = files("rsa.pem", "rsa:2048 with-key");
  const Server server = gnutls_serv(
      {"--x509certfile", pem, "--x509keyfile", pem, "--priority",
       "NONE:+VERS-TLS1.2:+VERS-TLS1.1:+VERS-TLS1.0:+CTYPE-X509:+COMP-NULL:+SIGN-ALL:+GROUP-ALL:+RSA:+DHE-RSA:"
       "+ECDHE-RSA:+ANON-ECDH:+ANON-DH:+CAMELLIA-256-GCM:+CAMELLIA-128-CBC:+3DES-CBC:+ARCFOUR-128:+NULL:+AEAD:+SHA1:"
       "+SHA256:+MD5"});
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(found.versions() == "1.2 1.1 1.0");
  CHECK(sorted(found.suites("1.0")) ==
        "0001 0002 0004 0005 000a 0016 0018 001b 0041 0045 0046 c010 c011 c012 c015 c016 c017");
  CHECK(sorted(found.suites("1.1")) == sorted(found.suites("1.0")));
  CHECK(sorted(found.suites("1.2")) ==
        "0001 0002 0004 0005 000a 0016 0018 001b 003b 0041 0045 0046 00ba 00be 00bf c010 c011 c012 c015 c016 c017 c076 "
        "c07b c07d c085 c08b");
}

TEST_CASE("probe D12: SSL 3.0 alone, one connection at a time, forty suites") {
  const std::string forty =
      "0039 0038 0037 0036 0035 0033 0032 0031 0030 002f 0088 0087 0086 0085 0084 0045 0044 0043 0042 0041 009a 0099 "
      "0098 "
      "0097 0096 0007 0005 0004 0016 0013 0010 000d 000a 0015 0012 0009 0014 0011 0008 0006";
  const Server backend = raw_tls(R"({"versions": {"ssl3": ")" + forty + R"("}})");
  const Server server = front(backend.port(), {"--serial"});
  const Probed found(server.endpoint(), "--deadline 50");
  INFO(found.everything());
  CHECK(found.versions() == "SSL 3.0");
  CHECK(found.versions("refused") == "1.3 1.2 1.1 1.0 SSL 2.0");
  CHECK(found.suites("SSL 3.0") == forty);
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D14: a HelloRetryRequest before the refusal is no acceptance") {
  const Server server = raw_tls(R"({"versions": {"tls1.2": "c02f", "tls1.3": "1301 1302 1303"}, "needs_name": 80,
      "groups": {"tls1.2": "0017", "tls1.3": "0017"}})");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.versions().empty());
  CHECK(found.suites("1.3").empty());
  CHECK(found.exit_code() == 3);
  const Probed named(server.endpoint(), "--sni api.example");
  INFO(named.everything());
  CHECK(named.versions() == "1.3 1.2");
  CHECK(named.suites("1.3") == "1301 1302 1303");
}

TEST_CASE("probe D16: a server that requires a client certificate shows its suites all the same") {
  ServerFiles files;
  const std::string ca = files("ca.pem", "ca cn=\"Example Clients CA\"");
  const Server server = haproxy("ssl crt " + files("rsa.pem", "rsa:2048 with-key") + " ca-file " + ca +
                                " verify required ciphers ECDHE+AESGCM:RSA+AESGCM ssl-min-ver TLSv1.2");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.suites("1.2") == "c030 c02f 009d 009c");
  CHECK(sorted(found.suites("1.3")) == "1301 1302 1303");
  CHECK(found.verdict("client-certificate-requested") == "accepted");
  CHECK(found.verdict("client-certificate-required") == "accepted");
  CHECK(found.client_cas() == "CN=Example Clients CA");
  CHECK(found.chains() == "RSA");
  CHECK(found.exit_code() == 0);
  const std::string client = files("client.pem", "issuer=ca.pem with-key");
  const Probed with_certificate(server.endpoint(), "--cert " + client + " --key " + client);
  INFO(with_certificate.everything());
  CHECK(with_certificate.suites("1.2") == "c030 c02f 009d 009c");
}

TEST_CASE("probe D23: a server that follows its clients has no order") {
  ServerFiles files;
  const Server server = nginx(certificate(files("rsa.pem", kEverydayRecipe)) +
                              "ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off;"
                              "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:RSA+AESGCM;");
  const Probed found(server.endpoint());
  INFO(found.everything());
  CHECK(found.order("1.2") == "client");
  CHECK(found.order("1.3") == "client");
  CHECK(sorted(found.suites("1.2")) == "009c 009d c02f c030 cca8");
  CHECK(sorted(found.suites("1.3")) == "1301 1302 1303");
  CHECK(found.verdict("secure-renegotiation") == "accepted");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D24: TLS 1.3 has a list of signature algorithms of its own") {
  ServerFiles files;
  const Server server = nginx(certificate(files("rsa.pem", kEverydayRecipe)) +
                              "ssl_protocols TLSv1.2 TLSv1.3;"
                              "ssl_conf_command SignatureAlgorithms RSA-PSS+SHA256:RSA-PSS+SHA384:RSA+SHA256;");
  const Probed found(server.endpoint(), "--all");
  INFO(found.everything());
  CHECK(sorted(found.signatures("1.2")) == "0401 0804 0805");
  CHECK(sorted(found.signatures("1.3")) == "0804 0805");
  CHECK(found.exit_code() == 0);
}

}  // namespace
}  // namespace tlsward::tests
