// Body of a ServerKeyExchange message. The first two bytes are the suite, the next two the version.
#include "fuzz/input.h"
#include "tls/wire/handshake.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const tls::CipherSuite suite{input.number()};
  const tls::Version version{input.number()};
  const tls::wire::View body = input.rest();
  const auto exchange = tls::wire::parse_server_key_exchange(body, suite, version);
  if (!exchange) return 0;
  fuzz::require(exchange->dh_bits() >= 0 && static_cast<std::size_t>(exchange->dh_bits()) <= body.size() * 8);
  fuzz::require(exchange->dh_prime.empty() || !exchange->group);
  if (version != tls::kTls12) fuzz::require(!exchange->signature);
  return 0;
}
