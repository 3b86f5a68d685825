// MuleSoft Flex Gateway (since 1.13 called Omni Gateway), configured in YAML resources.
#pragma once

#include "gateways/gateway.h"

namespace tlsward::gateways::flex {

extern const Gateway gateway;

}  // namespace tlsward::gateways::flex
