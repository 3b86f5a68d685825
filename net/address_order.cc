#include "net/address_order.h"

#include <array>
#include <cstddef>

namespace tlsward::net {

std::vector<Address> by_turns(const std::vector<Address>& addresses) {
  std::array<std::vector<Address>, 2> families;
  for (const Address& address : addresses) families[address.v6 ? 0 : 1].push_back(address);
  std::vector<Address> result;
  result.reserve(addresses.size());
  for (std::size_t i = 0; result.size() < addresses.size(); ++i)
    for (const auto& family : families)
      if (i < family.size()) result.push_back(family[i]);
  return result;
}

}  // namespace tlsward::net
