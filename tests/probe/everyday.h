// An everyday server, and what is true of it: nginx with TLS 1.2 and 1.3, 30 suites, an order of its own.
#pragma once

#include <string>

#include "tests/servers.h"

namespace tlsward::tests {

inline constexpr char kEverydayTls12[] =
    "c030 cca8 c061 c02f c060 c028 c077 c027 c076 c014 c013 009d c0a1 c09d c051 009c c0a0 c09c c050 003d 00c0 003c "
    "00ba "
    "0035 0084 002f 0041";
inline constexpr char kEverydayTls13[] = "1302 1303 1301";
inline constexpr char kEverydayGroups[] = "001d 0017 0018";

/// Recipe of its certificate: named for the loopback addresses.
inline constexpr char kEverydayRecipe[] = "rsa:2048 san=DNS:localhost,IP:127.0.0.1 with-key";

/// nginx directives for a certificate file that has its key too.
inline std::string certificate(const std::string& path) {
  return "ssl_certificate " + path + ";\nssl_certificate_key " + path + ";\n";
}

/// The directives of a server block, with the certificate made in `files`.
inline std::string everyday_block(ServerFiles& files) {
  return certificate(files("everyday.pem", kEverydayRecipe)) +
         "ssl_protocols TLSv1.2 TLSv1.3;\n"
         "ssl_ciphers ALL:!PSK:!SRP:!aNULL:!aECDSA:!DHE;\n"
         "ssl_prefer_server_ciphers on;\n"
         "ssl_ecdh_curve X25519:P-256:P-384;\n";
}

}  // namespace tlsward::tests
