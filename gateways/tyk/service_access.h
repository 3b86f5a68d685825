// Who may call an API, as Tyk asks it above the handshake.
#pragma once

#include <span>

#include "gateways/gateway.h"
#include "gateways/service_notes.h"
#include "gateways/tyk/model.h"

namespace tlsward::gateways::tyk {

/// Fills in the demands of the route. `listener` is the context that clients of the API meet, `index` its place in
/// Reading::contexts. Source:
/// gateway/mw_certificate_check.go, gateway/mw_auth_key.go (read 2026-11-26).
void set_access(const Api& api, const Conf& conf, const tls::TlsContext& listener, std::size_t index,
                ServiceRoute& route, ServiceNotes& notes);

}  // namespace tlsward::gateways::tyk
