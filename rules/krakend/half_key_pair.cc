// krakend/half-key-pair: a certificate without its key, or the reverse.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_half_key_pair {
namespace {

void check_pair(const gateways::krakend::KeyPair& pair, lint::Reporter& out) {
  const bool no_certificate = gateways::krakend::is_empty(pair.public_key);
  const bool no_key = gateways::krakend::is_empty(pair.private_key);
  if (no_certificate == no_key && (pair.legacy || !no_key)) return;
  const Member* missing = no_certificate ? pair.public_key : pair.private_key;
  if (pair.open && missing == nullptr) return;
  const Member* other = no_certificate ? pair.private_key : pair.public_key;
  const Span where = missing != nullptr ? missing->value.where : other != nullptr ? other->key_where : pair.where;
  const std::string_view name = no_certificate && no_key ? "public_key and private_key are"
                                : no_certificate         ? "public_key is"
                                                         : "private_key is";
  Finding& finding =
      out.add(where,
              fmt::format("{} missing, so that KrakenD stops with \"{} key not defined\"; both are needed", name,
                          no_certificate ? "public" : "private"),
              pair.path);
  if (missing == nullptr) finding.label = no_certificate ? "no public_key beside it" : "no private_key beside it";
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    if (!gateways::krakend::tls_active(configuration)) continue;
    for (const gateways::krakend::KeyPair* pair : gateways::krakend::served_pairs(configuration))
      check_pair(*pair, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/half-key-pair",
    .summary = "a certificate without its private key, or the reverse",
    .why =
        "KrakenD needs both files of a pair and refuses to start otherwise; an empty string counts as absent. The "
        "documentation names ./certs/cert.pem and ./certs/key.pem as defaults, but the program has none.",
    .cites = {{"KrakenD 2.6, TLS settings", "private_key, public_key",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"lura 2.6.1, server.go", "ErrPublicKey, ErrPrivateKey",
               "https://github.com/luraproject/lura/blob/v2.6.1/transport/http/server/server.go"}},
    .severity = Severity::Error,
    .fix = "none: name the other file",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [
      { "public_key": "/etc/krakend/tls/api.pem" }   //~ krakend/half-key-pair
    ]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [
      { "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }
    ]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_half_key_pair
