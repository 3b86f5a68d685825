// Typed fields of JSON objects, for readers of our own shapes: a missing field or null is empty, a wrong type an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::report {

/// Reads fields and keeps the first error, so that one question at the end is enough.
class JsonFields {
 public:
  using Json = nlohmann::json;

  /// What was wrong first: "field 'port': 70000 is out of range". Empty: nothing.
  const std::string& error() const { return error_; }
  /// Records an error of a field that the caller judged.
  void fail(const char* key, std::string_view what);

  std::string text(const Json& object, const char* key);
  bool flag(const Json& object, const char* key);
  /// A whole number of type Int; 0 where it is missing.
  template <class Int>
  Int number(const Json& object, const char* key) {
    return optional_number<Int>(object, key).value_or(Int{0});
  }
  /// The same, nullopt where it is missing or null.
  template <class Int>
  std::optional<Int> optional_number(const Json& object, const char* key) {
    const auto value = whole_number(object, key, std::int64_t{std::numeric_limits<Int>::min()},
                                    std::int64_t{std::numeric_limits<Int>::max()});
    if (!value) return {};
    return static_cast<Int>(*value);
  }
  /// The value that a word stands for, by `parse`; `missing` where there is none. Error: the word is not known.
  template <class Value>
  Value word(const Json& object, const char* key, std::optional<Value> (*parse)(std::string_view), Value missing) {
    const std::string written = text(object, key);
    if (written.empty()) return missing;
    if (const auto value = parse(written)) return *value;
    unknown_word(key, written);
    return missing;
  }
  std::vector<std::string> texts(const Json& object, const char* key);
  /// The object in a field; an empty one where it is missing.
  const Json& object(const Json& object, const char* key);
  /// The array in a field, of at most `most` elements; an empty one where it is missing.
  const Json& list(const Json& object, const char* key, std::size_t most);

 private:
  const Json* find(const Json& object, const char* key);
  std::optional<std::int64_t> whole_number(const Json& object, const char* key, std::int64_t least, std::int64_t most);
  void unknown_word(const char* key, std::string_view word);

  std::string error_;
};

}  // namespace tlsward::report
