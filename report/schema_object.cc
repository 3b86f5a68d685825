#include "report/schema_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;
using gateways::AcceptedValue;
using gateways::AcceptedValues;
using gateways::Key;
using gateways::KeyType;
using gateways::ObjectType;
using gateways::ProductVersion;

constexpr std::string_view kReference = "reference";

/// "tls.keys[]" as a name that needs no escaping in a JSON pointer or URI.
std::string definition_name(std::string_view object_type) {
  std::string name;
  for (const char c : object_type) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.') {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

/// A regular expression for `text` in any letter case.
std::string any_case(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte)) {
      pattern += fmt::format("[{}{}]", static_cast<char>(std::toupper(byte)), static_cast<char>(std::tolower(byte)));
    } else {
      pattern += std::isalnum(byte) || c == '_' ? std::string(1, c) : fmt::format("\\{}", c);
    }
  }
  return pattern;
}

template <class List, class Text>
std::string any_case_of(const List& list, const Text& text) {
  std::string pattern;
  for (const auto& entry : list) pattern += (pattern.empty() ? "" : "|") + any_case(text(entry));
  return fmt::format("^({})$", pattern);
}

/// The version behind "deprecated since "; nullopt where the note names none.
std::optional<ProductVersion> deprecated_since(std::string_view note) {
  constexpr std::string_view kStart = "deprecated since ";
  if (!note.starts_with(kStart)) return std::nullopt;
  const std::string text(note.substr(kStart.size()));
  unsigned major = 0, minor = 0;
  if (std::sscanf(text.c_str(), "%u.%u", &major, &minor) != 2) return std::nullopt;
  return ProductVersion{static_cast<std::uint16_t>(major), static_cast<std::uint16_t>(minor), 0};
}

bool is_gone(const Key& key, ProductVersion version) {
  return key.gone.set() && version >= key.gone;
}

bool is_deprecated(const Key& key, ProductVersion version) {
  if (is_gone(key, version)) return true;
  const auto since = deprecated_since(key.note);
  return since ? version >= *since : key.note.starts_with("deprecated");
}

bool is_known(const Key& key, const SchemaRequest& request) {
  if (key.since.set() && request.version.number < key.since) return false;
  return request.edition != gateways::Edition::Community || key.note != "Enterprise Edition";
}

AcceptedValues accepted_values(const ObjectType& type, const Key& key, const SchemaRequest& request) {
  AcceptedValues result = gateways::vocabulary_of(*request.gateway).values(type.name, key.name, request.version);
  if (!result.values.empty()) return result;
  for (std::string_view rest = key.allowed; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    result.values.push_back({std::string(rest.substr(0, end)), ""});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return result;
}

/// A scalar of the type, one of the values where some are listed.
Json scalar(std::string_view type, const AcceptedValues& accepted) {
  Json schema = {{"type", type}};
  if (accepted.values.empty()) return schema;
  Json values = Json::array(), meanings = Json::array();
  for (const AcceptedValue& value : accepted.values) {
    values.push_back(type == "integer" ? Json(std::stoll(value.text)) : Json(value.text));
    meanings.push_back(value.meaning);
  }
  const bool explained = std::any_of(accepted.values.begin(), accepted.values.end(),
                                     [](const AcceptedValue& value) { return !value.meaning.empty(); });
  Json list = {{"enum", std::move(values)}};
  if (explained) list["enumDescriptions"] = std::move(meanings);
  if (!accepted.any_case) {
    schema.update(list);
    return schema;
  }
  const std::string pattern = any_case_of(accepted.values, [](const AcceptedValue& value) { return value.text; });
  schema["anyOf"] = Json::array({std::move(list), Json{{"pattern", pattern}}});
  return schema;
}

Json or_reference(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), object_reference(kReference)})}};
}

Json list_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

/// A text takes a reference by itself, unless it must be one of a list. Null counts as absent, as in a reference.
Json text_or_reference(const AcceptedValues& accepted) {
  if (accepted.values.empty()) return {{"type", Json::array({"string", "null"})}};
  return or_reference(scalar("string", accepted));
}

Json value_schema(const Key& key, const AcceptedValues& accepted) {
  switch (key.type) {
    case KeyType::Text:
      return text_or_reference(accepted);
    case KeyType::Bool:
      return or_reference(scalar("boolean", {}));
    case KeyType::Integer:
      return or_reference(scalar("integer", accepted));
    case KeyType::Number:
      return or_reference(scalar("number", {}));
    case KeyType::TextList:
      return or_reference(list_of(text_or_reference(accepted)));
    case KeyType::IntegerList:
      return or_reference(list_of(or_reference(scalar("integer", accepted))));
    case KeyType::ObjectList:
      return or_reference(
          list_of(key.object.empty() ? scalar("object", {}) : or_reference(object_reference(key.object))));
    case KeyType::Object:
      return or_reference(key.object.empty() ? scalar("object", {}) : object_reference(key.object));
    case KeyType::TextMap: {
      Json entry = key.object.empty() ? text_or_reference({}) : or_reference(object_reference(key.object));
      return or_reference({{"type", "object"}, {"additionalProperties", std::move(entry)}});
    }
    case KeyType::Any:
      break;
  }
  return Json::object();
}

void add_sentence(std::string& text, std::string_view sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += "; ";
  text += sentence;
}

std::string description(const gateways::KeyText* words, const Key& key, ProductVersion version) {
  std::string text;
  if (words) add_sentence(text, words->text);
  if (words && !words->fallback.empty()) add_sentence(text, fmt::format("default {}", words->fallback));
  if (key.since.set()) add_sentence(text, fmt::format("since {}", name(key.since)));
  if (is_gone(key, version)) add_sentence(text, fmt::format("no longer documented since {}", name(key.gone)));
  if (is_deprecated(key, version) || !key.note.starts_with("deprecated")) add_sentence(text, key.note);
  return text;
}

Json property(const ObjectType& type, const Key& key, const SchemaRequest& request) {
  const gateways::KeyText* words = find_text(gateways::vocabulary_of(*request.gateway), type.name, key.name);
  Json schema = Json::object();
  const std::string text = description(words, key, request.version.number);
  if (!text.empty()) schema["description"] = text;
  if (is_deprecated(key, request.version.number)) schema["deprecated"] = true;
  if (words && !words->fallback.empty()) schema["default"] = Json::parse(words->fallback);
  schema.update(value_schema(key, accepted_values(type, key, request)));
  return schema;
}

/// What the editor cannot offer, and where the rows come from.
std::string object_description(const ObjectType& type, const SchemaRequest& request) {
  std::string newer;
  for (const Key& key : type.keys) {
    if (key.since.set() && request.version.number < key.since)
      newer +=
          fmt::format("{}{} (since {})", newer.empty() ? "not yet in this release: " : ", ", key.name, name(key.since));
  }
  add_sentence(newer, fmt::format("source: {}", type.source));
  return newer;
}

/// Keys beside the listed ones that are no mistake: comments, templates, and for Go other letter cases.
Json tolerated_keys(const ObjectType& type, const SchemaRequest& request) {
  const gateways::Gateway& gateway = *request.gateway;
  Json patterns = {{R"(\{\{)", Json::object()}};
  if (!gateway.comment_marks.empty()) patterns[fmt::format("^[{}]", gateway.comment_marks)] = Json::object();
  if (gateway.any_key_case) {
    std::vector<std::string_view> names;
    for (const Key& key : type.keys)
      if (is_known(key, request)) names.push_back(key.name);
    patterns[any_case_of(names, [](std::string_view key) { return key; })] = Json::object();
  }
  return patterns;
}

/// {"properties": {"policyRef": {"properties": {"name": …}, "required": ["name"]}}, "required": ["policyRef"]}
Json condition(const gateways::DependentType& dependent) {
  Json inner = {{"enum", dependent.values}};
  for (auto key = dependent.path.rbegin(); key != dependent.path.rend(); ++key) {
    Json properties = Json::object();
    properties[std::string(*key)] = std::move(inner);
    inner = {{"type", "object"}, {"properties", std::move(properties)}, {"required", Json::array({*key})}};
  }
  return inner;
}

Json dependents(const ObjectType& type, const gateways::Vocabulary& vocabulary) {
  Json all = Json::array();
  for (const gateways::DependentType& dependent : vocabulary.dependent) {
    if (dependent.object != type.name) continue;
    Json properties = Json::object();
    properties[std::string(dependent.key)] = or_reference(object_reference(dependent.type));
    all.push_back({{"if", condition(dependent)}, {"then", {{"properties", std::move(properties)}}}});
  }
  return all;
}

Json definition(const ObjectType& type, const SchemaRequest& request) {
  Json properties = Json::object();
  for (const Key& key : type.keys)
    if (is_known(key, request)) properties[std::string(key.name)] = property(type, key, request);
  Json schema = {
      {"type", "object"}, {"description", object_description(type, request)}, {"properties", std::move(properties)}};
  if (type.closed) {
    schema["patternProperties"] = tolerated_keys(type, request);
    schema["additionalProperties"] = false;
  }
  Json all = dependents(type, gateways::vocabulary_of(*request.gateway));
  if (!all.empty()) schema["allOf"] = std::move(all);
  return schema;
}

}  // namespace

Json object_reference(std::string_view object_type) {
  return {{"$ref", "#/$defs/" + definition_name(object_type)}};
}

Json object_definitions(const SchemaRequest& request) {
  Json definitions = Json::object();
  for (const ObjectType& type : request.gateway->objects)
    definitions[definition_name(type.name)] = definition(type, request);
  definitions[std::string(kReference)] = {{"type", Json::array({"string", "null"})},
                                          {"description", "a value that is known at run time, or none"},
                                          {"pattern", gateways::vocabulary_of(*request.gateway).reference}};
  return definitions;
}

}  // namespace tlsward::report
