#include "report/json_fields.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "probe/quoted.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::json;

// Texts of one field: names in a certificate, protocols, authorities.
constexpr std::size_t kMaxTexts = 65'536;

}  // namespace

void JsonFields::fail(const char* key, std::string_view what) {
  if (error_.empty()) error_ = fmt::format("field '{}': {}", key, what);
}

std::string JsonFields::text(const Json& object, const char* key) {
  const Json* value = find(object, key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  fail(key, "this is no text");
  return {};
}

bool JsonFields::flag(const Json& object, const char* key) {
  const Json* value = find(object, key);
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  fail(key, "this is neither true nor false");
  return false;
}

std::vector<std::string> JsonFields::texts(const Json& object, const char* key) {
  std::vector<std::string> result;
  for (const Json& value : list(object, key, kMaxTexts)) {
    if (!value.is_string()) {
      fail(key, "this is no list of texts");
      return {};
    }
    result.push_back(value.get<std::string>());
  }
  return result;
}

const Json& JsonFields::object(const Json& object, const char* key) {
  static const Json kEmpty = Json::object();
  const Json* value = find(object, key);
  if (value == nullptr) return kEmpty;
  if (value->is_object()) return *value;
  fail(key, "this is no object");
  return kEmpty;
}

const Json& JsonFields::list(const Json& object, const char* key, std::size_t most) {
  static const Json kEmpty = Json::array();
  const Json* value = find(object, key);
  if (value == nullptr) return kEmpty;
  if (!value->is_array()) {
    fail(key, "this is no list");
    return kEmpty;
  }
  if (value->size() <= most) return *value;
  fail(key, fmt::format("{} entries; at most {}", value->size(), most));
  return kEmpty;
}

const Json* JsonFields::find(const Json& object, const char* key) {
  if (!object.is_object()) {
    fail(key, "it belongs in an object, and there is none");
    return nullptr;
  }
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::int64_t> JsonFields::whole_number(const Json& object, const char* key, std::int64_t least,
                                                     std::int64_t most) {
  const Json* value = find(object, key);
  if (value == nullptr) return {};
  if (!value->is_number_integer()) {
    fail(key, "this is no whole number");
    return {};
  }
  const bool too_large = value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX;
  const std::int64_t number = too_large ? INT64_MAX : value->get<std::int64_t>();
  if (!too_large && number >= least && number <= most) return number;
  fail(key, fmt::format("{} is out of range; {} to {}", value->dump(), least, most));
  return {};
}

void JsonFields::unknown_word(const char* key, std::string_view word) {
  fail(key, fmt::format("{} is not a word that is known here", probe::quoted(word)));
}

}  // namespace tlsward::report
