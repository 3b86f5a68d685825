// extra_config.router: how KrakenD's router answers by itself.
#pragma once

#include "gateways/krakend/model.h"
#include "gateways/service.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::krakend {

/// Sets `not_found` and `paths`; what of the options has no effect here goes to `notes`. Source: lura,
/// router/gin/engine.go; krakend-ce, router_engine.go (read 2026-11-26).
void read_router_options(const Configuration& configuration, Service& service, ServiceNotes& notes);
/// Adds what the router answers itself: the health check, the debug endpoint, and OPTIONS with `auto_options`; to be
/// called after all endpoints. Source: https://www.krakend.io/docs/service-settings/health/,
/// https://www.krakend.io/docs/service-settings/router-options/ (read 2026-11-26).
void add_own_routes(const Configuration& configuration, Service& service);

}  // namespace tlsward::gateways::krakend
