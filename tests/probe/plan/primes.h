// Primes of RFC 7919, as OpenSSL knows them.
#pragma once

#include "tls/group.h"
#include "tls/wire/bytes.h"

namespace tlsward::tests {

/// ffdhe2048 (256) to ffdhe8192 (260), big-endian.
tls::wire::Bytes ffdhe_prime(tls::Group group);

}  // namespace tlsward::tests
