// Certificate and CertificateStatus. The DER inside is left to who can read it.
#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {
namespace {

constexpr std::uint8_t kOcsp = 1;  // CertificateStatusType (RFC 6066, 8)

Bytes copy(View bytes) {
  return {bytes.begin(), bytes.end()};
}

/// The list of certificates: behind a context in TLS 1.3, else all there is.
View certificate_list(Reader& in, bool tls13) {
  if (tls13) in.vector8();
  return in.vector24();
}

}  // namespace

std::optional<std::vector<Bytes>> parse_certificate(View body, bool tls13) {
  Reader in(body);
  Reader list(certificate_list(in, tls13));
  if (!in.finished()) return std::nullopt;
  std::vector<Bytes> chain;
  while (!list.empty()) {
    const View der = list.vector24();
    if (tls13) list.vector16();
    if (!list.ok() || der.empty()) return std::nullopt;
    chain.push_back(copy(der));
  }
  return chain;
}

std::optional<std::vector<Extension>> parse_leaf_extensions(View body) {
  Reader in(body);
  Reader list(certificate_list(in, true));
  if (!in.finished()) return std::nullopt;
  if (list.empty()) return std::vector<Extension>{};
  list.vector24();
  const View behind = list.rest();
  const View entry = list.vector16();
  if (!list.ok()) return std::nullopt;
  return parse_extensions(behind.first(entry.size() + 2));
}

std::optional<Bytes> parse_certificate_status(View body) {
  Reader in(body);
  const std::uint8_t type = in.u8();
  const View response = in.vector24();
  if (!in.finished() || type != kOcsp || response.empty()) return std::nullopt;
  return copy(response);
}

}  // namespace tlsward::tls::wire
