// tyk/too-old-version: mutual TLS on a gateway that does not have it.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_too_old_version {
namespace {

namespace tyk = gateways::tyk;

void report(Span where, gateways::ProductVersion version, std::string_view subject, lint::Reporter& out) {
  if (!where.known() || version >= tyk::kMutualTls) return;
  out.add(
      where,
      fmt::format("Tyk {} has no mutual TLS; it needs Gateway 2.4, Dashboard 1.4 and MDCB 1.4 or later", name(version)),
      subject);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) report(conf.first_mutual_tls_key, conf.version, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) report(api.first_mutual_tls_key, api.version, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/too-old-version",
    .summary = "the version of Tyk has no mutual TLS",
    .why =
        "Before 2.4 the gateway does not know the fields of mutual TLS and ignores them: clients come in without a "
        "certificate, and upstreams get none.",
    .cites = {{"Tyk, mutual TLS concepts", "What is mutual TLS",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .fix = "none: upgrade the gateway",
    .bad = {.gateway = "tyk@2.3", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,   //~ tyk/too-old-version
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@2.4", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_too_old_version
