// Host and port of an endpoint, however it is written.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::tls {

/// Host and port of "https://API.example/v1", "api.example:443" or "[::1]": "api.example:443", "[::1]:443". The port is
/// 443 where none is written. Empty where the text names no host, or is more than an endpoint ("a:443 and 2 others").
std::string authority(std::string_view endpoint);

}  // namespace tlsward::tls
