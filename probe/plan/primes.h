// Diffie-Hellman primes: which of the known ones a server uses.
#pragma once

#include "probe/result.h"
#include "tls/wire/bytes.h"

namespace tlsward::probe {

/// Facts of `prime` (big-endian, without leading zeroes): its name where a standard has it (RFC 2409, 3526, 5114,
/// 7919). Others are tested for being safe primes up to 4,096 bits; larger ones stay not safe, untested.
SeenPrime describe_prime(tls::wire::View prime);
/// The group of RFC 7919 that has this prime; nullopt where none has.
std::optional<tls::Group> ffdhe_group(tls::wire::View prime);

}  // namespace tlsward::probe
