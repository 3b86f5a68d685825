#include "serve/tls/server_names.h"

#include <algorithm>

namespace tlsward::serve {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

NameFit fit_of(const std::vector<std::string>& patterns, std::string_view name) {
  if (name.empty()) return NameFit::None;
  if (name.back() == '.') name.remove_suffix(1);
  const std::size_t dot = name.find('.');
  NameFit best = NameFit::None;
  for (const std::string_view pattern : patterns) {
    if (equal(pattern, name)) return NameFit::Exact;
    if (pattern.starts_with("*.") && dot != std::string_view::npos && equal(pattern.substr(1), name.substr(dot)))
      best = NameFit::Wildcard;
  }
  return best;
}

}  // namespace tlsward::serve
