// tyk/pinned-min-version: a minimum of an API that becomes its only version.
#include <fmt/format.h>

#include "gateways/go.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_pinned_min_version {
namespace {

namespace tyk = gateways::tyk;

std::string version_name(long number) {
  return tls::name(tls::Version{static_cast<std::uint16_t>(number)});
}

constexpr long kTls12 = 771, kTls13 = 772;

/// What upstreams of the API are called with at least once it says nothing; tyk.conf counts where it was given.
long minimum_without(const tyk::Model& model, const tyk::Api& api) {
  if (model.confs.size() == 1) {
    const tyk::Number& common = model.confs.front().proxy_versions.min;
    if (common.written() && common.value > 0) return common.value;
    if (!common.known()) return 0;
  }
  if (tyk::resolves_version_range(api.version)) return kTls12;
  return gateways::go::default_min_version(tyk::build_of(api.version), tls::Role::Upstream).number;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::Number& min = api.versions.min;
    const tyk::Number& max = api.versions.max;
    if (tyk::calls_cleartext_only(api) || !tyk::knows_maximum_version(api.version)) continue;
    const bool no_maximum = max.absent() || (max.written() && max.value == 0);
    if (!min.written() || min.value == 0 || !no_maximum || min.value >= kTls13 || min.value < 769) continue;
    Finding& finding =
        out.add(min.value < kTls12 ? Severity::Error : Severity::Warning, min.where,
                fmt::format("the minimum alone pins the API to {}: without a maximum Tyk takes the minimum for it",
                            version_name(min.value)),
                api.subject);
    // A lower version that nothing else forbids is no remedy.
    if (minimum_without(model, api) >= min.value)
      finding.fix = out.remove(min.where, "leave the minimum to tyk.conf", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/pinned-min-version",
    .summary = "a minimum without a maximum pins an API to one version",
    .why =
        "For a single API Tyk takes an absent ssl_max_version for 0 and lifts it to the minimum. "
        "ssl_min_version: 771 so means TLS 1.2 alone, and 769 or 770 an obsolete version alone. "
        "proxy_ssl_min_version in tyk.conf is a floor as usual.",
    .cites = {{"Tyk, processSpec in gateway/api_loader.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/api_loader.go"},
              {"Tyk Gateway configuration", "proxy_ssl_min_version",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "unsafe: remove it; the limits of tyk.conf then hold. None where they, or the release, allow less",
    .replaces = {"tls/tls13-disabled"},
    .replaces_in_context = {"tls/tls13-disabled"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com",
    "transport": {
      "ssl_min_version": 771   //~ tyk/pinned-min-version
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

}  // namespace tlsward::rules::tyk_pinned_min_version
