// tyk/dropped-server-certificate: a server certificate that Tyk skips.
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_dropped_server_certificate {
namespace {

namespace tyk = gateways::tyk;

void check_list(const tyk::CertificateList& list, std::string_view subject, lint::Reporter& out) {
  for (const tyk::CertificateReference& entry : list.entries) {
    const bool no_certificate = tyk::lacks_certificate(entry);
    if (!no_certificate && !tyk::lacks_private_key(entry)) continue;
    out.add(entry.where,
            fmt::format("{} is skipped: it holds no {}", tyk::quoted(entry),
                        no_certificate ? "certificate" : "private key"),
            subject);
  }
}

/// The half that is absent; empty where both are there.
std::string_view missing_half(const tyk::LegacyPair& pair) {
  if (!pair.certificate) return "cert_file";
  return pair.key ? "" : "key_file";
}

void check_pair(const tyk::Conf& conf, const tyk::LegacyPair& pair, lint::Reporter& out) {
  const std::string_view missing = missing_half(pair);
  if (missing.empty()) return;
  const Span where = pair.certificate            ? pair.certificate->where
                     : pair.key                  ? pair.key->where
                     : pair.domain.where.known() ? pair.domain.where
                                                 : conf.legacy_key;
  out.add(where, fmt::format("this pair is skipped: it names no {}", missing), "tyk.conf");
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (tyk::is_off(conf.use_ssl) && !tyk::api_with_tls_port(model)) continue;
    check_list(conf.server_certificates, "tyk.conf", out);
    for (const tyk::LegacyPair& pair : conf.legacy_pairs) check_pair(conf, pair, out);
  }
  for (const tyk::Api& api : model.apis) {
    if (!api.domain_disabled) check_list(api.certificates, api.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/dropped-server-certificate",
    .summary = "a server certificate is skipped",
    .why =
        "A server certificate without its private key cannot be used, and Tyk goes on without it: clients see another "
        "certificate, or no handshake works at all. An entry of ssl_certificates without a key is left out without a "
        "word; the log has a line about files that cannot be read and pairs of http_server_options.certificates.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: certificate and key in one file",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["public.pem"]   //~ tyk/dropped-server-certificate
  }
}
)",
            .name = "tyk.conf",
            .recipes = {{"public.pem", "cn=gw.example san=DNS:gw.example"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["both.pem"]
  }
}
)",
             .name = "tyk.conf",
             .recipes = {{"both.pem", "cn=gw.example san=DNS:gw.example with-key"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_dropped_server_certificate
