// tyk/catch-all-certificate: a client certificate under the key `*`.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_catch_all_certificate {
namespace {

namespace tyk = gateways::tyk;

const tyk::HostEntry* catch_all(const tyk::HostMap& map) {
  if (map.switched_off) return nullptr;
  for (const tyk::HostEntry& entry : map.entries) {
    if (entry.unresolved || entry.host != "*" || entry.certificates.empty()) continue;
    if (entry.certificates.front().form != tyk::ReferenceForm::Empty) return &entry;
  }
  return nullptr;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (const tyk::HostEntry* entry = catch_all(conf.upstream_certificates)) {
      out.add(Severity::Warning, entry->key,
              "'*' presents this client certificate to every upstream of every API that asks for one; name the hosts "
              "that it is meant for",
              "tyk.conf");
    }
  }
  for (const tyk::Api& api : model.apis) {
    if (const tyk::HostEntry* entry = catch_all(api.upstream_certificates)) {
      out.add(
          entry->key,
          "'*' presents this client certificate to every upstream of the API that asks for one, also instead of one "
          "that tyk.conf has for the host",
          api.subject);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/catch-all-certificate",
    .summary = "a client certificate is shown to every upstream",
    .why =
        "The key * is the default for all hosts without a key of their own. Every upstream that asks for a client "
        "certificate, also one that a redirect or a rewritten URL leads to, learns who the gateway is. In tyk.conf it "
        "holds for all APIs; in an API definition it also beats the more exact entries of tyk.conf.",
    .cites = {{"Tyk, upstream mTLS", "Default upstream certificate",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "none: only you know which hosts ask for it",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*": "/etc/tyk/upstream/orders.pem"   //~ tyk/catch-all-certificate
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_catch_all_certificate
