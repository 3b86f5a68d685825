// Body of a CertificateRequest message. The first two bytes are the version.
#include "fuzz/input.h"
#include "tls/wire/handshake.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const tls::Version version{input.number()};
  const tls::wire::View body = input.rest();
  const auto request = tls::wire::parse_certificate_request(body, version);
  if (!request) return 0;
  fuzz::require(request->signatures.size() * 2 <= body.size());
  fuzz::require(request->authorities.size() * 3 <= body.size());
  if (version < tls::kTls12) fuzz::require(request->signatures.empty());
  return 0;
}
