// tyk/unpinned-host: a host without a pin beside others that have one.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unpinned_host {
namespace {

namespace tyk = gateways::tyk;

bool is_unclear(const tyk::HostMap& map) {
  return map.open || map.may_be_off || map.state == tyk::State::Unresolved ||
         std::any_of(map.entries.begin(), map.entries.end(),
                     [](const tyk::HostEntry& entry) { return entry.unresolved; });
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  for (const tyk::Api& api : model.apis) {
    if (!tyk::has_pins(conf, api) || is_unclear(api.pinned_public_keys) ||
        (conf && is_unclear(conf->pinned_public_keys)))
      continue;
    for (const tyk::Target& target : api.targets) {
      if (target.unresolved || tyk::is_cleartext(target) || tyk::pin_entry(conf, api, target.host)) continue;
      Finding& finding =
          out.add(target.where,
                  fmt::format("once there is any pin Tyk turns the usual verification off; '{}' has none, so that any "
                              "certificate is accepted there",
                              target.host.text),
                  api.subject);
      if (target.uncertain) lint::Reporter::lower(finding, Confidence::Low);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unpinned-host",
    .summary = "a host has no pin, and the pins of others switch its verification off",
    .why =
        "As soon as an API or the gateway pins any public key, Tyk dials with Go's verification off and "
        "compares pins in its place. For a host that no pin is for there is nothing to compare, and every "
        "certificate passes.",
    .cites = {{"Tyk, certificate pinning", "", "https://tyk.io/docs/security/certificate-pinning/"},
              {"Tyk, customDialTLSCheck in gateway/cert.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: a pin for the host, or for '*'",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "pinned_public_keys": {
    "bills.internal.example.com": "b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2"
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"   //~ tyk/unpinned-host
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "pinned_public_keys": {
    "orders.internal.example.com": "b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2b0a3f7c2"
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unpinned_host
