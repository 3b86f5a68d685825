// The layout of sslscan 2.x for a configuration. What it cannot decide (renegotiation, compression, fallback
// signalling, Heartbleed) is the same for Go's crypto/tls and for BoringSSL, the libraries behind all three gateways:
// no renegotiation as a server, no compression, TLS_FALLBACK_SCSV honoured, no heartbeat extension.
#include <fmt/format.h>

#include <algorithm>

#include "core/print.h"
#include "core/width.h"
#include "report/context.h"
#include "report/context_values.h"
#include "report/sslscan_lines.h"

namespace tlsward::report {
namespace {

// A prediction goes into files and diffs more often than on a terminal.
constexpr Paint kNoPaint{false};

// The first group of the list is what a client that offers it gets.
KeyExchangeDetail detail(const tls::TlsContext& context, tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  if (facts == nullptr || context.groups.value.empty()) return {};
  const bool ephemeral = facts->key_exchange == tls::KeyExchange::Ecdhe ||
                         facts->key_exchange == tls::KeyExchange::Any ||
                         facts->key_exchange == tls::KeyExchange::EcdhePsk;
  if (!ephemeral) return {};
  return key_exchange_detail(context.groups.value.front(), 0);
}

void title(std::string_view text, std::FILE* out) {
  print_to(out, "{}\n", sslscan_title(kNoPaint, text));
}

void write_protocols(const tls::TlsContext& context, std::FILE* out) {
  title("SSL/TLS Protocols", out);
  print_to(out, "{}\n", sslscan_protocol(kNoPaint, tls::kSsl2, false));
  for (const tls::Version version : tls::known_versions())
    print_to(out, "{}\n", sslscan_protocol(kNoPaint, version, tls::enables(context, version)));
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
  print_to(out, "\n");
  title("Supported Server Cipher(s)", out);
  const auto& versions = context.versions.value;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto found = context.ciphers.value.find(*version);
    if (found == context.ciphers.value.end()) continue;
    bool first = true;
    for (const tls::CipherSuite suite : found->second) {
      print_to(out, "{}\n", sslscan_suite(kNoPaint, *version, suite, first, detail(context, suite)));
      first = false;
    }
  }
}

void write_groups(const tls::TlsContext& context, std::FILE* out) {
  print_to(out, "\n");
  title("Server Key Exchange Group(s)", out);
  std::vector<tls::Group> groups = context.groups.value;
  std::sort(groups.begin(), groups.end());
  const auto negotiable = tls::negotiable_versions(context);
  for (auto version = negotiable.rbegin(); version != negotiable.rend(); ++version) {
    if (*version < tls::kTls12) continue;
    for (const tls::Group group : groups) {
      const tls::GroupFacts* facts = tls::facts(group);
      if (facts == nullptr || (*version == tls::kTls12 && facts->kind == tls::GroupKind::Hybrid)) continue;
      print_to(out, "{}\n", sslscan_group(kNoPaint, *version, group));
    }
  }
}

void write_certificate(const tls::TlsContext& context, std::FILE* out) {
  const tls::CertificateFacts* facts = leaf(context);
  print_to(out, "\n");
  title("SSL Certificate", out);
  if (facts == nullptr) {
    print_to(out, "not known: the certificate could not be read here\n");
    return;
  }
  print_to(out, "{}", sslscan_certificate(kNoPaint, *facts, {}));
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
