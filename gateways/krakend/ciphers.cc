#include "gateways/krakend/ciphers.h"

#include <algorithm>
#include <cstdint>

namespace tlsward::gateways::krakend {
namespace {

constexpr DocumentedCipher row(std::uint16_t id, Listing listing) {
  return {tls::CipherSuite{id}, listing};
}

constexpr std::array kDocumented = {
    row(4865, Listing::Tls13Default),    row(4866, Listing::Tls13Default),    row(4867, Listing::Tls13Default),
    row(49199, Listing::Tls12Default),   row(49200, Listing::Tls12Default),   row(52392, Listing::Tls12Default),
    row(49196, Listing::Tls12Default),   row(52393, Listing::Tls12Default),   row(49195, Listing::Tls12Default),
    row(5, Listing::NotRecommended),     row(10, Listing::NotRecommended),    row(47, Listing::NotRecommended),
    row(53, Listing::NotRecommended),    row(60, Listing::NotRecommended),    row(156, Listing::NotRecommended),
    row(157, Listing::NotRecommended),   row(49159, Listing::NotRecommended), row(49161, Listing::NotRecommended),
    row(49162, Listing::NotRecommended), row(49169, Listing::NotRecommended), row(49170, Listing::NotRecommended),
    row(49171, Listing::NotRecommended), row(49172, Listing::NotRecommended), row(49187, Listing::NotRecommended),
    row(49191, Listing::NotRecommended),
};

}  // namespace

std::span<const DocumentedCipher> documented_ciphers() {
  return kDocumented;
}

const DocumentedCipher* find_documented(tls::CipherSuite suite) {
  const auto found = std::find_if(kDocumented.begin(), kDocumented.end(),
                                  [&](const DocumentedCipher& cipher) { return cipher.suite == suite; });
  return found == kDocumented.end() ? nullptr : &*found;
}

std::string_view advice(tls::CipherSuite suite) {
  const DocumentedCipher* cipher = find_documented(suite);
  return cipher != nullptr && cipher->listing == Listing::NotRecommended ? "not recommended" : "";
}

}  // namespace tlsward::gateways::krakend
