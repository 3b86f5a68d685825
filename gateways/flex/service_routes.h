// Rules of routes: of an ApiInstance's services, and of the policies `route` and `route-weighted`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "gateways/service.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::flex {

/// One route for each rule, in their order; one that takes every path where there are no rules (`rules` may be
/// nullptr). `base` is what they share. `place` says where the rules stand, for the notes. Sources:
/// https://docs.mulesoft.com/gateway/latest/flex-local-configuration-reference-guide,
/// https://docs.mulesoft.com/gateway/latest/policies-included-traffic-management-route (read 2026-11-26).
std::vector<ServiceRoute> routes_of_rules(const ServiceRoute& base, const Node* rules, const std::string& place,
                                          ServiceNotes& notes);
/// Puts `destinationPath` of `config` (may be nullptr) behind the base path. False, with a note: it is not known.
bool add_destination_path(const Node* config, const std::string& place, ServiceRoute& route, ServiceNotes& notes);

/// True for the policies that send requests on.
bool is_route_policy(std::string_view policy);

}  // namespace tlsward::gateways::flex
