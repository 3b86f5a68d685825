// What Flex Gateway serves: ApiInstances to routes.
#pragma once

#include <span>

#include "gateways/gateway.h"

namespace tlsward::gateways::flex {

/// `Gateway::service`. Sources: https://docs.mulesoft.com/gateway/latest/flex-local-configuration-reference-guide,
/// https://docs.mulesoft.com/gateway/1.4/flex-local-publish-api-multiple-services (read 2026-11-26). The product is
/// closed: how a path goes on behind `destinationPath`, and that a route takes its regular expressions of the whole
/// path, is assumed.
Service service(std::span<const Claimed> documents, const Reading& reading);

}  // namespace tlsward::gateways::flex
