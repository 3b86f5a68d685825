// krakend/empty-upstream-trust: a client_tls that trusts nobody.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_empty_upstream_trust {
namespace {

namespace krakend = gateways::krakend;

bool names_no_ca(const krakend::ClientTls& block) {
  return block.ca_certs == nullptr ? !block.open : krakend::lists_nothing(block.ca_certs->value);
}

/// The deprecated switch of the root counts for the block of the root.
bool may_skip_verification(const krakend::Configuration& configuration, const krakend::ClientTls& block) {
  const auto on = [](const tls::Setting<bool>& insecure) { return !insecure.known() || insecure.value; };
  return on(block.allow_insecure_connections) || (block.name_space.empty() && on(configuration.allow_insecure));
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    for (const krakend::ClientTls* block : krakend::client_blocks(configuration, out.options().read.edition)) {
      const auto& pool = block->disable_system_ca_pool;
      if (!pool.written() || !pool.value || !names_no_ca(*block)) continue;
      if (may_skip_verification(configuration, *block)) continue;
      out.add(pool.where,
              "the CAs of the operating system are off and ca_certs names none, so that no upstream's certificate can "
              "be verified",
              block->subject);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/empty-upstream-trust",
    .summary = "client_tls trusts no CA at all",
    .why =
        "With disable_system_ca_pool and without ca_certs there is nothing to verify upstreams with. Every "
        "call over TLS fails with \"x509: certificate signed by unknown authority\".",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls, disable_system_ca_pool",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "none: list the CA of the upstreams in ca_certs",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "client_tls": {
    "min_version": "TLS12",
    "disable_system_ca_pool": true   //~ krakend/empty-upstream-trust
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "client_tls": {
    "min_version": "TLS12",
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/upstreams-ca.pem"]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_empty_upstream_trust
