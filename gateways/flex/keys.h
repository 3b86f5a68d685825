// The keys of Flex Gateway's resources, as far as TLS is concerned.
#pragma once

#include <span>

#include "gateways/key.h"

namespace tlsward::gateways::flex {

/// Every object type: the resources by their kind ("PolicyBinding"), the parts of them ("PolicyBinding.spec"), and the
/// TLS objects ("tls", "tls-outbound", "certificate", "outboundPolicyCalls", "redis.tls", "redis.certificate").
std::span<const ObjectType> object_types();

}  // namespace tlsward::gateways::flex
