// KrakenD's path patterns: of endpoints, as Gin takes them, and of backends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateways/service.h"

namespace tlsward::gateways::krakend {

/// An endpoint's path as a Template: `/orders/{id}`, also where Gin's own spelling stands there (`/:id`, `/*rest`).
/// Nullopt where a parameter is only part of a segment.
std::optional<std::string> endpoint_pattern(std::string_view endpoint);
/// True where the pattern ends with /*: the Enterprise Edition alone has that.
bool is_wildcard(std::string_view pattern);
/// Names of the parameters of such a pattern.
std::vector<std::string> parameters_of(std::string_view pattern);

/// What a backend's `url_pattern` asks for and the endpoint's pattern does not give: "JWT.sub", "resp0_id".
std::vector<std::string> missing_parameters(std::string_view url_pattern, std::string_view pattern);
/// `url_pattern` as the base path of a rewriting route; behind a wildcard endpoint the rest of the path is added.
std::string backend_path(std::string_view url_pattern, std::string_view pattern);

/// Puts routes into the order in which Gin's tree finds them: a literal segment before a parameter, that before a
/// wildcard.
void sort_as_gin(std::vector<ServiceRoute>& routes);

}  // namespace tlsward::gateways::krakend
