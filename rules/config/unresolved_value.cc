// config/unresolved-value: a value that only run time knows, so that rules about it stay silent.
#include <fmt/format.h>

#include <string>

#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::config_unresolved_value {
namespace {

/// Values of objects that are about TLS, and references in place of such an object.
bool matters(const lint::FieldPlace& place) {
  return place.object->type->closed || (place.row && !place.row->object.empty());
}

void check_value(const Node& value, const lint::FieldPlace& place, lint::Reporter& out) {
  if (!value.unresolved || !matters(place) || gateways::is_placeholder(value.scalar)) return;
  const std::string path = place.path();
  out.add(lint::place_of(value),
          fmt::format("{} cannot be resolved here; rules about {} are skipped", lint::shown(value, place.member->key),
                      path),
          path);
}

/// A container that was cut off by a syntax error is open as well, but that is told elsewhere.
bool holds_template(const gateways::KnownObject& object, const lint::Reporter& out) {
  return object.node->open && out.text(object.node->where).find("{{") != std::string_view::npos;
}

void check_object(const gateways::KnownObject& object, lint::Reporter& out) {
  if (!object.type->closed || !holds_template(object, out)) return;
  const Span where = object.node->where;
  out.add({where.file, where.begin, where.begin + 1},
          fmt::format("a template may add fields to {}; rules about absent fields are skipped there", object.path),
          object.path);
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  lint::for_each_unresolved(set,
                            [&](const Node& value, const lint::FieldPlace& place) { check_value(value, place, out); });
  for (const gateways::KnownObject& object : set.reading.objects) check_object(object, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/unresolved-value",
    .summary = "a template, variable or secret reference was not checked",
    .why =
        "Go templates of KrakenD's flexible configuration, $NAME in Flex Gateway and env://, vault://, consul:// and "
        "the like in those fields of Tyk that it looks up get their value when the gateway starts. Rules about such a "
        "value say nothing. The option --define gives a value; of KrakenD the rendered configuration can be linted "
        "instead.",
    .cites = {{"KrakenD, flexible configuration", "", "https://www.krakend.io/docs/configuration/flexible-config/"},
              {"Flex Gateway declarative configuration reference", "environment variables",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"},
              {"Tyk, key-value storage of secrets", "", "https://tyk.io/docs/tyk-configuration-reference/kv-store/"}},
    .severity = Severity::Info,
    .fix = "none: give the value with --define NAME=VALUE or --define NAME=@FILE",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "{{ env "MIN_VERSION" }}"   //~ config/unresolved-value
  }
}
)"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "{{ env "MIN_VERSION" }}"
  }
}
)",
             .options = "--define MIN_VERSION=TLS13"},
    .check = check,
};

}  // namespace tlsward::rules::config_unresolved_value
