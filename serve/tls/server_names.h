// Server names against patterns. Private to serve/tls/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::serve {

/// How well a name fits; greater is better.
enum class NameFit : std::uint8_t { None, Wildcard, Exact };

/// The best fit among `patterns`: "api.example", or "*.example" for one label in front. Without regard to case.
NameFit fit_of(const std::vector<std::string>& patterns, std::string_view name);

}  // namespace tlsward::serve
