// Whom an API calls.
#pragma once

#include <string>

#include "gateways/service.h"
#include "gateways/service_notes.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/service_routing.h"

namespace tlsward::gateways::tyk {

/// Fills in upstream, its context, base path and query. Gives why nobody can be called; empty: somebody can.
/// Source: gateway/reverse_proxy.go, TykNewSingleHostReverseProxy (read 2026-11-26).
std::string set_target(const Api& api, const Routing& routing, ServiceRoute& route, ServiceNotes& notes);

}  // namespace tlsward::gateways::tyk
