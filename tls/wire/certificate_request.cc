// CertificateRequest in its three forms: TLS 1.1 and below (RFC 4346, 7.4.4), TLS 1.2 with signatures (RFC 5246, 7.4.4)
// and TLS 1.3, where all is extensions (RFC 8446, 4.3.2).
#include "tls/wire/code_list.h"
#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {
namespace {

/// Distinguished names with their length in two bytes, to the end.
std::optional<std::vector<Bytes>> read_authorities(View list) {
  std::vector<Bytes> names;
  for (Reader in(list); !in.empty();) {
    const View name = in.vector16();
    if (name.empty()) return std::nullopt;
    names.emplace_back(name.begin(), name.end());
  }
  return names;
}

std::optional<CertificateRequest> parse_tls13(View body) {
  Reader in(body);
  in.vector8();  // certificate_request_context
  if (!in.ok()) return std::nullopt;
  const auto extensions = parse_extensions(in.rest());
  if (!extensions) return std::nullopt;

  CertificateRequest request;
  if (const auto offered = find(*extensions, extension::kSignatureAlgorithms)) {
    auto schemes = offered_schemes(*offered);
    if (!schemes) return std::nullopt;
    request.signatures = std::move(*schemes);
  }
  if (const auto named = find(*extensions, extension::kCertificateAuthorities)) {
    Reader list(*named);
    auto authorities = read_authorities(list.vector16());
    if (!list.finished() || !authorities) return std::nullopt;
    request.authorities = std::move(*authorities);
  }
  return request;
}

}  // namespace

std::optional<CertificateRequest> parse_certificate_request(View body, Version version) {
  if (encrypts_after_hello(version)) return parse_tls13(body);
  Reader in(body);
  const View types = in.vector8();
  auto signatures = read_codes<SignatureScheme>(version == kTls12 ? in.vector16() : View{});
  auto authorities = read_authorities(in.vector16());
  if (!in.finished() || !signatures || !authorities) return std::nullopt;
  return CertificateRequest{{types.begin(), types.end()}, std::move(*signatures), std::move(*authorities)};
}

}  // namespace tlsward::tls::wire
