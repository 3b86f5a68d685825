// What Flex Gateway serves: ApiInstances to routes.
#pragma once

#include <span>

#include "gateways/gateway.h"

namespace tlsward::gateways::flex {

/// `Gateway::service`. Sources: https://docs.mulesoft.com/gateway/latest/flex-local-configuration-reference-guide,
/// https://docs.mulesoft.com/gateway/latest/policies-included-traffic-management-route,
/// https://docs.mulesoft.com/gateway/latest/policies-included-traffic-management (read 2026-11-26). The product is
/// closed; assumed is: of two instances on a port the longer path is asked first; the path of the address is cut off; a
/// rule's expression fits the whole rest of the path; route policies are asked by their `order`; what fits nothing is
/// answered as Envoy does, 404 without a body.
Service service(std::span<const Claimed> documents, const Reading& reading);

}  // namespace tlsward::gateways::flex
