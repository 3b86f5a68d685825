#include "cli/serve_setup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "pki/issue.h"
#include "serve/certificates/private_directory.h"
#include "serve/echo.h"

namespace tlsward::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// Indented, as a YAML block scalar wants it.
std::string block(const std::string& pem) {
  std::string result;
  std::size_t begin = 0;
  while (begin < pem.size()) {
    const std::size_t end = std::min(pem.find('\n', begin), pem.size());
    result += fmt::format("        {}\n", pem.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

std::string configuration(const pki::IssuedCertificate& server, const net::Address& echo) {
  return fmt::format(
      R"(# Made by `tlsward serve`: a listener as Flex Gateway's defaults make it, before an upstream that echoes.
apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: localhost
spec:
  address: https://127.0.0.1:8443
  services:
    echo:
      address: http://{}
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: localhost-tls
spec:
  targetRef:
    name: localhost
  policyRef:
    name: tls
  config:
    alpn: [h2, http/1.1]
    minversion: "1.2"
    maxversion: "1.3"
    certificate:
      crt: |
{}      key: |
{})",
      net::text(echo), block(server.certificate), block(server.key));
}

}  // namespace

std::string default_directory() {
  if (const std::string runtime = environment("XDG_RUNTIME_DIR"); !runtime.empty()) return runtime + "/tlsward";
  if (const std::string state = environment("XDG_STATE_HOME"); !state.empty()) return state + "/tlsward";
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.local/state/tlsward";
  return fmt::format("/tmp/tlsward-{}", ::geteuid());
}

Result<MadeSetup> make_setup(const std::string& directory, const std::vector<std::string>& names, tls::Time now) {
  auto files = serve::make_throw_away_files(directory, names, now);
  if (!files) return files.error();
  auto echo = serve::PlainServer::start(*net::parse_ip("127.0.0.1", 0), serve::echo);
  if (!echo) return echo.error();
  auto server = serve::read_issued(files->server_certificate, files->server_key);
  if (!server) return server.error();
  std::string text = configuration(*server, (*echo)->address());
  const auto written = serve::write_private_file(directory, "gateway.yaml", text);
  pki::wipe(server->key);
  pki::wipe(text);
  if (!written) return written.error();
  return MadeSetup{std::move(*files), directory + "/gateway.yaml", std::move(*echo)};
}

}  // namespace tlsward::cli
