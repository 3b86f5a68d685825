// Debian's sslscan as a second pair of eyes.
#pragma once

#include <cstdint>
#include <string>

namespace tlsward::tests {

/// What sslscan tells of 127.0.0.1:`port`: one line for each version with its suites, one with its groups, both sorted.
/// Fails the test where sslscan fails.
std::string sslscan_text(std::uint16_t port);

}  // namespace tlsward::tests
