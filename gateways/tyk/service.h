// What Tyk serves: API definitions to routes.
#pragma once

#include <span>

#include "gateways/gateway.h"

namespace tlsward::gateways::tyk {

/// `Gateway::service`. Sources: https://tyk.io/docs/getting-started/key-concepts/url-matching/,
/// https://tyk.io/docs/api-management/gateway-config-tyk-classic/, gateway/api_loader.go (read 2026-11-26).
Service service(std::span<const Claimed> documents, const Reading& reading);

}  // namespace tlsward::gateways::tyk
