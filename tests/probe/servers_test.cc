// The servers of the tests themselves, judged by programs that are not ours: openssl s_client, nmap, the shell.
#include "tests/servers.h"

#include <string>

#include "tests/catch.h"

namespace tlsward::tests {
namespace {

constexpr char kRsaRecipe[] = "rsa:2048 san=DNS:localhost,IP:127.0.0.1";

std::string shell(const std::string& command) {
  const ProcessResult result = run_shell(command, "/");
  return result.out + result.err;
}

/// What `openssl s_client` prints of its handshake with `server`.
std::string s_client(const Server& server, const std::string& options = "") {
  return shell("openssl s_client -connect " + server.endpoint() + " " + options + " </dev/null");
}

std::string nmap(const Server& server, const std::string& scripts) {
  return shell("nmap -Pn -n -p " + std::to_string(server.port()) + " --script '" + scripts + "' 127.0.0.1");
}

bool contains(const std::string& text, const std::string& part) {
  INFO(text << "\nlacks: " << part);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}

std::string rsa_block(ServerFiles& files) {
  const std::string pem = files("rsa.pem", std::string(kRsaRecipe) + " with-key");
  return "ssl_certificate " + pem + "; ssl_certificate_key " + pem + "; ssl_protocols TLSv1.2 TLSv1.3;";
}

TEST_CASE("servers: what a process prints can be waited for") {
  const TemporaryDirectory directory;
  const ChildProcess child({"sh", "-c", "echo out; echo err >&2; cat"}, directory.path());
  child.wait_until([&] { return child.output() == "out\nerr\n"; }, std::chrono::seconds(10));
}

TEST_CASE("servers: a server is gone when its object is gone") {
  std::uint16_t port = 0;
  {
    const Server server = rude({"silent"});
    port = server.port();
    CHECK(accepts_connections(port));
  }
  CHECK_FALSE(accepts_connections(port));
}

TEST_CASE("servers: a reserved port is given to nobody else, and its holder does not answer") {
  const PortReservation first, second;
  CHECK(first.port() != second.port());
  CHECK_FALSE(accepts_connections(first.port()));
}

TEST_CASE("servers: nginx, haproxy, stunnel, s_server and gnutls-serv shake hands") {
  ServerFiles files;
  const std::string pem = files("rsa.pem", std::string(kRsaRecipe) + " with-key");
  SECTION("nginx") {
    const Server server = nginx("ssl_certificate " + pem + "; ssl_certificate_key " + pem + "; ssl_protocols TLSv1.3;");
    contains(s_client(server), "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384");
  }
  SECTION("haproxy") {
    const Server server = haproxy("ssl crt " + pem + " ciphers ECDHE-RSA-AES128-GCM-SHA256 ssl-max-ver TLSv1.2");
    contains(s_client(server), "New, TLSv1.2, Cipher is ECDHE-RSA-AES128-GCM-SHA256");
  }
  SECTION("stunnel") {
    const Server server = stunnel("cert = " + pem + "\nsslVersionMax = TLSv1.2\n");
    contains(s_client(server), "New, TLSv1.2, Cipher is");
  }
  SECTION("openssl s_server") {
    const Server server = openssl_s_server({"-cert", pem, "-tls1_2", "-cipher", "AES128-SHA256"});
    contains(s_client(server), "New, TLSv1.2, Cipher is AES128-SHA256");
  }
  SECTION("gnutls-serv") {
    const Server server = gnutls_serv({"--x509certfile", pem, "--x509keyfile", pem, "--priority",
                                       "NONE:+VERS-TLS1.0:+3DES-CBC:+RSA:+SHA1:+COMP-NULL:+SIGN-ALL:+CTYPE-X509"});
    contains(nmap(server, "ssl-enum-ciphers"), "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
  }
  SECTION("selfserv") {
    const Server server = nss_selfserv(files("rsa.p12", std::string(kRsaRecipe) + " p12"), {"-V", "tls1.2:tls1.2"});
    contains(s_client(server), "New, TLSv1.2, Cipher is ECDHE-RSA");
  }
}

TEST_CASE("servers: Go shakes hands, and refuses nameless hellos where it is told to") {
  if (!heavy_package("golang-go")) return;
  ServerFiles files;
  const Server server =
      go_server({"-max", "1.2", "-needs-name", files("rsa.pem", std::string(kRsaRecipe) + " with-key")});
  contains(s_client(server, "-servername localhost"), "New, TLSv1.2, Cipher is ECDHE-RSA");
  contains(s_client(server, "-noservername"), "alert internal error");
}

TEST_CASE("servers: Java shakes hands") {
  if (!heavy_package("default-jdk-headless")) return;
  ServerFiles files;
  const Server server = java_server({files("rsa.p12", std::string(kRsaRecipe) + " p12"), "legacy"});
  contains(s_client(server, "-tls1_2 -cipher AES128-SHA"), "New, SSLv3, Cipher is AES128-SHA");
}

TEST_CASE("servers: Node's OpenSSL has post-quantum groups") {
  if (!heavy_package("npm")) return;
  ServerFiles files;
  const std::string pem = files("rsa.pem", std::string(kRsaRecipe) + " with-key");
  const Server server =
      node_server(R"({"cert": ")" + pem + R"(", "key": ")" + pem + R"(", "ecdhCurve": "X25519MLKEM768:X25519"})");
  contains(s_client(server, "-groups X25519"), "New, TLSv1.3");
  const Server hybrids = node_server(R"({"cert": ")" + pem + R"(", "key": ")" + pem + R"(", "ecdhCurve": "MLKEM512"})");
  contains(s_client(hybrids), "alert handshake failure");
}

TEST_CASE("servers: the raw server offers what its description says, as nmap sees it") {
  const Server server = raw_tls(R"({"versions": {
      "ssl3": "000a 0005", "tls1.0": "c014 0033", "tls1.2": "c02f 00a8 003b", "tls1.3": "1301 c0b4"},
      "sslv2": "010080 0700c0", "dh": 1024, "compression": true})");
  const std::string report = nmap(server, "ssl-enum-ciphers,sslv2,ssl-dh-params");
  for (const char* part :
       {"SSLv3:", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA",
        "TLSv1.0:", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA (secp256r1)", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA (dh 1024)",
        "TLSv1.2:", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_PSK_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_NULL_SHA256", "TLSv1.3:", "TLS_AKE_WITH_AES_128_GCM_SHA256", "DEFLATE", "SSL2_RC4_128_WITH_MD5",
        "SSL2_DES_192_EDE3_CBC_WITH_MD5", "RFC2409/Oakley Group 2"}) {
    contains(report, part);
  }
  CHECK(report.find("TLSv1.1:") == std::string::npos);
}

TEST_CASE("servers: the raw server shows its heart where it leaks, and not where it is healthy") {
  const std::string versions = R"("versions": {"tls1.2": "c02f 002f"})";
  const Server leaks = raw_tls("{" + versions + R"(, "heartbeat": "leaks"})");
  contains(nmap(leaks, "ssl-heartbleed"), "State: VULNERABLE");
  const Server healthy = raw_tls("{" + versions + R"(, "heartbeat": "healthy"})");
  CHECK(nmap(healthy, "ssl-heartbleed").find("VULNERABLE") == std::string::npos);
  contains(s_client(healthy, "-trace -cipher AES128-SHA"), "extension_type=renegotiate");
}

TEST_CASE("servers: the raw server answers hellos by the book") {
  ServerFiles files;
  const std::string rsa = files("rsa.pem", kRsaRecipe);
  const Server server = raw_tls(R"({"versions": {"tls1.1": "c014", "tls1.2": "c030 c02f", "tls1.3": "1302"},
      "groups": {"tls1.2": "001d", "tls1.3": "001d"}, "certificates": {"rsa": ")" +
                                rsa + R"("},
      "alpn": ["h2"], "extensions": ["extended_master_secret", "renegotiation_info"]})");
  const std::string tls12 = s_client(server, "-tls1_2 -trace -alpn h2,http/1.1");
  for (const char* part : {"cipher_suite {0xC0, 0x30}", "named_curve: ecdh_x25519",
                           "extension_type=extended_master_secret", "Subject: CN = rsa.pem", "ServerKeyExchange"}) {
    contains(tls12, part);
  }
  contains(s_client(server, "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256 -trace"), "cipher_suite {0xC0, 0x2F}");
  contains(s_client(server, "-tls1_2 -cipher AES128-SHA"), "alert handshake failure");
  contains(s_client(server, "-tls1_2 -curves P-256"), "alert handshake failure");
  contains(s_client(server, "-tls1_2 -alpn http/1.1"), "alert no application protocol");
  contains(s_client(server, "-tls1_2 -fallback_scsv"), "alert inappropriate fallback");
  contains(s_client(server, "-tls1 -cipher ALL:@SECLEVEL=0"), "alert protocol version");
  contains(s_client(server, "-tls1_3 -groups P-256:X25519 -trace"), "NamedGroup: ecdh_x25519 (29)");
  contains(s_client(server, "-tls1_3 -groups P-256"), "alert handshake failure");
}

TEST_CASE("servers: the raw server says no as it is told to") {
  const auto refusing = [](const std::string& how) {
    return R"({"versions": {"tls1.2": "c02f"}, "refuse": ")" + how + R"("})";
  };
  const Server closing = raw_tls(refusing("close")), resetting = raw_tls(refusing("reset"));
  contains(s_client(closing, "-tls1_3"), "unexpected eof");
  contains(s_client(resetting, "-tls1_3"), "errno=104");
  const Server silent = raw_tls(refusing("silence"));
  CHECK(
      run_shell("timeout 0.5 openssl s_client -tls1_3 -connect " + silent.endpoint() + " </dev/null", "/").exit_code ==
      124);
}

TEST_CASE("servers: a front lets five connections a second through") {
  ServerFiles files;
  const Server backend = nginx(rsa_block(files));
  const Server limited = front(backend.port(), {"--rate", "5"});
  // All at once: one after the other they may take longer than the second.
  const std::string all =
      shell("for i in 1 2 3 4 5 6 7; do (openssl s_client -connect " + limited.endpoint() +
            " </dev/null 2>&1 | grep -o -e 'New, TLSv1.3' -e errno=104 -e 'unexpected eof') & done; wait");
  std::size_t through = 0;
  for (std::size_t at = all.find("New"); at != std::string::npos; at = all.find("New", at + 1)) ++through;
  INFO(all);
  CHECK(through == 5);
}

TEST_CASE("servers: a front refuses hellos that it cannot stand") {
  ServerFiles files;
  const Server backend = nginx(rsa_block(files));
  const auto behind = [&](const std::vector<std::string>& options, const std::string& client) {
    const Server server = front(backend.port(), options);
    return s_client(server, client);
  };
  const std::string large = " -alpn " + std::string(255, 'a') + "," + std::string(100, 'b');
  contains(behind({"--refuse", "size:512"}, large), "unexpected eof");
  contains(behind({"--refuse", "size:512"}, ""), "New, TLSv1.3");
  contains(behind({"--refuse", "above:0303"}, "-tls1_3"), "unexpected eof");
  contains(behind({"--refuse", "above:0303"}, "-tls1_2"), "New, TLSv1.2");
  contains(behind({"--refuse", "suites:2", "--how", "reset"}, "-tls1_3"), "errno=104");
  contains(behind({"--refuse", "no-name", "--how", "alert:112"}, "-noservername"), "alert number 112");
  contains(behind({"--refuse", "no-name", "--how", "alert:112"}, "-servername a"), "New, TLSv1.3");
  contains(behind({"--refuse", "extension"}, "-tls1_2"), "unexpected eof");
}

TEST_CASE("servers: a front resets, dribbles, hides refusals and serves one at a time") {
  ServerFiles files;
  const Server backend = nginx(rsa_block(files));
  const std::string old = "timeout 0.5 openssl s_client -tls1 -cipher ALL:@SECLEVEL=0 -connect ";
  SECTION("every second connection is reset") {
    const Server server = front(backend.port(), {"--reset-every", "2"});
    contains(s_client(server), "New, TLSv1.3");
    contains(s_client(server), "errno=104");
    contains(s_client(server), "New, TLSv1.3");
  }
  SECTION("dribbling takes a millisecond a byte") {
    const Server server = front(backend.port(), {"--dribble", "400"});
    const auto start = std::chrono::steady_clock::now();
    contains(s_client(server), "New, TLSv1.3");
    CHECK(std::chrono::steady_clock::now() - start > std::chrono::milliseconds(400));
  }
  SECTION("a refused hello gets no answer") {
    const Server server = front(backend.port(), {"--hide-refusals"});
    contains(s_client(server), "New, TLSv1.3");
    CHECK(run_shell(old + server.endpoint() + " </dev/null", "/").exit_code == 124);
  }
  SECTION("one connection at a time") {
    const Server server = front(backend.port(), {"--serial"});
    const std::string both = shell("(sleep 0.3 | openssl s_client -quiet -no_ign_eof -connect " + server.endpoint() +
                                   " 2>/dev/null; echo first) & (openssl s_client -connect " + server.endpoint() +
                                   " </dev/null >/dev/null 2>&1; echo second) & wait");
    CHECK(both.size() == std::string("first\nsecond\n").size());
    contains(s_client(server), "New, TLSv1.3");
  }
}

TEST_CASE("servers: rude servers are rude") {
  const auto first_words = [](const std::vector<std::string>& mode) {
    const Server server = rude(mode);
    return shell("openssl s_client -connect " + server.endpoint() + " </dev/null 2>&1 | head -c 4000");
  };
  contains(first_words({"close"}), "no peer certificate available");
  contains(first_words({"reset"}), "errno=104");
  contains(first_words({"http"}), "wrong version number");
  contains(first_words({"garbage"}), "wrong version number");
  contains(first_words({"bad-record"}), "packet length too long");
  contains(first_words({"bad-hello"}), "length mismatch");
  contains(first_words({"half-close"}), "unexpected eof");
  contains(first_words({"flood"}), "tls_process_server_certificate");
  contains(first_words({"flood-alerts"}), "too many warn alerts");
  for (const char* mode : {"silent", "half", "tarpit"}) {
    const Server server = rude({mode});
    CHECK(run_shell("timeout 0.3 openssl s_client -connect " + server.endpoint() + " </dev/null", "/").exit_code ==
          124);
  }
  const Server ssh = rude({"say", "SSH-2.0-x\\r\\n"});
  CHECK(shell("timeout 0.3 cat < /dev/null; bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + std::to_string(ssh.port()) +
              "; read -r line <&3; echo \"$line\"'") == "SSH-2.0-x\r\n");
}

}  // namespace
}  // namespace tlsward::tests
