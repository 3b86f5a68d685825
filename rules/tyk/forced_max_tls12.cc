// tyk/forced-max-tls12: a maximum of an API that Tyk replaces.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_forced_max_tls12 {
namespace {

namespace tyk = gateways::tyk;

std::string version_name(long number) {
  return tls::name(tls::Version{static_cast<std::uint16_t>(number)});
}

constexpr long kTls12 = 771;

/// What Tyk does with it when it loads the API: the maximum becomes TLS 1.2, or the minimum where that is higher.
long effective_maximum(const tyk::VersionLimits& limits) {
  return limits.min.written() && limits.min.value > kTls12 ? limits.min.value : kTls12;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::Number& max = api.versions.max;
    if (!max.written() || max.value == 0 || max.value == kTls12 || !api.versions.min.known()) continue;
    const long effective = effective_maximum(api.versions);
    if (effective == max.value) continue;
    Finding& finding =
        out.add(max.where,
                fmt::format("Tyk replaces {} by TLS 1.2 for a single API (effective maximum: {}); leave it out and use "
                            "proxy_ssl_max_version of tyk.conf",
                            version_name(max.value), version_name(effective)),
                api.subject);
    finding.fix = out.remove(max.where, "leave the maximum to tyk.conf", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/forced-max-tls12",
    .summary = "the maximum version of a single API is replaced by TLS 1.2",
    .why =
        "When it loads an API, Tyk sets its ssl_max_version to TLS 1.2 whatever is written, and to the "
        "minimum where that is higher. TLS 1.3 cannot be asked for like this; a maximum below TLS 1.2 is "
        "lifted.",
    .cites = {{"Tyk, processSpec in gateway/api_loader.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/api_loader.go"},
              {"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: remove it; the limits of tyk.conf then hold",
    .replaces = {"tls/tls13-disabled"},
    .replaces_in_context = {"tls/tls13-disabled"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com",
    "transport": {
      "ssl_max_version": 772   //~ tyk/forced-max-tls12
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

}  // namespace tlsward::rules::tyk_forced_max_tls12
