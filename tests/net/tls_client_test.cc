// What a handshake tells, with OpenSSL's own server in a thread at the other end.
#include "net/tls_client.h"

#include <time.h>

#include <atomic>
#include <string>

#include "pki/verify.h"
#include "tests/net/served.h"

namespace tlsward {
namespace {

using net::Handshake;
using net::HandshakeOptions;
using test::identity;
using test::only;
using test::PeerSocket;
using test::Served;
using test::shake;

TEST_CASE("tls client: a handshake of TLS 1.3 tells what was negotiated") {
  const Served served({.identities = {identity()}, .alpn = {"h2"}});
  HandshakeOptions options;
  options.server_name = "api.example";
  options.alpn = {"h2", "http/1.1"};
  const Handshake told = shake(served.address(), options);
  INFO(told.problem);
  CHECK(told.finished);
  CHECK(told.problem.empty());
  CHECK(told.version == tls::kTls13);
  CHECK(tls::is_tls13(told.suite));
  CHECK(told.group == tls::kX25519);
  CHECK(told.signature == tls::SignatureScheme{0x0403});
  CHECK(told.alpn == "h2");
  CHECK(told.chain.size() == 1);
  CHECK_FALSE(told.certificate_requested);
  CHECK_FALSE(told.resumed);
  CHECK_FALSE(told.alert);
  CHECK_FALSE(told.failure);
}

TEST_CASE("tls client: a handshake of TLS 1.2 tells suite, curve, signature and extensions") {
  const Served served({.identities = {identity("cn=leaf rsa:2048")}});
  HandshakeOptions options = only(tls::kTls12);
  options.suites = {{0xc013}};
  options.groups = {tls::kP384};
  const Handshake told = shake(served.address(), options);
  INFO(told.problem);
  REQUIRE(told.finished);
  CHECK(told.version == tls::kTls12);
  CHECK(told.suite.code == 0xc013);
  CHECK(told.group == tls::kP384);
  REQUIRE(told.signature);
  CHECK(tls::name(*told.signature).starts_with("rsa_"));
  CHECK(told.secure_renegotiation);
  CHECK(told.extended_master_secret);
  CHECK(told.encrypt_then_mac);
  CHECK_FALSE(told.compression);
}

TEST_CASE("tls client: versions and suites that others gave up are still spoken") {
  const std::string pem = identity("cn=leaf rsa:2048");
  const Served served({.identities = {pem}, .ciphers = "ALL:eNULL", .encrypt_then_mac = false});
  for (const tls::Version version : {tls::kTls10, tls::kTls11}) {
    const Handshake told = shake(served.address(), only(version));
    INFO(told.problem);
    CHECK(told.finished);
    CHECK(told.version == version);
    CHECK_FALSE(told.encrypt_then_mac);
  }
  constexpr tls::CipherSuite kNull{0x0002}, kAnonymous{0x0034}, kRsaKeyExchange{0x003c};
  for (const tls::CipherSuite suite : {kNull, kAnonymous, kRsaKeyExchange}) {
    HandshakeOptions options = only(tls::kTls12);
    options.suites = {suite};
    const Handshake told = shake(served.address(), options);
    INFO(tls::name(suite) << ": " << told.problem);
    CHECK(told.finished);
    CHECK(told.suite == suite);
  }
}

TEST_CASE(
    "tls client: Diffie-Hellman is computed with short moduli and with long ones that have a name, not with others") {
  const auto told = [](int bits) {
    const Served served({.identities = {identity("cn=leaf rsa:2048")}, .dh_bits = bits});
    HandshakeOptions options = only(tls::kTls12);
    options.suites = {{0x009e}};
    return shake(served.address(), options);
  };
  CHECK(told(512).finished);
  CHECK(told(0).finished);
  const Handshake dear = told(4104);
  CHECK_FALSE(dear.finished);
  CHECK(dear.problem == "4104-bit Diffie-Hellman without a name takes too long; at most 4096 bits are computed");
  CHECK(dear.chain.size() == 1);
}

TEST_CASE("tls client: groups and signatures are asked for by number, and what OpenSSL lacks is left out") {
  const Served served({.identities = {identity("cn=a rsa:2048"), identity("cn=b")}});
  HandshakeOptions options;
  options.groups = {tls::kX25519MlKem768, {25}, {25}};
  options.signatures = {{0x0905}, {0x0806}, {0x0806}};
  const Handshake told = shake(served.address(), options);
  INFO(told.problem);
  CHECK(told.finished);
  CHECK(told.group == tls::kP521);
  CHECK(told.signature == tls::SignatureScheme{0x0806});
}

TEST_CASE("tls client: what this OpenSSL cannot ask for is not possible, and nothing is sent") {
  std::atomic<bool> received = false;
  test::Server server([&](PeerSocket& peer) { received = !peer.receive(1).empty(); });
  const auto told = [&](const HandshakeOptions& options) {
    const Handshake result = shake(server.address(), options);
    CHECK(result.not_possible);
    CHECK_FALSE(result.finished);
    CHECK_FALSE(result.failure);
    return result.problem;
  };
  HandshakeOptions options;
  options.groups = {tls::kX25519MlKem768};
  CHECK(told(options) == "this OpenSSL has none of the 1 groups, X25519MLKEM768 among them");
  options = {};
  options.suites = {{0x0004}};
  CHECK(told(options) == "this OpenSSL has none of the 1 suites for TLS 1.2 to TLS 1.3");
  options = only(tls::kTls13);
  options.suites = {{0xc02f}};
  CHECK(told(options) == "this OpenSSL has none of the 1 suites for TLS 1.3 to TLS 1.3");
  CHECK(told(only(tls::kSsl3)) == "this OpenSSL has no version from SSL 3.0 to SSL 3.0");
  options = {};
  options.signatures = {{0x0905}};
  CHECK(told(options) == "this OpenSSL has none of the 1 signature schemes, mldsa65 among them");
  options = only(tls::kTls11);
  options.suites = {{0xc02f}};
  CHECK(told(options) == "no ciphers available");
  options = {};
  options.alpn = {std::string(256, 'x')};
  CHECK(told(options) == "ALPN protocol of 256 bytes; 1 to 255");
  options = {};
  options.server_name = std::string(256, 'x');
  CHECK(told(options) == "server name of 256 bytes; at most 255");
  server.stop();
  CHECK_FALSE(received);
}

TEST_CASE("tls client: OpenSSL says what it can prove") {
  CHECK(net::openssl_has(tls::kTls10));
  CHECK(net::openssl_has(tls::kTls13));
  CHECK_FALSE(net::openssl_has(tls::kSsl2));
  CHECK_FALSE(net::openssl_has(tls::Version{0x0305}));
  CHECK(net::openssl_has(tls::kX448));
  CHECK(net::openssl_has(tls::Group{256}));
  CHECK_FALSE(net::openssl_has(tls::kX25519MlKem768));
}

TEST_CASE("tls client: stapled responses and timestamps are given in TLS 1.2 and 1.3") {
  const Served served({.identities = {identity()},
                       .ocsp_response = {0x30, 0x03, 0x0a, 0x01, 0x06},
                       .scts = {0x00, 0x03, 0x00, 0x01, 0xaa}});
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    const Handshake told = shake(served.address(), only(version));
    INFO(tls::name(version) << " " << told.problem);
    CHECK(told.finished);
    CHECK(told.ocsp_response == tls::wire::Bytes{0x30, 0x03, 0x0a, 0x01, 0x06});
    CHECK(pki::count_scts(told.scts) == 1);
    HandshakeOptions without = only(version);
    without.status_request = false;
    CHECK(shake(served.address(), without).ocsp_response.empty());
  }
}

TEST_CASE("tls client: the chain is what the server sent, in its order") {
  tests::Files file;
  file("root", "cn=Root ca");
  const std::string pem = file("leaf", "cn=leaf issuer=root chain with-root with-key");
  const tls::Bundle bundle = pki::read_bundle(pem);
  const Served served({.identities = {pem}});
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    const Handshake told = shake(served.address(), only(version));
    REQUIRE(told.chain.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string der(told.chain[i].begin(), told.chain[i].end());
      CHECK(pki::read_bundle(tests::pem("CERTIFICATE", der)).certificates.at(0).sha256 ==
            bundle.certificates[i].sha256);
    }
  }
}

TEST_CASE("tls client: a request is answered, and the answer's first bytes are kept") {
  const Served served({.identities = {identity()}});
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    HandshakeOptions options = only(version);
    options.request = "GET / HTTP/1.1\r\n\r\n";
    const Handshake told = shake(served.address(), options);
    INFO(told.problem);
    CHECK(told.first_reply == "HTTP/1.1 200 OK\r\n");
  }
}

TEST_CASE("tls client: of a long answer 4 KiB are kept") {
  const Served served({.identities = {identity()}}, [](SSL* ssl) {
    const std::string text(16'000, 'x');
    if (SSL_accept(ssl) == 1) SSL_write(ssl, text.data(), static_cast<int>(text.size()));
  });
  HandshakeOptions options;
  options.request = "?";
  CHECK(shake(served.address(), options).first_reply == std::string(4096, 'x'));
}

TEST_CASE("tls client: a handshake costs little beside its cryptography") {
  const Served served({.identities = {identity()}});
  const HandshakeOptions options;
  REQUIRE(shake(served.address(), options).finished);
  constexpr int kCount = 20;
  timespec before{}, after{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  for (int i = 0; i < kCount; ++i) shake(served.address(), options);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  const double milliseconds = (static_cast<double>(after.tv_sec - before.tv_sec) * 1e3 +
                               static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e6) /
                              kCount;
  INFO(milliseconds << " ms of this thread for each handshake");
  CHECK(milliseconds < 20);
}

}  // namespace
}  // namespace tlsward
