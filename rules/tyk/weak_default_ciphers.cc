// tyk/weak-default-ciphers: a default list with RSA key exchange or 3DES.
#include <algorithm>
#include <span>
#include <string>

#include <fmt/format.h>

#include "gateways/go.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_weak_default_ciphers {
namespace {

namespace go = gateways::go;
namespace tyk = gateways::tyk;

/// "RSA key exchange and 3DES": what of it is among the suites; empty where neither is.
std::string weaknesses(std::span<const tls::CipherSuite> suites) {
  const auto any = [&](bool matches(const tls::CipherSuiteFacts&)) {
    return std::any_of(suites.begin(), suites.end(), [&](tls::CipherSuite suite) {
      const tls::CipherSuiteFacts* facts = tls::facts(suite);
      return facts && matches(*facts);
    });
  };
  const bool rsa = any([](const tls::CipherSuiteFacts& facts) { return facts.key_exchange == tls::KeyExchange::Rsa; });
  const bool short_keys = any([](const tls::CipherSuiteFacts& facts) { return facts.bits < 128; });
  return fmt::format("{}{}{}", rsa ? "RSA key exchange" : "", rsa && short_keys ? " and " : "",
                     short_keys ? "3DES" : "");
}

bool lists_none(const tyk::NameList& list) {
  return list.state == tyk::State::Absent || (list.state == tyk::State::Written && list.names.empty() && !list.open);
}

/// The suites of TLS 1.3 are the same whatever is listed.
bool may_be_tls13_only(const tyk::Conf& conf) {
  constexpr long kTls13 = 772;
  return !conf.server_versions.min.known() || conf.server_versions.min.value >= kTls13;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    const bool serves_tls = tyk::is_on(conf.use_ssl) || tyk::api_with_tls_port(model);
    if (!serves_tls || !lists_none(conf.server_ciphers) || may_be_tls13_only(conf)) continue;
    const std::string weak = weaknesses(go::default_suites(tyk::build_of(conf.version)));
    if (weak.empty()) continue;
    Finding& finding = out.add(conf.server_key.known() ? conf.server_key : conf.head,
                               fmt::format("no ssl_ciphers, for which Tyk {} also offers suites with {}; list those "
                                           "with ECDHE and AES-GCM or ChaCha20",
                                           gateways::name(conf.version), weak),
                               "tyk.conf");
    if (conf.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/weak-default-ciphers",
    .summary = "the default list of suites holds RSA key exchange and 3DES",
    .why =
        "Go took suites with RSA key exchange out of its defaults in 1.22 and 3DES in 1.23. Releases of Tyk "
        "that are built with an older Go, or with the switches tlsrsakex=1 and tls3des=1, still offer them "
        "where ssl_ciphers is not set.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.ssl_ciphers",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Go 1.22 release notes", "crypto/tls", "https://go.dev/doc/go1.22#crypto/tls"}},
    .severity = Severity::Info,
    .fix = "none: a list of one's own",
    .bad = {.gateway = "tyk@5.8.8", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {   //~ tyk/weak-default-ciphers
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.8.8", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "ssl_ciphers": ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_weak_default_ciphers
