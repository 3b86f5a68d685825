// tyk/unknown-oas-version: a TLS version in a form that Tyk does not read.
#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unknown_oas_version {
namespace {

namespace tyk = gateways::tyk;

constexpr std::array<std::string_view, 4> kVersions = {"1.0", "1.1", "1.2", "1.3"};

bool is_quoted(std::string_view raw) {
  return raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'');
}

void check_limit(const tyk::Number& limit, std::string_view subject, lint::Reporter& out) {
  if (!limit.where.known()) return;
  const std::string_view raw = out.text(limit.where);
  const std::string_view inner = is_quoted(raw) ? raw.substr(1, raw.size() - 2) : raw;
  const bool known = std::find(kVersions.begin(), kVersions.end(), inner) != kVersions.end();
  if (inner.empty() || (known && is_quoted(raw)) || inner.find('$') != std::string_view::npos || inner == "null")
    return;
  if (inner.find("{{") != std::string_view::npos || inner.starts_with('<')) return;
  if (known) {
    Finding& finding = out.add(
        limit.where, fmt::format("{} is a number, which Tyk does not read here; use \"{}\"", inner, inner), subject);
    finding.fix = out.replace(limit.where, fmt::format("\"{}\"", inner), "write it as text", false);
    return;
  }
  const auto version = tls::parse_version(inner);
  const std::string hint = version && *version >= tls::kTls10 && tls::is_known(*version)
                               ? fmt::format("; did you mean \"{}\"?", tls::short_name(*version))
                               : "";
  out.add(limit.where,
          fmt::format("'{}' is no version here and counts as unset; use \"1.0\", \"1.1\", \"1.2\" or \"1.3\"{}",
                      inner.substr(0, 40), hint),
          subject);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (api.form != tyk::ApiForm::Oas) continue;
    check_limit(api.versions.min, api.subject, out);
    check_limit(api.versions.max, api.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unknown-oas-version",
    .summary = "a TLS version of an OAS definition is no text from 1.0 to 1.3",
    .why =
        "tlsTransport.minVersion and maxVersion are texts. A number, as YAML makes of an unquoted 1.2 and as "
        "a sample of the documentation has it, fails the schema; any other text counts as unset, and the "
        "limits of tyk.conf hold.",
    .cites = {{"Tyk OAS schema", "tlsTransport",
               "https://github.com/TykTechnologies/tyk/blob/master/apidef/oas/schema/x-tyk-api-gateway.json"},
              {"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Error,
    .fix = "unsafe: quotes; the limit then takes effect",
    .replaces = {"config/wrong-type"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "openapi": "3.0.3",
  "info": { "title": "orders", "version": "1" },
  "paths": {},
  "x-tyk-api-gateway": {
    "info": { "name": "orders", "id": "orders", "state": { "active": true } },
    "server": { "listenPath": { "value": "/orders/", "strip": true } },
    "upstream": {
      "url": "https://orders.internal.example.com",
      "tlsTransport": {
        "minVersion": 1.2   //~ tyk/unknown-oas-version
      }
    }
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "openapi": "3.0.3",
  "info": { "title": "orders", "version": "1" },
  "paths": {},
  "x-tyk-api-gateway": {
    "info": { "name": "orders", "id": "orders", "state": { "active": true } },
    "server": { "listenPath": { "value": "/orders/", "strip": true } },
    "upstream": {
      "url": "https://orders.internal.example.com",
      "tlsTransport": {
        "minVersion": "1.2",
        "maxVersion": "1.2"
      }
    }
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unknown_oas_version
