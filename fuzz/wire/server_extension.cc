// Bodies of a server's extensions. The first byte says which.
#include "fuzz/input.h"
#include "tls/wire/extension.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t kind = input.byte();
  const tls::wire::View body = input.rest();
  switch (kind % 6) {
    case 0:
      tls::wire::selected_version(body);
      break;
    case 1:
      tls::wire::selected_group(body);
      break;
    case 2:
      if (const auto protocol = tls::wire::selected_alpn(body)) fuzz::require(protocol->size() + 3 == body.size());
      break;
    case 3:
      if (const auto protocols = tls::wire::offered_npn(body)) fuzz::require(protocols->size() <= body.size() / 2);
      break;
    case 4:
      if (const auto schemes = tls::wire::offered_schemes(body)) fuzz::require(schemes->size() * 2 + 2 == body.size());
      break;
    default:
      if (const auto all = tls::wire::parse_extensions(body)) fuzz::require(all->size() * 4 + 2 <= body.size());
  }
  return 0;
}
