// Sessions resumed, and data sent ahead of the handshake.
#include <array>
#include <string>

#include "net/tls_client.h"
#include "tests/net/served.h"

namespace tlsward {
namespace {

using net::Handshake;
using net::HandshakeOptions;
using test::identity;
using test::only;
using test::serve_politely;
using test::Served;
using test::shake;

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

}  // namespace
}  // namespace tlsward
