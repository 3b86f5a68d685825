// Servers that want a certificate of the client, and the files that have it.
#include <array>
#include <string>

#include "net/tls_client.h"
#include "pki/verify.h"
#include "pki/verify_reason.h"
#include "tests/net/served.h"
#include "tests/process.h"

namespace tlsward {
namespace {

using net::Handshake;
using net::HandshakeOptions;
using test::identity;
using test::only;
using test::Served;
using test::shake;
using test::WantsCertificate;

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

}  // namespace
}  // namespace tlsward
