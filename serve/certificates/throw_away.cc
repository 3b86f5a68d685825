#include "serve/certificates/throw_away.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "gateways/material.h"
#include "pki/pem.h"
#include "serve/certificates/private_directory.h"

namespace tlsward::serve {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::size_t kMaxFile = 256 * 1024;
constexpr char kAuthorityName[] = "tlsward throw-away CA";

struct Names {
  std::vector<std::string> dns{"localhost"}, ip{"127.0.0.1", "::1"};
};

Names names_of(const std::vector<std::string>& more) {
  Names names;
  for (const std::string& name : more) {
    auto& list = gateways::is_ip_literal(name) ? names.ip : names.dns;
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  return names;
}

ThrowAwayFiles paths_in(const std::string& directory) {
  return {directory,
          directory + "/ca.pem",
          directory + "/ca.key",
          directory + "/server.pem",
          directory + "/server.key",
          directory + "/client.pem",
          directory + "/client.key"};
}

/// The certificate of the file where it is valid for another day.
std::optional<tls::CertificateFacts> read_valid(const std::string& path, tls::Time now) {
  const auto text = read_whole_file(path, kMaxFile);
  if (!text) return {};
  const tls::Bundle bundle = pki::read_bundle(*text, path);
  if (bundle.certificates.empty()) return {};
  const tls::CertificateFacts& facts = bundle.certificates.front();
  if (now < facts.not_before || now + days(1) > facts.not_after) return {};
  return facts;
}

bool covers(const tls::CertificateFacts& facts, const Names& names) {
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  return std::all_of(names.dns.begin(), names.dns.end(),
                     [&](const auto& name) { return has(facts.dns_names, name); }) &&
         std::all_of(names.ip.begin(), names.ip.end(), [&](const auto& name) { return has(facts.ip_addresses, name); });
}

bool can_be_used_again(const ThrowAwayFiles& files, const Names& names, tls::Time now) {
  const auto authority = read_valid(files.authority, now);
  const auto server = read_valid(files.server_certificate, now);
  const auto client = read_valid(files.client_certificate, now);
  const bool keys = read_whole_file(files.server_key, kMaxFile) && read_whole_file(files.client_key, kMaxFile);
  return authority && server && client && keys && covers(*server, names) && server->issuer == authority->subject;
}

pki::CertificatePlan plan(const std::string& name, tls::Time now) {
  pki::CertificatePlan plan;
  plan.common_name = name;
  plan.not_before = now - hours(1);
  plan.not_after = now + days(30);
  return plan;
}

Result<net::Nothing> write(const ThrowAwayFiles& files, const std::string& name, pki::IssuedCertificate& issued) {
  auto written = write_private_file(files.directory, name + ".pem", issued.certificate);
  if (written) written = write_private_file(files.directory, name + ".key", issued.key);
  pki::wipe(issued.key);
  return written;
}

Result<net::Nothing> make(const ThrowAwayFiles& files, const Names& names, tls::Time now) {
  pki::CertificatePlan authority_plan = plan(kAuthorityName, now);
  authority_plan.authority = true;
  auto authority = pki::issue(authority_plan, nullptr);
  if (!authority) return authority.error();
  pki::CertificatePlan server_plan = plan("localhost", now);
  server_plan.dns_names = names.dns;
  server_plan.ip_addresses = names.ip;
  server_plan.server_auth = true;
  auto server = pki::issue(server_plan, &*authority);
  if (!server) return server.error();
  pki::CertificatePlan client_plan = plan("tlsward throw-away client", now);
  client_plan.dns_names = {"client.localhost"};
  client_plan.client_auth = true;
  auto client = pki::issue(client_plan, &*authority);
  if (!client) return client.error();
  if (auto written = write(files, "server", *server); !written) return written;
  if (auto written = write(files, "client", *client); !written) return written;
  return write(files, "ca", *authority);
}

}  // namespace

Result<ThrowAwayFiles> make_throw_away_files(const std::string& directory, const std::vector<std::string>& names,
                                             tls::Time now) {
  if (auto made = ensure_private_directory(directory); !made) return made.error();
  const ThrowAwayFiles files = paths_in(directory);
  const Names wanted = names_of(names);
  if (can_be_used_again(files, wanted, now)) return files;
  if (auto made = make(files, wanted, now); !made) return made.error();
  return files;
}

Result<pki::IssuedCertificate> read_issued(const std::string& certificate, const std::string& key) {
  auto certificate_text = read_whole_file(certificate, kMaxFile);
  if (!certificate_text) return certificate_text.error();
  auto key_text = read_whole_file(key, kMaxFile);
  if (!key_text) return key_text.error();
  return pki::IssuedCertificate{std::move(*certificate_text), std::move(*key_text)};
}

}  // namespace tlsward::serve
