// tyk/implicit-max-tls12: TLS 1.3 is off because no maximum is written.
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_implicit_max_tls12 {
namespace {

namespace tyk = gateways::tyk;

bool has_no_maximum(const tyk::VersionLimits& limits) {
  return limits.max.absent() || (limits.max.written() && limits.max.value == 0);
}

/// A minimum of TLS 1.3 lifts the maximum.
bool ends_below_tls13(const tyk::VersionLimits& limits) {
  return limits.min.known() && limits.min.value < 772;
}

/// Limits of tyk.conf, and where a maximum belongs.
struct Place {
  const tyk::VersionLimits& limits;
  std::string_view key;
  Span where, object;
};

void report(const tyk::Conf& conf, const Place& place, std::string_view subject, lint::Reporter& out) {
  const tyk::Number& max = place.limits.max;
  if (!has_no_maximum(place.limits) || !ends_below_tls13(place.limits) || !place.where.known()) return;
  Finding& finding = out.add(place.where,
                             fmt::format("no {}, for which Tyk {} takes TLS 1.2; 772 enables TLS 1.3", place.key,
                                         gateways::name(conf.version)),
                             subject);
  if (conf.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  if (max.written()) {
    finding.fix = out.replace(max.where, "772", "enable TLS 1.3", false);
  } else if (place.object.known()) {
    finding.fix = out.insert(place.object, place.key, "772", false);
  }
}

/// True where an API calls an upstream over TLS with the limits of tyk.conf.
bool uses_common_limits(const tyk::Api& api) {
  const auto is_unset = [](const tyk::Number& version) { return version.known() && version.value == 0; };
  return is_unset(api.versions.min) && is_unset(api.versions.max) && !tyk::calls_cleartext_only(api);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    // Releases without the keys have nothing to write.
    if (tyk::resolves_version_range(conf.version) || !tyk::knows_maximum_version(conf.version)) continue;
    const std::string listener =
        conf.listen_port.known() ? fmt::format("listener :{}", tyk::gateway_port(conf)) : "listener";
    if (tyk::is_on(conf.use_ssl) || tyk::api_with_tls_port(model))
      report(conf, {conf.server_versions, "max_version", conf.server_key, conf.server_object}, listener, out);
    // Of APIs that are not in the input a minimum tells that they call over TLS.
    const bool is_for_others = model.apis.empty() && conf.proxy_versions.min.written();
    if (is_for_others || std::any_of(model.apis.begin(), model.apis.end(), uses_common_limits))
      report(conf, {conf.proxy_versions, "proxy_ssl_max_version", conf.head, conf.object}, "tyk.conf", out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/implicit-max-tls12",
    .summary = "without a maximum the release offers TLS 1.2 at most",
    .why =
        "Before 5.8.14 and 5.13.0 Tyk takes an absent maximum for TLS 1.2, for its listener and for upstreams "
        "alike, although the Go that it is built with speaks TLS 1.3.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.max_version, proxy_ssl_max_version",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"}},
    .severity = Severity::Info,
    .fix = "unsafe: 772, which enables TLS 1.3",
    .replaces = {"tls/tls13-disabled"},
    .replaces_in_context = {"tls/tls13-disabled"},
    .bad = {.gateway = "tyk@5.8.8", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {   //~ tyk/implicit-max-tls12
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.8.8", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_implicit_max_tls12
