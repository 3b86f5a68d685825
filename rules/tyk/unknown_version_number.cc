// tyk/unknown-version-number: a number that is no TLS version.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unknown_version_number {
namespace {

namespace tyk = gateways::tyk;

constexpr long kTls10 = 769, kTls13 = 772;

bool is_version(long number) {
  return number == 0 || (number >= kTls10 && number <= kTls13);
}

std::string_view effect(long number, bool minimum) {
  if (minimum) return number < kTls10 ? "TLS 1.0 and everything newer is enabled" : "no version is left";
  return number < kTls10 ? "no version is left" : "there is no upper limit";
}

/// 12 for 771 and the like: what was meant is plain.
long meant(long number) {
  return number >= 10 && number <= 13 ? kTls10 + (number - 10) : 0;
}

void check_limit(const tyk::Number& limit, bool minimum, bool single_api, std::string_view subject,
                 lint::Reporter& out) {
  if (!limit.written() || is_version(limit.value)) return;
  const std::string consequence =
      single_api ? std::string() : fmt::format(", so that {}", effect(limit.value, minimum));
  Finding& finding = out.add(limit.where,
                             fmt::format("{} is no TLS version number (769 is TLS 1.0, 770 1.1, 771 1.2, 772 1.3){}",
                                         limit.value, consequence),
                             subject);
  if (const long number = meant(limit.value); number != 0)
    finding.fix = out.replace(limit.where, fmt::format("{}", number), fmt::format("write {}", number), false);
}

void check_limits(const tyk::VersionLimits& limits, bool single_api, std::string_view subject, lint::Reporter& out) {
  check_limit(limits.min, true, single_api, subject, out);
  check_limit(limits.max, false, single_api, subject, out);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    check_limits(conf.server_versions, false, "tyk.conf", out);
    check_limits(conf.proxy_versions, false, "tyk.conf", out);
  }
  for (const tyk::Api& api : model.apis) {
    if (api.form == tyk::ApiForm::Classic) check_limits(api.versions, true, api.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unknown-version-number",
    .summary = "a limit is no TLS version number",
    .why =
        "Tyk's limits are the numbers of the wire: 769 to 772. Others are compared all the same: a minimum of "
        "12 lets TLS 1.0 in, a maximum of 12 leaves nothing.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.min_version",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"RFC 8446", "4.2.1", "https://www.rfc-editor.org/rfc/rfc8446#section-4.2.1"}},
    .severity = Severity::Error,
    .fix = "unsafe: 771 for 12 and the like",
    .replaces = {"tls/obsolete-version", "tls/inverted-version-range", "tls/tls13-disabled", "tyk/forced-max-tls12"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 12,   //~ tyk/unknown-version-number
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
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

}  // namespace tlsward::rules::tyk_unknown_version_number
