// krakend/implicit-client-tls13: a client_tls that raises the minimum to TLS 1.3 by being there.
#include <algorithm>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_implicit_client_tls13 {
namespace {

using gateways::krakend::Configuration;

// Without any https:// backend nothing is cut off.
bool calls_no_tls(const Configuration& configuration, gateways::Edition edition) {
  return gateways::krakend::knows_backends(configuration) &&
         gateways::krakend::upstream_domains(configuration, edition).empty();
}

bool has_no_tls_upstream(const Configuration& configuration, const gateways::krakend::ClientTls& block,
                         gateways::Edition edition) {
  namespace krakend = gateways::krakend;
  if (block.name_space.empty()) return calls_no_tls(configuration, edition);
  if (block.name_space != "backend/http/client") return false;
  const auto hosts = krakend::hosts_of(configuration, configuration.backends[block.backend]);
  return !configuration.more_backends && std::all_of(hosts.begin(), hosts.end(), [](const krakend::Host& host) {
    return host.scheme == krakend::Scheme::Http;
  });
}

void check_block(const Configuration& configuration, const gateways::krakend::ClientTls& block, lint::Reporter& out) {
  if (block.open || !gateways::krakend::is_empty(block.min_version)) return;
  if (has_no_tls_upstream(configuration, block, out.options().read.edition)) return;
  const Span where = block.min_version != nullptr ? block.min_version->value.where : block.key;
  Finding& finding = out.add(where,
                             "no min_version, for which client_tls means TLS 1.3, so that upstreams with TLS 1.2 fail; "
                             "set TLS12 or TLS13",
                             block.subject);
  finding.label = "no min_version here; KrakenD then uses TLS13";
  finding.notes.push_back("without client_tls the minimum is TLS 1.2, the default of Go's client");
  if (!block.name_space.empty()) lint::Reporter::lower(finding, Confidence::Medium);
  if (block.min_version == nullptr) {
    finding.fix = out.insert(block.node->where, "min_version", "\"TLS12\"", false);
  } else {
    finding.fix = out.set_version(block.min_version->value.where, tls::kTls12, false);
  }
}

/// The deprecated switch of the root makes a client_tls that says nothing else.
void check_root_switch(const Configuration& configuration, lint::Reporter& out) {
  namespace krakend = gateways::krakend;
  if (!configuration.allow_insecure.value || !configuration.allow_insecure.known()) return;
  if (configuration.version.number < krakend::kClientTlsSince || krakend::panics_at_start(configuration)) return;
  if (configuration.client_tls || configuration.client_tls_presence != krakend::Presence::Absent) return;
  if (calls_no_tls(configuration, out.options().read.edition)) return;
  Finding& finding =
      out.add(configuration.allow_insecure_connections->value.where,
              "allow_insecure_connections makes a client_tls without min_version, which means TLS 1.3, so "
              "that upstreams with TLS 1.2 fail; write client_tls with TLS12 or TLS13",
              "client_tls");
  finding.label = "no client_tls beside it; KrakenD then uses TLS13";
  finding.notes.push_back("without both the minimum is TLS 1.2, the default of Go's client");
  if (configuration.root->find("client_tls") == nullptr)
    finding.fix = out.insert(configuration.root->where, "client_tls", R"({ "min_version": "TLS12" })", false);
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const Configuration& configuration : model.configurations) {
    check_root_switch(configuration, out);
    for (const auto* block : client_blocks(configuration, out.options().read.edition)) {
      check_block(configuration, *block, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/implicit-client-tls13",
    .summary = "client_tls without min_version limits upstreams to TLS 1.3",
    .why =
        "Without client_tls KrakenD reaches its upstreams with TLS 1.2 and 1.3. As soon as the object is there, for a "
        "CA or for anything else, its min_version defaults to TLS13, and upstreams that speak TLS 1.2 at most fail "
        "with \"protocol version not supported\". The sample of the documentation for allow_insecure_connections does "
        "just that.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls, min_version",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Go, crypto/tls", "Config.MinVersion", "https://pkg.go.dev/crypto/tls#Config"}},
    .severity = Severity::Warning,
    .fix = "unsafe: set min_version to TLS12, or to TLS13 where that is meant",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {   //~ krakend/implicit-client-tls13
    "ca_certs": ["/etc/krakend/tls/internal-ca.pem"]
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
    "ca_certs": ["/etc/krakend/tls/internal-ca.pem"]
  },
  "endpoints": [
    { "endpoint": "/orders", "backend": [{ "host": ["https://orders.internal.example"], "url_pattern": "/orders" }] }
  ]
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_implicit_client_tls13
