// The order in which the addresses of a name are tried. Private to net/.
#pragma once

#include <vector>

#include "net/address.h"

namespace tlsward::net {

/// IPv6 first, then the families by turns (RFC 8305, 4); inside a family in the order given.
std::vector<Address> by_turns(const std::vector<Address>& addresses);

}  // namespace tlsward::net
