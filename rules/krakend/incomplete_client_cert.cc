// krakend/incomplete-client-cert: an entry of client_certs without certificate or key.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_incomplete_client_cert {
namespace {

void check_entry(const gateways::krakend::ClientCertificate& entry, std::string_view subject, lint::Reporter& out) {
  const bool no_certificate = gateways::krakend::is_empty(entry.certificate);
  const bool no_key = gateways::krakend::is_empty(entry.private_key);
  if (!no_certificate && !no_key) return;
  const Member* missing = no_certificate ? entry.certificate : entry.private_key;
  if (entry.open && missing == nullptr) return;
  const Member* other = no_certificate ? entry.private_key : entry.certificate;
  const Span where = missing != nullptr ? missing->value.where : other != nullptr ? other->key_where : entry.where;
  const std::string_view name = no_certificate && no_key ? "certificate and private_key are"
                                : no_certificate         ? "certificate is"
                                                         : "private_key is";
  Finding& finding = out.add(where,
                             fmt::format("{} missing, so that KrakenD connects without this client certificate; both "
                                         "are needed",
                                         name),
                             subject);
  if (missing == nullptr) finding.label = no_certificate ? "no certificate here" : "no private_key beside it";
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    for (const auto* block : client_blocks(configuration, out.options().read.edition)) {
      for (const auto& entry : block->client_certificates) check_entry(entry, block->subject, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/incomplete-client-cert",
    .summary = "a client certificate without its private key, or the reverse",
    .why =
        "Each entry of client_certs names a certificate and its private key. Where one of them is absent KrakenD "
        "writes a line to its log, goes on, and connects without a client certificate: upstreams that demand one "
        "refuse the connection, those that merely ask treat the gateway as anonymous.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_certs", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "none: name the other file",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      { "certificate": "/etc/krakend/tls/gateway.pem" }   //~ krakend/incomplete-client-cert
    ]
  },
  "endpoints": [
    { "endpoint": "/orders", "backend": [{ "host": ["https://orders.internal.example"], "url_pattern": "/orders" }] }
  ]
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      { "certificate": "/etc/krakend/tls/gateway.pem", "private_key": "/etc/krakend/tls/gateway.key" }
    ]
  },
  "endpoints": [
    { "endpoint": "/orders", "backend": [{ "host": ["https://orders.internal.example"], "url_pattern": "/orders" }] }
  ]
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_incomplete_client_cert
