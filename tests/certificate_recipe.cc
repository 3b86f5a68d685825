#include "tests/certificate_recipe.h"

#include <algorithm>
#include <array>

namespace tlsward::tests {
namespace {

constexpr std::string_view kBlanks = " \t\n";

constexpr std::array<std::string_view, 18> kFlags = {"ca",
                                                     "no-ca",
                                                     "must-staple",
                                                     "v1",
                                                     "openssl-req-default",
                                                     "with-key",
                                                     "key-only",
                                                     "public-key",
                                                     "traditional",
                                                     "encrypted",
                                                     "encrypted-legacy",
                                                     "chain",
                                                     "with-root",
                                                     "chain-reversed",
                                                     "half",
                                                     "der",
                                                     "p12",
                                                     "folded"};
constexpr std::array<std::string_view, 13> kValues = {"cn",  "san",  "pathlen", "issuer", "days",   "eku",   "ku",
                                                      "aia", "ocsp", "serial",  "digest", "key-of", "concat"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return !word.empty() && std::find(list.begin(), list.end(), word) != list.end();
}

bool is_key(std::string_view word) {
  return word.starts_with("rsa:") || word.starts_with("ec:") || word == "ed25519" || word == "ed448";
}

/// Takes the next word off `rest`, without its quotation marks.
Result<std::string> next_word(std::string_view& rest) {
  std::string word;
  bool quoted = false;
  while (!rest.empty()) {
    const char c = rest.front();
    if (!quoted && kBlanks.find(c) != std::string_view::npos) break;
    rest.remove_prefix(1);
    if (c == '"') {
      quoted = !quoted;
    } else {
      word += c;
    }
  }
  if (quoted) return Error{"recipe: '\"' without its partner"};
  return word;
}

Result<CertificateRecipe> unknown(const std::string& word) {
  return Error{"recipe: '" + word + "' is not known"};
}

}  // namespace

const std::string* CertificateRecipe::find(std::string_view word) const {
  const auto found = values.find(word);
  return found == values.end() ? nullptr : &found->second;
}

Result<CertificateRecipe> parse_certificate_recipe(std::string_view spec) {
  CertificateRecipe recipe;
  while (true) {
    spec.remove_prefix(std::min(spec.find_first_not_of(kBlanks), spec.size()));
    if (spec.empty()) return recipe;
    if (spec.starts_with("text=")) {
      recipe.values["text"] = spec.substr(spec.find('=') + 1);
      return recipe;
    }
    const Result<std::string> word = next_word(spec);
    if (!word) return word.error();
    const std::size_t equals = word->find('=');
    const std::string name = word->substr(0, equals);
    if (is_key(*word)) {
      recipe.key = *word;
    } else if (equals == std::string::npos) {
      if (!contains(kFlags, name)) return unknown(name);
      recipe.flags.insert(name);
    } else {
      if (!contains(kValues, name)) return unknown(name);
      recipe.values[name] = word->substr(equals + 1);
    }
  }
}

}  // namespace tlsward::tests
