// tyk/cn-only-verification: upstreams verified by their common name alone.
#include <fmt/format.h>

#include <algorithm>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_cn_only_verification {
namespace {

namespace tyk = gateways::tyk;

void report(const tyk::Flag& flag, std::string_view subject, lint::Reporter& out) {
  Finding& finding = out.add(flag.where,
                             "on direct connections Tyk then verifies neither the chain nor the SAN and compares the "
                             "common name alone, which anyone can forge",
                             subject);
  finding.fix = out.remove(flag.where, "verify as usual", false);
}

/// Through a forward proxy another way of dialling is taken.
bool dials_directly(const tyk::Api& api) {
  const bool direct = api.proxy_url.absent() || (api.proxy_url.written() && api.proxy_url.value.empty());
  return direct && !tyk::calls_cleartext_only(api);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const bool anybody = model.apis.empty() || std::any_of(model.apis.begin(), model.apis.end(), dials_directly);
  for (const tyk::Conf& conf : model.confs) {
    if (tyk::is_on(conf.force_common_name) && anybody) report(conf.force_common_name, "tyk.conf", out);
  }
  for (const tyk::Api& api : model.apis) {
    if (tyk::is_on(api.force_common_name) && dials_directly(api)) report(api.force_common_name, api.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/cn-only-verification",
    .summary = "upstreams are verified by the common name alone",
    .why =
        "With ssl_force_common_name_check Tyk dials upstreams by itself, with Go's verification switched off, "
        "and compares the common name of whatever certificate it is shown. Any self-made certificate with "
        "that name passes.",
    .cites = {{"Tyk, TLS settings", "ssl_force_common_name_check", "https://tyk.io/docs/api-management/certificates"},
              {"RFC 9525", "2", "https://www.rfc-editor.org/rfc/rfc9525#section-2"}},
    .severity = Severity::Error,
    .fix = "unsafe: remove the switch; upstreams then need a certificate with a SAN of a trusted CA",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com",
    "transport": {
      "ssl_force_common_name_check": true   //~ tyk/cn-only-verification
    }
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_cn_only_verification
