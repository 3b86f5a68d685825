#include "cli/serve_greeting.h"

#include <fmt/format.h>

namespace tlsward::cli {
namespace {

struct Shown {
  bool tls = false;
  bool client_certificate = false;  // asked for
};

Shown shown_of(const serve::Site& site, std::size_t port) {
  Shown shown;
  shown.tls = site.acceptors[port] != nullptr;
  for (const auto& named : site.service.ports[port].contexts) {
    const auto& auth = site.contexts[named.context].client_auth;
    if (auth.value != tls::ClientAuth::None) shown.client_certificate = true;
  }
  return shown;
}

std::string address_lines(const Greeting& greeting) {
  const serve::Site& site = *greeting.loaded.site;
  std::string text;
  for (const serve::ListeningAddress& listening : greeting.server.listening()) {
    const bool tls = shown_of(site, listening.port).tls;
    text += fmt::format("  {}://{}\n", tls ? "https" : "http", net::text(listening.address));
  }
  return text;
}

std::string remarks(const Greeting& greeting) {
  const serve::Site& site = *greeting.loaded.site;
  std::string text;
  for (const std::string& line : site.deviations) text += fmt::format("not as the gateway: {}\n", line);
  for (const std::string& line : site.notes) text += fmt::format("note: {}\n", line);
  return text;
}

std::string copy_lines(const Greeting& greeting) {
  const auto& listening = greeting.server.listening().front();
  const Shown shown = shown_of(*greeting.loaded.site, listening.port);
  const std::uint16_t port = listening.address.port;
  if (!shown.tls) return fmt::format("try:\n  curl http://localhost:{}/\n  tlsward probe localhost:{}\n", port, port);
  const std::string authority = greeting.throw_away ? greeting.throw_away->authority : "CA.pem";
  std::string curl, openssl, probe;
  if (shown.client_certificate && greeting.throw_away) {
    const serve::ThrowAwayFiles& files = *greeting.throw_away;
    curl = fmt::format(" --cert {} --key {}", files.client_certificate, files.client_key);
    openssl = fmt::format(" -cert {} -key {}", files.client_certificate, files.client_key);
    probe = fmt::format(" --cert {} --key {}", files.client_certificate, files.client_key);
  }
  return fmt::format(
      "try:\n"
      "  curl --cacert {0}{2} https://localhost:{1}/\n"
      "  openssl s_client -connect localhost:{1} -servername localhost -CAfile {0}{3}\n"
      "  tlsward probe --ca {0}{4} localhost:{1}\n",
      authority, port, curl, openssl, probe);
}

}  // namespace

std::string greeting_text(const Greeting& greeting) {
  std::string text = fmt::format("serving {} ({}) on\n{}", greeting.loaded.gateway, fmt::join(greeting.paths, ", "),
                                 address_lines(greeting));
  if (!greeting.status.empty()) text += fmt::format("status on\n  http://{}/__status\n", greeting.status);
  text += remarks(greeting);
  if (greeting.throw_away) text += fmt::format("throw-away certificates in {}\n", greeting.throw_away->directory);
  return text + copy_lines(greeting);
}

}  // namespace tlsward::cli
