// Finished handshakes with OpenSSL's own server in a thread, and with servers that do not finish.
#include "net/tls_client.h"

#include <signal.h>
#include <time.h>

#include <array>
#include <atomic>
#include <functional>
#include <random>
#include <string>

#include "net/connect.h"
#include "pki/openssl_error.h"
#include "pki/verify.h"
#include "pki/verify_reason.h"
#include "tests/net/peer.h"
#include "tests/net/tls_server.h"
#include "tests/pki/bundles.h"
#include "tests/process.h"

namespace tlsward {
namespace {

using net::Handshake;
using net::HandshakeOptions;
using test::PeerSocket;
using test::ServerSetup;
using test::soon;
using test::TlsServer;
using test::WantsCertificate;

std::string identity(const std::string& spec = "cn=leaf") {
  return tests::Files()(spec + " with-key");
}

Task<Handshake> connect_and_shake(net::Loop& loop, net::Address address, HandshakeOptions options,
                                  net::Deadline deadline) {
  auto stream = co_await net::connect(loop, address, deadline);
  if (!stream) co_return Handshake{};
  co_return co_await net::shake_hands(std::move(*stream), std::move(options), deadline);
}

Handshake shake(const net::Address& address, HandshakeOptions options, net::Deadline deadline = soon()) {
  net::Loop loop;
  return test::await(loop, connect_and_shake(loop, address, std::move(options), deadline));
}

/// Answers one request, if it comes to that.
void serve_politely(SSL* ssl) {
  std::array<char, 1024> buffer{};
  if (SSL_accept(ssl) != 1) return;
  if (SSL_read(ssl, buffer.data(), buffer.size()) > 0) SSL_write(ssl, "HTTP/1.1 200 OK\r\n", 17);
  SSL_shutdown(ssl);
}

/// OpenSSL writes to sockets without asking for EPIPE alone.
void ignore_broken_pipes_in_this_thread() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

/// A TLS server on a port.
class Served {
 public:
  explicit Served(ServerSetup setup, std::function<void(SSL*)> manner = serve_politely)
      : tls_(std::move(setup)), server_([this, manner = std::move(manner)](PeerSocket& peer) {
          ignore_broken_pipes_in_this_thread();
          const test::ServerPtr ssl = tls_.connection();
          SSL_set_fd(ssl.get(), peer.fd());
          manner(ssl.get());
          pki::drop_openssl_errors();
        }) {}
  const net::Address& address() const { return server_.address(); }

 private:
  TlsServer tls_;
  test::Server server_;
};

HandshakeOptions only(tls::Version version) {
  HandshakeOptions options;
  options.min_version = options.max_version = version;
  return options;
}

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

TEST_CASE("tls client: sessions of TLS 1.2 are resumed by id and by ticket") {
  for (const bool tickets : {false, true}) {
    INFO("tickets: " << tickets);
    const Served served({.identities = {identity()}});
    HandshakeOptions options = only(tls::kTls12);
    options.tickets = tickets;
    const Handshake first = shake(served.address(), options);
    REQUIRE(first.finished);
    REQUIRE(first.session);
    CHECK(first.session_is_ticket == tickets);
    CHECK(first.ticket_lifetime.has_value() == tickets);
    if (tickets) CHECK(first.ticket_lifetime == 300u);
    options.session = first.session;
    const Handshake second = shake(served.address(), options);
    CHECK(second.finished);
    CHECK(second.resumed);
    CHECK(second.chain.empty());
    CHECK(second.session);
  }
}

TEST_CASE("tls client: sessions of TLS 1.3 are resumed by the ticket that comes after the handshake") {
  const Served served({.identities = {identity()}});
  HandshakeOptions options = only(tls::kTls13);
  options.wait_after = std::chrono::seconds(10);
  const Handshake first = shake(served.address(), options);
  REQUIRE(first.finished);
  REQUIRE(first.session);
  CHECK(first.problem.empty());
  CHECK(first.session_is_ticket);
  CHECK(first.ticket_lifetime == 300u);
  CHECK(first.max_early_data == 0);
  options.session = first.session;
  const Handshake second = shake(served.address(), options);
  CHECK(second.finished);
  CHECK(second.resumed);
}

TEST_CASE("tls client: a server without session cache and tickets gives no session") {
  const Served served({.identities = {identity()}, .tickets = false}, [](SSL* ssl) {
    SSL_CTX_set_session_cache_mode(SSL_get_SSL_CTX(ssl), SSL_SESS_CACHE_OFF);
    serve_politely(ssl);
  });
  const Handshake told = shake(served.address(), only(tls::kTls12));
  CHECK(told.finished);
  CHECK_FALSE(told.session);
  CHECK_FALSE(told.ticket_lifetime);
}

/// Takes early data and answers it.
void serve_early(SSL* ssl, std::string& early) {
  std::array<char, 1024> buffer{};
  for (;;) {
    std::size_t size = 0;
    const int got = SSL_read_early_data(ssl, buffer.data(), buffer.size(), &size);
    if (got == SSL_READ_EARLY_DATA_ERROR) return;
    early.append(buffer.data(), size);
    if (got == SSL_READ_EARLY_DATA_FINISH) break;
  }
  serve_politely(ssl);
}

TEST_CASE("tls client: early data is sent with a session that allows it, and accepted") {
  std::string early;
  const auto told = [&](std::uint32_t allowed) {
    Served served({.identities = {identity()}, .max_early_data = allowed}, [&](SSL* ssl) { serve_early(ssl, early); });
    HandshakeOptions options = only(tls::kTls13);
    options.wait_after = std::chrono::seconds(10);
    const Handshake first = shake(served.address(), options);
    INFO(first.problem);
    REQUIRE(first.session);
    CHECK(first.max_early_data == allowed);
    options.session = first.session;
    options.early_data = {'h', 'e', 'l', 'l', 'o'};
    return shake(served.address(), options);
  };
  const Handshake accepted = told(16'384);
  CHECK(accepted.finished);
  CHECK(accepted.resumed);
  CHECK(accepted.early_data_accepted);
  CHECK(early == "hello");
  early.clear();
  const Handshake refused = told(0);
  CHECK(refused.finished);
  CHECK(refused.resumed);
  CHECK_FALSE(refused.early_data_accepted);
  CHECK(early.empty());
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

/// A directory with a client's files.
struct ClientFiles {
  tests::TemporaryDirectory directory;
  tests::Files file;

  ClientFiles() {
    file("clients", "cn=Clients ca");
    directory.write("both.pem", file("client", "cn=client issuer=clients with-key"));
    directory.write("cert.pem", file("client", "cn=client issuer=clients key-of=client"));
    directory.write("key.pem", file("key", "key-of=client key-only"));
    directory.write("locked.pem", file("key", "key-of=client key-only encrypted"));
    directory.write("client.p12", file("client", "cn=client issuer=clients key-of=client p12"));
    directory.write("other.pem", file("other", "key-only"));
  }
  Result<std::shared_ptr<const net::ClientIdentity>> read(const std::string& certificate, const std::string& key = "",
                                                          const std::string& passphrase = "") const {
    return net::read_client_identity(directory.path() + "/" + certificate,
                                     key.empty() ? "" : directory.path() + "/" + key, passphrase);
  }
  std::string error(const std::string& certificate, const std::string& key = "",
                    const std::string& passphrase = "") const {
    const auto identity = read(certificate, key, passphrase);
    REQUIRE_FALSE(identity);
    std::string text = identity.error().message;
    const std::string prefix = directory.path() + "/";
    for (std::size_t at; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
    return text;
  }
};

TEST_CASE("tls client: a server that requires a certificate says so, in TLS 1.3 after the handshake") {
  const Served served({.identities = {identity()}, .client_certificate = WantsCertificate::Required});
  const Handshake old = shake(served.address(), only(tls::kTls12));
  CHECK_FALSE(old.finished);
  CHECK(old.certificate_requested);
  CHECK(old.alert == tls::wire::Alert{2, 40});
  CHECK(old.problem == "alert handshake_failure");
  CHECK(old.chain.size() == 1);

  for (const char* request : {"", "GET / HTTP/1.1\r\n\r\n"}) {
    HandshakeOptions options = only(tls::kTls13);
    options.request = request;
    options.wait_after = std::chrono::seconds(10);
    const Handshake told = shake(served.address(), options);
    CHECK(told.finished);
    CHECK(told.certificate_requested);
    CHECK(told.alert == tls::wire::Alert{2, 116});
    CHECK(told.problem == "alert certificate_required");
    CHECK_FALSE(told.session);
    CHECK(told.first_reply.empty());
  }
}

TEST_CASE("tls client: a server that only asks for a certificate goes on without") {
  tests::Files file;
  const Served served({.identities = {identity()},
                       .client_certificate = WantsCertificate::Optional,
                       .client_authorities = file("clients", "cn=Clients ca")});
  for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
    HandshakeOptions options = only(version);
    options.wait_after = std::chrono::seconds(10);
    const Handshake told = shake(served.address(), options);
    CHECK(told.finished);
    CHECK(told.problem.empty());
    CHECK(told.certificate_requested);
    REQUIRE(told.authorities.size() == 1);
    CHECK(pki::distinguished_name(told.authorities[0]) == "CN=Clients");
    CHECK(told.session);
  }
}

TEST_CASE("tls client: a client certificate from PEM or PKCS#12 opens the door") {
  const ClientFiles files;
  const Served served({.identities = {identity()}, .client_certificate = WantsCertificate::Required}, [](SSL* ssl) {
    std::array<char, 64> buffer{};
    if (SSL_accept(ssl) != 1 || SSL_read(ssl, buffer.data(), buffer.size()) <= 0) return;
    const std::string who = "hello " + pki::describe(SSL_get0_peer_certificate(ssl));
    SSL_write(ssl, who.data(), static_cast<int>(who.size()));
  });
  for (const auto& identity :
       {files.read("both.pem"), files.read("cert.pem", "key.pem"), files.read("cert.pem", "locked.pem", "secret"),
        files.read("client.p12", "", "secret")}) {
    if (!identity) FAIL(identity.error().message);
    for (const tls::Version version : {tls::kTls12, tls::kTls13}) {
      HandshakeOptions options = only(version);
      options.identity = *identity;
      options.request = "GET / HTTP/1.1\r\n\r\n";
      const Handshake told = shake(served.address(), options);
      INFO(told.problem);
      CHECK(told.finished);
      CHECK(told.first_reply == "hello 'CN=client'");
    }
  }
}

TEST_CASE("tls client: client certificates that are of no use are refused with the reason") {
  const ClientFiles files;
  files.directory.write("empty.pem", "");
  files.directory.write("text.pem", "hello");
  files.directory.write("half.p12", std::string("\x30\x82\x01\x00\x02\x01\x03\x30", 8));
  CHECK(files.error("absent.pem") == "absent.pem: cannot be opened");
  CHECK(files.error("empty.pem") == "empty.pem: empty");
  CHECK(files.error("text.pem") == "text.pem: neither a certificate in PEM (BEGIN CERTIFICATE) nor PKCS#12");
  CHECK(files.error("cert.pem") == "cert.pem: no private key in PEM (BEGIN PRIVATE KEY) in it");
  CHECK(files.error("cert.pem", "other.pem") == "other.pem: the key is not the one of the certificate in cert.pem");
  CHECK(files.error("cert.pem", "locked.pem") == "locked.pem: the key is encrypted and no passphrase was given");
  CHECK(files.error("cert.pem", "locked.pem", "guess") == "locked.pem: the passphrase does not open the key");
  CHECK(files.error("client.p12") == "client.p12: PKCS#12 needs a passphrase and none was given");
  CHECK(files.error("client.p12", "", "guess") == "client.p12: the passphrase does not open this PKCS#12");
  CHECK(files.error("half.p12").starts_with("half.p12: PKCS#12 cannot be read ("));
}

TEST_CASE("tls client: an alert instead of a ServerHello is told by name") {
  const Served served({.identities = {identity()}, .min_version = TLS1_3_VERSION});
  const Handshake told = shake(served.address(), only(tls::kTls12));
  CHECK_FALSE(told.finished);
  CHECK(told.alert == tls::wire::Alert{2, 70});
  CHECK(told.problem == "alert protocol_version");
  CHECK_FALSE(told.not_possible);
}

TEST_CASE("tls client: what is no TLS is no handshake") {
  test::Server server([](PeerSocket& peer) {
    peer.receive(1);
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.receive_end();
  });
  const Handshake told = shake(server.address(), {});
  CHECK_FALSE(told.finished);
  CHECK(told.problem == "wrong version number");
  CHECK_FALSE(told.failure);
}

/// What an OpenSSL server answers `client`, cut or changed by a test.
std::string answer_of(const TlsServer& tls, PeerSocket& peer) {
  const std::string header = peer.receive(5);
  const std::size_t size = static_cast<unsigned char>(header[3]) * 256u + static_cast<unsigned char>(header[4]);
  const std::string hello = header + peer.receive(size);
  const tls::wire::Bytes answer = tls.answer(tls::wire::Bytes(hello.begin(), hello.end()));
  return {answer.begin(), answer.end()};
}

TEST_CASE("tls client: facts that came before the connection broke are kept") {
  const TlsServer tls({.identities = {identity()}});
  const auto break_off = [&](bool reset) {
    test::Server server([&](PeerSocket& peer) {
      const std::string answer = answer_of(tls, peer);
      peer.send(answer.substr(0, answer.size() - 20));
      if (reset) {
        peer.reset();
      } else {
        peer.close();
      }
    });
    return shake(server.address(), only(tls::kTls12));
  };
  const Handshake closed = break_off(false);
  CHECK_FALSE(closed.finished);
  REQUIRE(closed.failure);
  CHECK(closed.failure->kind == net::Failure::Kind::Closed);
  CHECK(closed.problem == "closed in the handshake");
  CHECK(closed.version == tls::kTls12);
  CHECK(closed.chain.size() == 1);
  const Handshake reset = break_off(true);
  REQUIRE(reset.failure);
  CHECK(reset.failure->kind == net::Failure::Kind::Reset);
}

TEST_CASE("tls client: a server that falls silent is left at the deadline") {
  const TlsServer tls({.identities = {identity()}});
  test::Server server([&](PeerSocket& peer) {
    const std::string answer = answer_of(tls, peer);
    peer.send(answer.substr(0, answer.size() / 2));
    peer.receive_end();
  });
  const auto start = net::Clock::now();
  const Handshake told = shake(server.address(), {}, start + std::chrono::milliseconds(60));
  CHECK(net::Clock::now() - start < std::chrono::seconds(10));
  CHECK_FALSE(told.finished);
  REQUIRE(told.failure);
  CHECK(told.failure->kind == net::Failure::Kind::TimedOut);
  CHECK(told.problem == "timed out");
}

TEST_CASE("tls client: a server that has nothing to say after the handshake is waited for no longer than asked") {
  const Served served({.identities = {identity()}}, [](SSL* ssl) {
    SSL_set_num_tickets(ssl, 0);
    std::array<char, 16> buffer{};
    if (SSL_accept(ssl) == 1) SSL_read(ssl, buffer.data(), buffer.size());
  });
  HandshakeOptions options;
  options.wait_after = std::chrono::milliseconds(20);
  const Handshake told = shake(served.address(), options);
  CHECK(told.finished);
  CHECK(told.problem.empty());
  CHECK_FALSE(told.failure);
  CHECK_FALSE(told.session);
}

TEST_CASE("tls client: a server that closes after the handshake is told") {
  const Served served({.identities = {identity()}}, [](SSL* ssl) {
    SSL_set_num_tickets(ssl, 0);
    if (SSL_accept(ssl) == 1) SSL_shutdown(ssl);
  });
  HandshakeOptions options;
  options.wait_after = std::chrono::seconds(10);
  const Handshake told = shake(served.address(), options);
  CHECK(told.finished);
  CHECK(told.problem == "closed after the handshake");
  CHECK_FALSE(told.alert);
}

TEST_CASE("tls client: a server that never stops talking is cut off") {
  const Served served({.identities = {identity()}}, [](SSL* ssl) {
    SSL_set_num_tickets(ssl, 0);
    if (SSL_accept(ssl) != 1) return;
    // OpenSSL does not mind that nobody reads its tickets any more.
    for (int i = 0; i < 3000 && SSL_new_session_ticket(ssl) == 1; ++i) SSL_do_handshake(ssl);
  });
  HandshakeOptions options;
  options.request = "?";
  const Handshake told = shake(served.address(), options);
  CHECK(told.finished);
  CHECK(told.problem == "more than 262144 bytes came, and no end");
  CHECK(told.first_reply.empty());
}

TEST_CASE("tls client: mutated handshakes end without harm") {
  const TlsServer tls({.identities = {identity("cn=leaf rsa:2048")}});
  std::mt19937 random(20260101);
  test::Server server([&](PeerSocket& peer) {
    std::string answer = answer_of(tls, peer);
    const std::size_t at = random() % answer.size();
    answer[at] = static_cast<char>(random());
    peer.send(answer.substr(0, answer.size() - random() % 3));
  });
  for (int i = 0; i < 150; ++i) {
    const Handshake told = shake(server.address(), only(i % 2 == 0 ? tls::kTls12 : tls::kTls13));
    if (told.version == tls::kTls12) CHECK_FALSE(told.finished);
    CHECK((told.finished || !told.problem.empty()));
  }
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
