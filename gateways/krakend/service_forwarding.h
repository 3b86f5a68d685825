// Zero-trust parameter forwarding: which query parameters and header fields of a request go on.
#pragma once

#include <string>

#include "core/document.h"
#include "gateways/service.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::krakend {

/// From an endpoint: nothing goes on that it does not list; "*" is all. `path` is its place: "endpoints[0]".
/// Source: https://www.krakend.io/docs/endpoints/parameter-forwarding/ (read 2026-11-26).
void read_forwarding(const Node& endpoint, const std::string& path, ServiceRoute& route, ServiceNotes& notes);
/// What of that the backend lets through; a backend without a list lets all through.
void narrow_forwarding(const Node& backend, const std::string& path, ServiceRoute& route, ServiceNotes& notes);

}  // namespace tlsward::gateways::krakend
