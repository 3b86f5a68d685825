// What editors want to know of a gateway's configuration beyond the rows of its key table: which documents there are,
// what keys mean, what stands for nothing written, and lists of accepted values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateways/gateway.h"

namespace tlsward::gateways {

/// One form of document.
struct DocumentForm {
  std::string_view name;    // as on the command line: "conf", "PolicyBinding"
  std::string_view title;   // "tyk.conf"
  std::string_view object;  // name of its ObjectType
  /// The key that the object stands under: "x-tyk-api-gateway". Empty: it is the document.
  std::string_view below = {};
  /// The key that the object may be wrapped in: "api_definition".
  std::string_view wrapper = {};
  /// Keys of which any tells this form from those behind it in the list. Empty: `kind` holds the name of the form,
  /// where the gateway's documents have kinds; else this form is what is left.
  std::span<const std::string_view> signs = {};
};

/// The value of `key` in an object `object` is of type `type` where the text at `path` is one of `values`.
struct DependentType {
  std::string_view object;
  std::span<const std::string_view> path;
  std::span<const std::string_view> values;
  std::string_view key;
  std::string_view type;
};

/// What a key means. The first row that fits counts.
struct KeyText {
  std::string_view object;  // name of an ObjectType; empty: of every object
  std::string_view key;
  std::string_view text;           // lower case, no full stop
  std::string_view fallback = {};  // what an absent key means, as JSON: "false"; empty: see the text
};

struct AcceptedValue {
  std::string text;     // "TLS12", "49199"
  std::string meaning;  // "TLS 1.2"; may be empty
};

/// All values that a scalar, or each item of a list, may have.
struct AcceptedValues {
  std::vector<AcceptedValue> values;  // empty: no list is known
  bool any_case = false;              // in any letter case
};

struct Vocabulary {
  const Gateway* gateway = nullptr;
  std::span<const DocumentForm> forms;
  bool has_kinds = false;  // the member `kind` tells forms apart, and a `List` holds several
  /// ObjectType of what may stand without `kind`, alone or in a list; empty: nothing may.
  std::string_view without_kind = {};
  std::span<const DependentType> dependent = {};
  std::span<const KeyText> texts;
  /// More than the table's `allowed` says, or with meanings. Empty where the table alone counts.
  AcceptedValues (*values)(std::string_view object, std::string_view key, const GatewayVersion& version);
  /// Regular expression (ECMA 262) that finds a reference, resolved at run time, in a text.
  std::string_view reference;
};

namespace flex {
extern const Vocabulary vocabulary;
}
namespace krakend {
extern const Vocabulary vocabulary;
}
namespace tyk {
extern const Vocabulary vocabulary;
}

/// The vocabulary of one of all_gateways().
const Vocabulary& vocabulary_of(const Gateway& gateway);
/// The row about `key`, or nullptr.
const KeyText* find_text(const Vocabulary& vocabulary, std::string_view object, std::string_view key);

}  // namespace tlsward::gateways
