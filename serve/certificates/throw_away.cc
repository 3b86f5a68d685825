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

/// True where the file holds the key of `certificate`.
bool is_key_of(const std::string& path, const tls::CertificateFacts& certificate) {
  auto text = read_whole_file(path, kMaxFile);
  if (!text) return false;
  const tls::Bundle bundle = pki::read_bundle(*text, path);
  pki::wipe(*text);
  return !bundle.private_keys.empty() && bundle.private_keys.front().spki_sha256 == certificate.key.spki_sha256;
}

bool covers(const tls::CertificateFacts& facts, const Names& names) {
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  return std::all_of(names.dns.begin(), names.dns.end(),
                     [&](const auto& name) { return has(facts.dns_names, name); }) &&
         std::all_of(names.ip.begin(), names.ip.end(), [&](const auto& name) { return has(facts.ip_addresses, name); });
}

pki::CertificatePlan plan(const std::string& name, tls::Time now) {
  pki::CertificatePlan plan;
  plan.common_name = name;
  plan.not_before = now - hours(1);
  plan.not_after = now + days(30);
  return plan;
}

Result<Nothing> write(const ThrowAwayFiles& files, const std::string& name, const pki::IssuedCertificate& issued) {
  auto written = write_private_file(files.directory, name + ".pem", issued.certificate);
  if (written) written = write_private_file(files.directory, name + ".key", issued.key);
  return written;
}

Result<Nothing> issue_into(const ThrowAwayFiles& files, const std::string& name, const pki::CertificatePlan& wanted,
                           const pki::IssuedCertificate& issuer) {
  auto issued = pki::issue(wanted, &issuer);
  if (!issued) return issued.error();
  auto written = write(files, name, *issued);
  pki::wipe(issued->key);
  return written;
}

/// The authority, with its key: the one that is there, else a new one.
Result<pki::IssuedCertificate> authority(const ThrowAwayFiles& files, tls::Time now) {
  const auto there = read_valid(files.authority, now);
  if (there && is_key_of(files.authority_key, *there)) return read_issued(files.authority, files.authority_key);
  pki::CertificatePlan wanted = plan(kAuthorityName, now);
  wanted.authority = true;
  auto made = pki::issue(wanted, nullptr);
  if (!made) return made;
  const auto written = write(files, "ca", *made);
  if (written) return made;
  pki::wipe(made->key);
  return written.error();
}

/// Whether certificate and key belong together and to the authority. They do not where the making of new ones was
/// interrupted.
bool can_be_used_again(const std::string& certificate, const std::string& key, const ThrowAwayFiles& files,
                       const Names& names, tls::Time now) {
  const auto issuer = read_valid(files.authority, now);
  const auto there = read_valid(certificate, now);
  return issuer && there && covers(*there, names) && tls::names_issuer(*issuer, *there) && is_key_of(key, *there);
}

Result<Nothing> make_server(const ThrowAwayFiles& files, const Names& names, const pki::IssuedCertificate& issuer,
                            tls::Time now) {
  if (can_be_used_again(files.server_certificate, files.server_key, files, names, now)) return Nothing{};
  pki::CertificatePlan wanted = plan("localhost", now);
  wanted.dns_names = names.dns;
  wanted.ip_addresses = names.ip;
  wanted.server_auth = true;
  return issue_into(files, "server", wanted, issuer);
}

Result<Nothing> make_client(const ThrowAwayFiles& files, const pki::IssuedCertificate& issuer, tls::Time now) {
  const Names names{{"client.localhost"}, {}};
  if (can_be_used_again(files.client_certificate, files.client_key, files, names, now)) return Nothing{};
  pki::CertificatePlan wanted = plan("tlsward throw-away client", now);
  wanted.dns_names = names.dns;
  wanted.client_auth = true;
  return issue_into(files, "client", wanted, issuer);
}

}  // namespace

Result<ThrowAwayFiles> make_throw_away_files(const std::string& directory, const std::vector<std::string>& names,
                                             tls::Time now) {
  if (auto made = ensure_private_directory(directory); !made) return made.error();
  const ThrowAwayFiles files = paths_in(directory);
  auto issuer = authority(files, now);
  if (!issuer) return issuer.error();
  auto made = make_server(files, names_of(names), *issuer, now);
  if (made) made = make_client(files, *issuer, now);
  pki::wipe(issuer->key);
  if (!made) return made.error();
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
