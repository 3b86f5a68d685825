// CompressedCertificate (RFC 8879). Private to net/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/result.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {

/// IANA "TLS Certificate Compression Algorithm IDs".
inline constexpr std::uint16_t kZlib = 1, kBrotli = 2, kZstd = 3;

struct CompressedCertificate {
  std::uint16_t algorithm = 0;
  std::uint32_t uncompressed_size = 0;  // as claimed
  tls::wire::View compressed;
};
/// Reads the body of the message. Nullopt where it is malformed.
std::optional<CompressedCertificate> parse_compressed_certificate(tls::wire::View body);

/// The Certificate message in one that was compressed with zlib. Error: more than `limit` bytes claimed, or bytes that
/// are no zlib stream of exactly the claimed size.
Result<tls::wire::Bytes> decompress_zlib(const CompressedCertificate& certificate, std::size_t limit);

}  // namespace tlsward::net
