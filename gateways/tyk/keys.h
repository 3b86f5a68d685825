// Tyk's vocabulary: one table an object.
#pragma once

#include <span>

#include "gateways/key.h"

namespace tlsward::gateways::tyk {

/// Every object type that is known.
std::span<const ObjectType> object_types();
/// tyk.conf; a classic API definition; the extension x-tyk-api-gateway.
const ObjectType& conf_type();
const ObjectType& classic_type();
const ObjectType& oas_type();

}  // namespace tlsward::gateways::tyk
