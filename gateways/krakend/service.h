// What KrakenD serves: endpoints to routes.
#pragma once

#include <span>

#include "gateways/gateway.h"

namespace tlsward::gateways::krakend {

/// `Gateway::service`. Sources: https://www.krakend.io/docs/endpoints/, https://www.krakend.io/docs/backends/,
/// https://www.krakend.io/docs/endpoints/parameter-forwarding/ (read 2026-11-26).
Service service(std::span<const Claimed> documents, const Reading& reading);

}  // namespace tlsward::gateways::krakend
