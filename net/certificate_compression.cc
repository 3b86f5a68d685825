#include "net/certificate_compression.h"

#include <zlib.h>

#include <fmt/format.h>

namespace tlsward::net {

using tls::wire::Bytes;
using tls::wire::View;

std::optional<CompressedCertificate> parse_compressed_certificate(View body) {
  tls::wire::Reader in(body);
  CompressedCertificate certificate;
  certificate.algorithm = in.u16();
  certificate.uncompressed_size = in.u24();
  certificate.compressed = in.vector24();
  if (!in.finished() || certificate.compressed.empty()) return std::nullopt;
  return certificate;
}

Result<Bytes> decompress_zlib(const CompressedCertificate& certificate, std::size_t limit) {
  if (certificate.uncompressed_size > limit) {
    return Error{fmt::format("CompressedCertificate of {} bytes when decompressed; at most {}",
                             certificate.uncompressed_size, limit)};
  }
  // The claimed size is all the room that there is, so a stream that grows further fails.
  Bytes out(certificate.uncompressed_size);
  uLongf size = certificate.uncompressed_size;
  uLong used = static_cast<uLong>(certificate.compressed.size());
  const int status = uncompress2(out.data(), &size, certificate.compressed.data(), &used);
  if (status != Z_OK || size != certificate.uncompressed_size || used != certificate.compressed.size()) {
    return Error{fmt::format("CompressedCertificate is no zlib stream of the {} bytes that it claims",
                             certificate.uncompressed_size)};
  }
  return out;
}

}  // namespace tlsward::net
