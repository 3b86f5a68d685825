// What of a KrakenD configuration the proxy does not do.
#pragma once

#include <string_view>

#include "gateways/krakend/model.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::krakend {

/// Keys of the root, and modules of its extra_config.
void note_service_leftovers(const Configuration& configuration, ServiceNotes& notes);
/// Keys and modules of an endpoint; `name` is "GET /orders".
void note_endpoint_leftovers(const Node& endpoint, std::string_view name, ServiceNotes& notes);
/// Keys and modules of the backend that is called.
void note_backend_leftovers(const Node& backend, std::string_view name, ServiceNotes& notes);

}  // namespace tlsward::gateways::krakend
