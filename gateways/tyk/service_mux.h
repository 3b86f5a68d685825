// The templates of gorilla/mux, which Tyk takes listen paths and domains for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tlsward::gateways::tyk {

/// True where the text holds a variable: "/{version}/orders/".
bool is_mux_template(std::string_view text);
/// "/{v}/a" as a regular expression: a variable stands for `any` (a path: "[^/]+", a host: "[^.]+"), or for the
/// expression behind its colon. Nullopt where mux takes it for a broken one: unbalanced braces, a capturing group.
/// Source: gorilla/mux, regexp.go (read 2026-11-26).
std::optional<std::string> mux_expression(std::string_view text, std::string_view any);

}  // namespace tlsward::gateways::tyk
