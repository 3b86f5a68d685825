#include <array>

#include "gateways/flex/flex.h"
#include "gateways/gateway.h"
#include "gateways/krakend/krakend.h"
#include "gateways/tyk/tyk.h"

namespace tlsward::gateways {

std::span<const Gateway* const> all_gateways() {
  static constexpr std::array<const Gateway*, 3> kGateways = {&flex::gateway, &krakend::gateway, &tyk::gateway};
  return kGateways;
}

}  // namespace tlsward::gateways
