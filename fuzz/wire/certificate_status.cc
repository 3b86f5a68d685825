// Body of a CertificateStatus message.
#include "fuzz/input.h"
#include "tls/wire/handshake.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto response = tls::wire::parse_certificate_status({data, size});
  if (response) fuzz::require(!response->empty() && response->size() + 4 == size);
  return 0;
}
