// Tyk Gateway: tyk.conf, classic API definitions, OpenAPI documents with x-tyk-api-gateway.
#pragma once

#include "gateways/gateway.h"

namespace tlsward::gateways::tyk {

extern const Gateway gateway;

}  // namespace tlsward::gateways::tyk
