// Body of a ClientHello. What is read is written back byte for byte.
#include "tls/wire/client_hello.h"

#include <algorithm>

#include "fuzz/input.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tls::wire::View body(data, size);
  const auto hello = tls::wire::parse_client_hello(body);
  if (!hello) return 0;
  // An empty extensions block is left out when it is written.
  if (hello->extensions.empty()) return 0;
  constexpr std::ptrdiff_t kMessageHeader = 4;
  const tls::wire::Bytes again = tls::wire::write(*hello);
  fuzz::require(std::equal(again.begin() + kMessageHeader, again.end(), body.begin(), body.end()));
  return 0;
}
