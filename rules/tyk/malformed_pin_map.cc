// tyk/malformed-pin-map: pins that are no map.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_malformed_pin_map {
namespace {

namespace tyk = gateways::tyk;

/// A list in brackets or in YAML's block style.
bool is_list(std::string_view text) {
  return text.starts_with('[') || text.starts_with("- ") || text.starts_with("-\n");
}

void check_map(const tyk::HostMap& map, std::string_view subject, lint::Reporter& out) {
  if (map.state != tyk::State::Unresolved || !map.where.known() || !is_list(out.text(map.where))) return;
  out.add(map.where,
          "pinned_public_keys is a list; it must be a map from host to ids of public keys, separated by commas",
          subject);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_map(conf.pinned_public_keys, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) {
    if (api.form == tyk::ApiForm::Classic) check_map(api.pinned_public_keys, api.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/malformed-pin-map",
    .summary = "pinned_public_keys is no map from host to public keys",
    .why =
        "Tyk decodes pinned_public_keys as a map from text to text. The schema of tyk lint wants a list of "
        "objects there, which is wrong: with it the file cannot be decoded and is not loaded.",
    .cites = {{"Tyk, certificate pinning", "", "https://tyk.io/docs/security/certificate-pinning/"},
              {"Tyk, Config in config/config.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/config/config.go"}},
    .severity = Severity::Error,
    .fix = "none: a map",
    .replaces = {"config/wrong-type"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "pinned_public_keys": [   //~ tyk/malformed-pin-map
    { "orders.internal.example.com": "5f0c9a" }
  ],
  "proxy": {
    "target_url": "https://orders.internal.example.com"
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

}  // namespace tlsward::rules::tyk_malformed_pin_map
