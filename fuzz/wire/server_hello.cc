// Body of a ServerHello or HelloRetryRequest, and all that is asked of one.
#include "fuzz/input.h"
#include "tls/wire/handshake.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto hello = tls::wire::parse_server_hello({data, size});
  if (!hello) return 0;
  const bool short_form = hello->legacy_version.number >> 8 == 0x7F;
  fuzz::require(hello->session_id.size() <= (short_form ? 0 : 32));
  fuzz::require(!tls::name(hello->version()).empty());
  if (const auto group = hello->group()) fuzz::require(!tls::name(*group).empty());
  if (hello->is_retry()) fuzz::require(!hello->downgrade_mark());
  return 0;
}
