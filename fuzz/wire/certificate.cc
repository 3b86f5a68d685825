// Body of a Certificate message. The first byte says whether it is one of TLS 1.3.
#include "fuzz/input.h"
#include "tls/wire/handshake.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const bool tls13 = input.byte() % 2 == 1;
  const tls::wire::View body = input.rest();
  const auto chain = tls::wire::parse_certificate(body, tls13);
  const auto extensions = tls::wire::parse_leaf_extensions(body);
  if (chain) {
    std::size_t total = 0;
    for (const tls::wire::Bytes& der : *chain) {
      fuzz::require(!der.empty());
      total += der.size() + 3;
    }
    fuzz::require(total + 3 <= body.size());
  }
  if (extensions) fuzz::require(extensions->size() * 4 <= body.size());
  return 0;
}
