// KrakenD, Community and Enterprise Edition.
#pragma once

#include "gateways/gateway.h"

namespace tlsward::gateways::krakend {

/// Reads JSON and YAML configurations of KrakenD 2.x. `Reading::model` is a `Model`.
extern const Gateway gateway;

}  // namespace tlsward::gateways::krakend
