// First bytes of a service.
#include "net/service.h"

#include <algorithm>

#include "fuzz/input.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const net::Service service = net::recognise_service({data, size});
  fuzz::require(service.banner.size() <= 80);
  fuzz::require(std::all_of(service.banner.begin(), service.banner.end(), [](char c) { return c >= ' ' && c <= '~'; }));
  if (service.name.empty()) fuzz::require(service.starttls == net::StartTls::None);
  return 0;
}
