// Servers of the tests: started on loopback, ready when the object is there, gone with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/certificates.h"
#include "tests/child_process.h"
#include "tests/port_reservation.h"
#include "tests/process.h"

namespace tlsward::tests {

/// Files with certificates and keys for servers, valid now (30 days before to 335 days after, unless the recipe says
/// otherwise), in a directory of their own.
class ServerFiles {
 public:
  ServerFiles();
  /// Makes NAME from a recipe (tests/certificates.h) and returns its path. An error fails the test.
  std::string operator()(std::string_view name, std::string_view recipe);
  /// Writes `text` and returns its path.
  std::string write(std::string_view name, const std::string& text) const;

 private:
  TemporaryDirectory directory_;
  CertificateFactory factory_;
};

/// How a server is started. In `command` and in the texts of `files`, "{directory}" stands for a fresh directory that
/// holds the files, "{port}" for a free port.
struct ServerPlan {
  std::vector<std::string> command;
  std::map<std::string, std::string> files;
  std::chrono::seconds limit{60};  // to be ready
};

/// A running server. With "{port}" in its plan it is ready once it accepts connections; without, once it has printed
/// "port N" or "ACCEPT 127.0.0.1:N".
class Server {
 public:
  explicit Server(const ServerPlan& plan);
  std::uint16_t port() const { return port_; }
  /// "127.0.0.1:PORT"
  std::string endpoint() const;
  /// What it printed so far.
  std::string log() const { return process_->output(); }

 private:
  bool find_printed_port();

  TemporaryDirectory directory_;
  std::optional<PortReservation> reservation_;
  std::optional<ChildProcess> process_;
  std::uint16_t port_ = 0;
};

/// A TLS server without cryptography, of tests/servers/raw_tls.py. `description`: JSON, see
/// tests/servers/description.py.
Server raw_tls(const std::string& description);
/// tests/servers/front.py before the server at `backend`: {"--rate", "5"}.
Server front(std::uint16_t backend, const std::vector<std::string>& options);
/// A mode of tests/servers/rude.py: {"say", "SSH-2.0-x\\r\\n"}.
Server rude(const std::vector<std::string>& mode);

/// `block`: directives of a server block; `listen` is there already. `others`: more blocks for the same port, each in
/// braces: "server { listen 127.0.0.1:{port} ssl; ... }".
Server nginx(const std::string& block, const std::string& others = "");
/// nginx with plain HTTP.
Server plain_http();
/// `bind`: what follows the address in the bind line: "ssl crt FILE ciphers ...".
Server haproxy(const std::string& bind);
/// `options`: lines of the service: "cert = FILE\nsslVersionMin = TLSv1\n".
Server stunnel(const std::string& options);
Server gnutls_serv(const std::vector<std::string>& options);
/// One connection at a time. `options`: {"-cert", FILE, "-tls1_2"}.
Server openssl_s_server(const std::vector<std::string>& options);
/// NSS with the certificate and key of a PKCS#12 file under the passphrase "secret".
Server nss_selfserv(const std::string& pkcs12_file, const std::vector<std::string>& options);

/// True where the program of a heavy package is there, which plain ./test does not install. Otherwise says on standard
/// output that the test is SKIPPED and what it needs.
bool heavy_package(std::string_view package);
/// Go's crypto/tls; see tests/servers/go/main.go for `options`. Needs heavy_package("golang-go").
Server go_server(const std::vector<std::string>& options);
/// Java's JSSE; see tests/servers/JsseServer.java. Needs heavy_package("default-jdk-headless").
Server java_server(const std::vector<std::string>& options);
/// Node with OpenSSL 3.5. `options`: JSON, see tests/servers/node_server.js. Needs heavy_package("npm").
Server node_server(const std::string& options);

}  // namespace tlsward::tests
