// The layout of sslscan 2.x, which people know by heart. What the configuration cannot decide (renegotiation,
// compression, fallback signalling, Heartbleed) is the same for Go's crypto/tls and for BoringSSL, the libraries behind
// all three gateways: no renegotiation as a server, no compression, TLS_FALLBACK_SCSV honoured, no heartbeat extension.
#include <fmt/format.h>

#include <algorithm>

#include "core/print.h"
#include "report/context.h"
#include "report/context_values.h"
#include "report/time_text.h"
#include "report/width.h"

namespace tlsward::report {
namespace {

// As sslscan prints the group behind a suite: "Curve P-521 DHE 521".
std::string curve(const tls::TlsContext& context, tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  if (facts == nullptr || context.groups.value.empty()) return {};
  const bool ephemeral = facts->key_exchange == tls::KeyExchange::Ecdhe ||
                         facts->key_exchange == tls::KeyExchange::Any ||
                         facts->key_exchange == tls::KeyExchange::EcdhePsk;
  if (!ephemeral) return {};
  const tls::Group group = context.groups.value.front();
  // OpenSSL counts the bits of Curve25519's order.
  if (group == tls::kX25519) return "Curve 25519 DHE 253";
  const tls::GroupFacts* group_facts = tls::facts(group);
  if (group_facts == nullptr) return fmt::format("Curve {}", tls::name(group));
  return fmt::format("Curve {} DHE {}", tls::name(group), group_facts->bits);
}

std::string_view sslscan_name(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts == nullptr ? std::string_view() : facts->openssl.empty() ? facts->name : facts->openssl;
}

void write_protocols(const tls::TlsContext& context, std::FILE* out) {
  print_to(out, "  SSL/TLS Protocols:\n");
  print_to(out, "SSLv2     disabled\n");
  for (const tls::Version version : tls::known_versions())
    print_to(out, "{:<9} {}\n", sslscan_version(version), tls::enables(context, version) ? "enabled" : "disabled");
}

void write_fixed(const tls::TlsContext& context, std::FILE* out) {
  print_to(out, "\n  TLS Fallback SCSV:\nServer supports TLS Fallback SCSV\n");
  print_to(out, "\n  TLS renegotiation:\nSession renegotiation not supported\n");
  print_to(out, "\n  TLS Compression:\nCompression disabled\n");
  print_to(out, "\n  Heartbleed:\n");
  const auto negotiable = tls::negotiable_versions(context);
  for (auto version = negotiable.rbegin(); version != negotiable.rend(); ++version)
    print_to(out, "{} not vulnerable to heartbleed\n", sslscan_version(*version));
}

void write_suites(const tls::TlsContext& context, std::FILE* out) {
  print_to(out, "\n  Supported Server Cipher(s):\n");
  const auto& versions = context.versions.value;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto found = context.ciphers.value.find(*version);
    if (found == context.ciphers.value.end()) continue;
    bool first = true;
    for (const tls::CipherSuite suite : found->second) {
      const tls::CipherSuiteFacts* facts = tls::facts(suite);
      const std::string line =
          fmt::format("{} {:<7}  {:>3} bits  {:<29} {}", first ? "Preferred" : "Accepted ", sslscan_version(*version),
                      facts == nullptr ? 0 : facts->bits, sslscan_name(suite), curve(context, suite));
      print_to(out, "{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
      first = false;
    }
  }
}

void write_groups(const tls::TlsContext& context, std::FILE* out) {
  print_to(out, "\n  Server Key Exchange Group(s):\n");
  std::vector<tls::Group> groups = context.groups.value;
  std::sort(groups.begin(), groups.end());
  const auto negotiable = tls::negotiable_versions(context);
  for (auto version = negotiable.rbegin(); version != negotiable.rend(); ++version) {
    if (*version < tls::kTls12) continue;
    for (const tls::Group group : groups) {
      const tls::GroupFacts* facts = tls::facts(group);
      if (facts == nullptr || (*version == tls::kTls12 && facts->kind == tls::GroupKind::Hybrid)) continue;
      const std::string common = facts->common.empty() ? std::string() : fmt::format(" ({})", facts->common);
      const bool same = facts->common == facts->name;
      print_to(out, "{}  {:>3} bits  {}{}\n", sslscan_version(*version), facts->strength, facts->name,
               same ? "" : common);
    }
  }
}

void write_certificate(const tls::TlsContext& context, std::FILE* out) {
  const tls::CertificateFacts* facts = leaf(context);
  print_to(out, "\n  SSL Certificate:\n");
  if (facts == nullptr) {
    print_to(out, "not known: the certificate could not be read here\n");
    return;
  }
  print_to(out, "Signature Algorithm: {}\n", facts->signature_algorithm);
  print_to(out, "{} Key Strength:    {}\n", name(facts->key.type), facts->key.bits);
  const auto common_name = [](const std::string& subject) {
    const std::size_t at = subject.rfind("CN=");
    return at == std::string::npos ? subject : subject.substr(at + 3);
  };
  print_to(out, "\nSubject:  {}\n", printable(common_name(facts->subject)));
  if (facts->has_san) {
    std::vector<std::string> names;
    for (const std::string& dns : facts->dns_names) names.push_back("DNS:" + printable(dns));
    for (const std::string& ip : facts->ip_addresses) names.push_back("IP Address:" + ip);
    print_to(out, "Altnames: {}\n", fmt::join(names, ", "));
  }
  print_to(out, "Issuer:   {}\n\n", printable(common_name(facts->issuer)));
  print_to(out, "Not valid before: {}\n", openssl_time(facts->not_before));
  print_to(out, "Not valid after:  {}\n", openssl_time(facts->not_after));
}

}  // namespace

void write_contexts_sslscan(const lint::Run& run, std::FILE* out) {
  bool any = false;
  for (const auto& set : run.sets) {
    for (const tls::TlsContext& context : set->reading.contexts) {
      if (context.role != tls::Role::Listener) continue;
      if (any) print_to(out, "\n");
      any = true;
      print_to(out, "Predicted from {} for {} {}{}\n\n", printable(run.sources.path(context.section.file)),
               context.gateway_name, context.gateway_version, context.version_guessed ? " (version assumed)" : "");
      if (!context.enabled) {
        print_to(out, "{}: no TLS: {}\n", printable(context.subject), printable(context.why_not));
        continue;
      }
      if (!context.start_failure.empty()) {
        print_to(out, "{}: the gateway does not start: {}\n", printable(context.subject),
                 printable(context.start_failure));
        continue;
      }
      print_to(out, "Testing SSL server {}\n\n",
               printable(context.endpoint.empty() ? context.subject : context.endpoint));
      write_protocols(context, out);
      write_fixed(context, out);
      write_suites(context, out);
      write_groups(context, out);
      write_certificate(context, out);
    }
  }
  if (!any) print_to(out, "no listener in the input: an sslscan needs one\n");
}

}  // namespace tlsward::report
