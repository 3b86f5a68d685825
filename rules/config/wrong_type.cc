// config/wrong-type: a value is not of the type that its field has.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::config_wrong_type {
namespace {

using gateways::KeyType;

bool is_integer(const Node& value) {
  return value.kind == NodeKind::Number && value.scalar.find_first_of(".eE") == std::string_view::npos;
}

/// What a scalar field takes; Any for fields of lists and objects.
KeyType scalar_type(KeyType type) {
  if (type == KeyType::TextList || type == KeyType::TextMap) return KeyType::Text;
  if (type == KeyType::IntegerList) return KeyType::Integer;
  return type;
}

bool fits(const Node& value, KeyType type) {
  switch (type) {
    case KeyType::Text:
      return value.is_text();
    case KeyType::Bool:
      return value.kind == NodeKind::Bool;
    case KeyType::Integer:
      return is_integer(value);
    case KeyType::Number:
      return value.kind == NodeKind::Number;
    case KeyType::TextList:
    case KeyType::IntegerList:
    case KeyType::ObjectList:
      return value.is_list();
    case KeyType::Object:
    case KeyType::TextMap:
      return value.is_map();
    case KeyType::Any:
      break;
  }
  return true;
}

bool is_decimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const bool leading_zero = text.size() > 1 && text.front() == '0';
  return !text.empty() && text.size() < 10 && !leading_zero &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The same value in the type that the field has, in the file's own syntax; nullopt where something would be lost.
std::optional<std::string> converted(const Node& value, KeyType type) {
  if (type == KeyType::Text && (value.kind == NodeKind::Number || value.kind == NodeKind::Bool))
    return fmt::format("\"{}\"", value.scalar);
  const bool word = value.scalar == "true" || value.scalar == "false";
  if (type == KeyType::Bool && value.is_text() && word) return std::string(value.scalar);
  if ((type == KeyType::Integer || type == KeyType::Number) && value.is_text() && is_decimal(value.scalar))
    return std::string(value.scalar);
  return std::nullopt;
}

std::string found(const Node& value, std::string_view key) {
  switch (value.kind) {
    case NodeKind::List:
      return "a list";
    case NodeKind::Map:
      return "an object";
    case NodeKind::Null:
      return "null";
    case NodeKind::Bool:
      return fmt::format("the boolean {}", value.scalar);
    case NodeKind::Number:
      return fmt::format("the number {}", value.scalar);
    case NodeKind::Text:
      break;
  }
  return fmt::format("the string {}", lint::shown(value, key));
}

/// A value in place of a list of one. Some releases split a text with commas.
bool is_lone_entry(const Node& value, KeyType type) {
  const bool is_list = type == KeyType::TextList || type == KeyType::IntegerList;
  return is_list && fits(value, scalar_type(type)) && value.scalar.find(',') == std::string_view::npos;
}

/// Components decode what stands below extra_config by themselves, most of them with Go's encoding/json, which converts
/// nothing. Source: github.com/krakend/krakend-jose, jws.go, GetSignatureConfig (read 2026-11-27).
bool is_decoded_by_component(std::string_view path) {
  return path.find("extra_config.") != std::string_view::npos;
}

void report(const Node& value, const lint::FieldPlace& place, KeyType type, lint::Reporter& out) {
  const gateways::Gateway& gateway = *out.set().gateway;
  const std::optional<std::string> same = converted(value, type);
  const bool by_component = gateway.converts_types && is_decoded_by_component(place.path());
  const bool harmless = gateway.converts_types && !by_component && (same || is_lone_entry(value, type));
  // A list or object may take many lines; its first byte is enough to point at.
  Span where = lint::place_of(value);
  if (!value.is_scalar() && !value.used_at.known()) where.end = where.begin + 1;
  const std::string path = place.path();
  Finding& finding =
      out.add(harmless ? Severity::Warning : Severity::Error, where,
              fmt::format("{} is {}, but must be {}{}", path, found(value, place.member->key), gateways::name(type),
                          harmless ? fmt::format("; {} converts it", gateway.name) : ""),
              path);
  if (by_component) lint::Reporter::lower(finding, Confidence::Medium);
  // What the field does not take in any type must be written anew.
  if (!same || !gateways::allows(*place.row, value.scalar)) return;
  // Where the gateway converts, nothing changes; elsewhere the value may take effect for the first time.
  finding.fix = out.replace(where, *same, fmt::format("write {}", *same), harmless);
}

void check_entries(const Node& value, lint::FieldPlace& place, lint::Reporter& out) {
  const KeyType type = place.row->type;
  const KeyType inner = type == KeyType::ObjectList ? KeyType::Object : scalar_type(type);
  const auto wrong = [&](const Node& entry) { return !entry.unresolved && !entry.is_null() && !fits(entry, inner); };
  if (value.is_list()) {
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      place.index = i;
      if (wrong(value.items[i])) report(value.items[i], place, inner, out);
    }
    return;
  }
  if (type != KeyType::TextMap || !place.row->object.empty()) return;
  for (const Member& entry : value.members) {
    place.entry = entry.key;
    if (wrong(entry.value)) report(entry.value, place, inner, out);
  }
}

void check_member(const gateways::KnownObject& object, const Member& member, lint::Reporter& out) {
  lint::FieldPlace place{&object, &member, gateways::find_key(*object.type, member.key), std::nullopt};
  const Node& value = member.value;
  // null counts as absent.
  if (!place.row || value.unresolved || value.is_null() || place.row->type == KeyType::Any) return;
  if (!fits(value, place.row->type)) return report(value, place, place.row->type, out);
  check_entries(value, place, out);
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  for (const gateways::KnownObject& object : set.reading.objects) {
    for (const Member& member : object.node->members) check_member(object, member, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/wrong-type",
    .summary = "a value is not of the type that its field has",
    .why =
        "Tyk does not load a file with a value of the wrong type, and Flex Gateway's documentation gives a type for "
        "every field. KrakenD converts where nothing is lost, \"true\" to true for instance, which hides the "
        "mistake from its own --lint only.",
    .cites = {{"Flex Gateway, TLS outbound", "parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"KrakenD, TLS settings", "", "https://www.krakend.io/docs/service-settings/tls/"},
              {"Tyk Gateway configuration", "", "https://tyk.io/docs/tyk-oss-gateway/configuration/"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "safe where the gateway converts the value itself (add or remove the quotes); else unsafe",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: "false"   #~ config/wrong-type
    trustedCA: $BILLING_CA
    alpn: h2                  #~ config/wrong-type
)"},
    .good = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    alpn:
    - h2
)"},
    .check = check,
};

}  // namespace tlsward::rules::config_wrong_type
