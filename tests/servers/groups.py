"""Named groups: how long their public keys are, and the primes that standards name (IANA "TLS Supported Groups")."""

import functools
import os

# Group: bytes of the client's key share, bytes of the server's.
SHARE_SIZES = {
    0x0017: (65, 65),  # secp256r1
    0x0018: (97, 97),  # secp384r1
    0x0019: (133, 133),  # secp521r1
    0x001D: (32, 32),  # x25519
    0x001E: (56, 56),  # x448
    0x001F: (65, 65),  # brainpoolP256r1tls13
    0x0020: (97, 97),  # brainpoolP384r1tls13
    0x0021: (129, 129),  # brainpoolP512r1tls13
    0x0100: (256, 256),  # ffdhe2048
    0x0101: (384, 384),  # ffdhe3072
    0x0102: (512, 512),  # ffdhe4096
    0x0103: (768, 768),  # ffdhe6144
    0x0104: (1024, 1024),  # ffdhe8192
    0x0200: (800, 768),  # MLKEM512
    0x0201: (1184, 1088),  # MLKEM768
    0x0202: (1568, 1568),  # MLKEM1024
    0x11EB: (65 + 1184, 65 + 1088),  # SecP256r1MLKEM768
    0x11EC: (1184 + 32, 1088 + 32),  # X25519MLKEM768
    0x11ED: (97 + 1568, 97 + 1568),  # SecP384r1MLKEM1024
    0x6399: (32 + 1184, 32 + 1088),  # X25519Kyber768Draft00
}
# Curves of TLS 1.2 and below that TLS 1.3 does not have: bytes of an uncompressed point.
_OLD_POINTS = {0x0013: 49, 0x0015: 57, 0x0016: 65, 0x0009: 73, 0x000B: 103, 0x000D: 145, 0x001A: 65, 0x001B: 97, 0x001C: 129}

# RFC 7919, appendix A: bits to the number added to the bits of e; RFC 2409 and 3526: the same with pi.
_FFDHE = {0x0100: (2048, 560316), 0x0101: (3072, 2625351), 0x0102: (4096, 5736041), 0x0103: (6144, 15705020),
          0x0104: (8192, 10965728)}
_MODP = {768: 149686, 1024: 129093, 1536: 741804, 2048: 124476, 3072: 1690314, 4096: 240904}


def public_key(group):
    """Bytes of the right length that look like a server's public key of `group`."""
    if group in SHARE_SIZES:
        size = SHARE_SIZES[group][1]
    else:
        size = _OLD_POINTS.get(group, 65)
    key = os.urandom(size)
    uncompressed = size in (49, 57, 65, 73, 97, 103, 129, 133, 145) or group == 0x11EB or group == 0x11ED
    return b"\x04" + key[1:] if uncompressed else key


def is_finite_field(group):
    return group in _FFDHE


@functools.cache
def ffdhe_prime(group):
    bits, extra = _FFDHE[group]
    return _prime(bits, extra, _e)


@functools.cache
def modp_prime(bits):
    """The prime of RFC 2409 (768, 1024) or RFC 3526."""
    return _prime(bits, _MODP[bits], _pi)


def _prime(bits, extra, constant):
    # 2^n - 2^(n-64) + (floor(2^(n-130) * constant) + extra) * 2^64 - 1
    return 2**bits - 2 ** (bits - 64) + (constant(bits - 130) + extra) * 2**64 - 1


def _e(bits):
    """floor(2^bits * e)"""
    guard = 64
    term = total = 1 << (bits + guard)
    count = 1
    while term:
        term //= count
        total += term
        count += 1
    return total >> guard


def _pi(bits):
    """floor(2^bits * pi), by Machin's formula."""
    guard = 64

    def arctan_inverse(x):
        power = (1 << (bits + guard)) // x
        total, sign, odd = power, -1, 3
        while power:
            power //= x * x
            total += sign * (power // odd)
            sign, odd = -sign, odd + 2
        return total

    return 4 * (4 * arctan_inverse(5) - arctan_inverse(239)) >> guard
