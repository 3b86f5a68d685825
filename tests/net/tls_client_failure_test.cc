// Servers that refuse, break off, fall silent or talk without end.
#include <array>
#include <random>
#include <string>

#include "net/tls_client.h"
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
using test::soon;
using test::TlsServer;

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

}  // namespace
}  // namespace tlsward
