#include "report/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "report/json_parts.h"
#include "report/schema_object.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;
using gateways::DocumentForm;
using gateways::Vocabulary;

Json object_with(std::string_view key, Json value) {
  Json properties = Json::object();
  properties[std::string(key)] = std::move(value);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", Json::array({key})}};
}

/// The document of one form, whatever tells it from the others.
Json form_schema(const DocumentForm& form) {
  Json object = object_reference(form.object);
  if (!form.below.empty()) return object_with(form.below, std::move(object));
  if (form.wrapper.empty()) return object;
  return {{"if", object_with(form.wrapper, {{"type", "object"}})},
          {"then", object_with(form.wrapper, object)},
          {"else", object}};
}

/// The forms behind each other: the first of which a sign is there, else the last.
Json by_signs(const Vocabulary& vocabulary) {
  Json schema = form_schema(vocabulary.forms.back());
  for (std::size_t i = vocabulary.forms.size() - 1; i-- > 0;) {
    const DocumentForm& form = vocabulary.forms[i];
    Json signs = Json::array();
    for (const std::string_view sign : form.signs) signs.push_back({{"required", Json::array({sign})}});
    Json next = {{"if", {{"anyOf", std::move(signs)}}}, {"then", form_schema(form)}, {"else", std::move(schema)}};
    schema = std::move(next);
  }
  return schema;
}

Json if_then(Json condition, Json consequence) {
  return {{"if", std::move(condition)}, {"then", std::move(consequence)}};
}

/// A resource by its `kind`; those of other kinds are not judged.
Json by_kind(const Vocabulary& vocabulary) {
  const Json any_document = {{"$ref", "#/$defs/document"}};
  Json names = Json::array(), all = Json::array();
  for (const DocumentForm& form : vocabulary.forms) {
    names.push_back(form.name);
    all.push_back(if_then(object_with("kind", {{"const", form.name}}), form_schema(form)));
  }
  all.push_back(if_then(object_with("kind", {{"const", "List"}}),
                        {{"properties", {{"items", {{"type", "array"}, {"items", any_document}}}}}}));
  Json properties = {{"kind", {{"anyOf", Json::array({Json{{"enum", std::move(names)}}, Json{{"type", "string"}}})}}}};
  if (!vocabulary.without_kind.empty()) {
    const Json bare = object_reference(vocabulary.without_kind);
    const Json has_kind = {{"required", Json::array({"kind"})}};
    all.push_back(if_then({{"type", "object"}, {"not", has_kind}}, bare));
    all.push_back(if_then({{"type", "array"}}, {{"items", bare}}));
  }
  return {{"properties", std::move(properties)}, {"allOf", std::move(all)}};
}

Json kind_document(const DocumentForm& form) {
  Json schema = object_with("kind", {{"const", form.name}});
  schema["allOf"] = Json::array({form_schema(form)});
  return schema;
}

std::string identifier(const SchemaRequest& request) {
  std::string id = fmt::format("urn:tlsward:schema:{}:{}", request.gateway->id, name(request.version.number));
  if (request.edition != gateways::Edition::Unknown)
    id += request.edition == gateways::Edition::Community ? ":ce" : ":ee";
  if (request.form) id += fmt::format(":{}", request.form->name);
  return id;
}

std::string title(const SchemaRequest& request) {
  const Vocabulary& vocabulary = gateways::vocabulary_of(*request.gateway);
  const DocumentForm* only = vocabulary.forms.size() == 1 ? &vocabulary.forms.front() : request.form;
  return fmt::format("{} {}{}", request.gateway->name, name(request.version.number),
                     only ? fmt::format(": {}", only->title) : "");
}

}  // namespace

void write_schema(const SchemaRequest& request, std::FILE* out) {
  const Vocabulary& vocabulary = gateways::vocabulary_of(*request.gateway);
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"$id", identifier(request)},
                 {"title", title(request)},
                 {"description", "TLS settings; objects that are about other things too take any other key"}};
  Json definitions = object_definitions(request);
  if (request.form) {
    schema.update(vocabulary.has_kinds ? kind_document(*request.form) : form_schema(*request.form));
  } else if (vocabulary.has_kinds) {
    definitions["document"] = by_kind(vocabulary);
    schema["$ref"] = "#/$defs/document";
  } else {
    schema.update(by_signs(vocabulary));
  }
  schema["$defs"] = std::move(definitions);
  write_json_document(schema, out);
}

}  // namespace tlsward::report
