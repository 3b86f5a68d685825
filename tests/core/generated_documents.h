// Random documents with a fixed seed: a tree, and texts that spell it in many ways.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tlsward::testing {

/// A tree without places, from which texts are written.
struct Value {
  enum class Kind : std::uint8_t { Null, Bool, Number, Text, List, Map } kind = Kind::Null;
  std::string scalar;
  std::vector<std::string> keys;  // of a map, one for each of its values
  std::vector<Value> children;
};

/// Writes random trees, and random spellings of them.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  /// A number from 0 to `below` - 1.
  std::size_t pick(std::size_t below) { return random_() % below; }
  bool chance(std::size_t one_in) { return pick(one_in) == 0; }

  Value value(int depth) {
    if (depth > 0 && !chance(3)) return chance(2) ? list(depth) : map(depth);
    return scalar();
  }

  Value map(int depth) {
    Value map{.kind = Value::Kind::Map, .scalar = {}, .keys = {}, .children = {}};
    const std::size_t count = pick(5);
    for (std::size_t i = 0; i < count; ++i) {
      map.keys.push_back("k" + std::to_string(i) + text());
      map.children.push_back(value(depth - 1));
    }
    return map;
  }

  Value list(int depth) {
    Value list{.kind = Value::Kind::List, .scalar = {}, .keys = {}, .children = {}};
    const std::size_t count = pick(5);
    for (std::size_t i = 0; i < count; ++i) list.children.push_back(value(depth - 1));
    return list;
  }

  /// JSON with random white space and escapes.
  std::string json(const Value& value) {
    switch (value.kind) {
      case Value::Kind::Text:
        return json_string(value.scalar);
      case Value::Kind::List: {
        std::string out = "[" + space();
        for (std::size_t i = 0; i < value.children.size(); ++i) {
          out += (i == 0 ? "" : "," + space()) + json(value.children[i]) + space();
        }
        return out + "]";
      }
      case Value::Kind::Map: {
        std::string out = "{" + space();
        for (std::size_t i = 0; i < value.children.size(); ++i) {
          out += (i == 0 ? "" : "," + space()) + json_string(value.keys[i]) + space() + ":" + space() +
                 json(value.children[i]) + space();
        }
        return out + "}";
      }
      default:
        return value.scalar;
    }
  }

  /// A YAML document with random styles and comments.
  std::string yaml(const Value& value) {
    std::string out = chance(3) ? "# top\n" : "";
    const bool block = !value.children.empty();
    return out + (block && !chance(6) ? yaml_block(value, 0) : flow(value)) + (chance(5) ? "" : "\n");
  }

 private:
  Value scalar() {
    static const std::vector<std::string> kNumbers = {"0", "-1", "3.5", "1e3", "65535", "1.1"};
    switch (pick(6)) {
      case 0:
        return {.kind = Value::Kind::Null, .scalar = "null", .keys = {}, .children = {}};
      case 1:
        return {.kind = Value::Kind::Bool, .scalar = chance(2) ? "true" : "false", .keys = {}, .children = {}};
      case 2:
        return {.kind = Value::Kind::Number, .scalar = kNumbers[pick(kNumbers.size())], .keys = {}, .children = {}};
      default:
        return {.kind = Value::Kind::Text, .scalar = text(), .keys = {}, .children = {}};
    }
  }

  std::string text() {
    static const std::vector<std::string> kPieces = {"a",  "tls", " ",  "\xC3\xA9", "\xF0\x9F\x94\x92",
                                                     "#",  ": ",  "\"", "'",        "\\",
                                                     "\n", "{",   "]",  ", ",       "-",
                                                     "*x", "&y",  "12", "%",        "|",
                                                     "\t"};
    std::string out;
    const std::size_t count = pick(6);
    for (std::size_t i = 0; i < count; ++i) out += kPieces[pick(kPieces.size())];
    return out;
  }

  std::string space() {
    static const std::vector<std::string> kSpaces = {"", "", "", " ", "  ", "\n", "\r\n", "\t"};
    return kSpaces[pick(kSpaces.size())];
  }

  std::string json_string(const std::string& value) {
    std::string out = "\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') {
        out += std::string("\\") + c;
      } else if (c == '\n') {
        out += chance(2) ? "\\n" : "\\u000a";
      } else if (c == '\t') {
        out += "\\t";
      } else if (c == 'a' && chance(4)) {
        out += "\\u0061";
      } else {
        out += c;
      }
    }
    return out + "\"";
  }

  static std::string single_quoted(const std::string& value) {
    std::string out = "'";
    for (const char c : value) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
  }

  static bool is_word(const std::string& value) {
    static const std::string kLetters = "abcdefghijklmnopqrstuvwxyz";
    return !value.empty() && value.find_first_not_of(kLetters + "0123456789") == std::string::npos &&
           kLetters.find(value[0]) != std::string::npos;
  }

  std::string yaml_text(const std::string& value) {
    if (is_word(value) && chance(2)) return value;
    const bool one_line = value.find_first_of("\n\t") == std::string::npos;
    return one_line && chance(2) ? single_quoted(value) : json_string(value);
  }

  std::string flow(const Value& value) {
    switch (value.kind) {
      case Value::Kind::Text:
        return yaml_text(value.scalar);
      case Value::Kind::List: {
        std::string out = "[";
        for (const Value& item : value.children) out += " " + flow(item) + ",";
        return out + " ]";
      }
      case Value::Kind::Map: {
        std::string out = "{";
        for (std::size_t i = 0; i < value.children.size(); ++i) {
          out += " " + yaml_text(value.keys[i]) + ": " + flow(value.children[i]) + ",";
        }
        return out + " }";
      }
      default:
        return value.scalar;
    }
  }

  std::string end_of_line() {
    if (chance(4)) return "  # note\n";
    return chance(6) ? "\n\n" : "\n";
  }

  std::string yaml_block(const Value& value, int indent) {
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string out;
    for (std::size_t i = 0; i < value.children.size(); ++i) {
      out += margin + (value.kind == Value::Kind::Map ? yaml_text(value.keys[i]) + ":" : "-");
      out += behind_indicator(value.children[i], indent + 2);
    }
    return out;
  }

  std::string behind_indicator(const Value& value, int indent) {
    const bool block = !value.children.empty() && !chance(4);
    if (block) return end_of_line() + yaml_block(value, indent);
    if (value.kind == Value::Kind::Null && chance(2)) return end_of_line();
    if (value.kind == Value::Kind::Text && is_block_text(value.scalar) && chance(2)) {
      return " " + block_scalar(value.scalar, indent);
    }
    return " " + flow(value) + end_of_line();
  }

  static bool is_block_text(const std::string& value) {
    return value.size() > 1 && value.back() == '\n' && value[value.size() - 2] != '\n' && value[0] != ' ' &&
           value[0] != '\n' && value[0] != '\t';
  }

  std::string block_scalar(const std::string& value, int indent) {
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string out = "|\n";
    std::size_t at = 0;
    while (at < value.size()) {
      const std::size_t end = value.find('\n', at);
      if (end > at) out += margin + value.substr(at, end - at);
      out += "\n";
      at = end + 1;
    }
    return out;
  }

  std::mt19937 random_;
};

}  // namespace tlsward::testing
