// What a request that fits a route becomes: its target for the upstream, or where the client is sent instead.
#pragma once

#include <string>
#include <string_view>

#include "gateways/router_path.h"
#include "gateways/router_pattern.h"
#include "gateways/service.h"

namespace tlsward::gateways {

/// Path and query for the upstream. `path` is what the pattern was compared with: without `path_prefix`, decoded where
/// the rules say so.
std::string upstream_target(const ServiceRoute& route, const RoutePattern& pattern, const PathRules& rules,
                            std::string_view path, const TargetParts& parts, const Captures& captures);

/// A redirection to a path of the same host, with the client's query: gorilla/mux's is 301 for all methods, without a
/// body.
GatewayAnswer moved(std::string_view decoded_path, const TargetParts& parts);
/// As Gin and Go's http.Redirect send it: 301 with a page for GET, 307 for other methods.
GatewayAnswer moved_with_page(std::string_view method, std::string_view decoded_path, const TargetParts& parts);

}  // namespace tlsward::gateways
