// ServerKeyExchange. Nothing in the message says what it holds: the suite does. PSK suites put a hint in front
// (RFC 4279, 2); then come the parameters of the exchange; then, unless nobody signs, a signature.
#include <algorithm>
#include <bit>

#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {
namespace {

using K = KeyExchange;

constexpr Group kExplicitPrime{0xFF01}, kExplicitChar2{0xFF02};

bool has_hint(K exchange) {
  return exchange == K::Psk || exchange == K::RsaPsk || exchange == K::DhePsk || exchange == K::EcdhePsk;
}

bool is_finite_field(K exchange) {
  return exchange == K::Dhe || exchange == K::DheExport || exchange == K::DhAnon || exchange == K::DhAnonExport ||
         exchange == K::DhePsk;
}

bool is_elliptic(K exchange) {
  return exchange == K::Ecdhe || exchange == K::EcdhAnon || exchange == K::EcdhePsk;
}

bool is_signed(K exchange) {
  return exchange == K::Dhe || exchange == K::DheExport || exchange == K::Ecdhe || exchange == K::RsaExport;
}

Bytes without_leading_zeroes(View number) {
  const auto first = std::find_if(number.begin(), number.end(), [](std::uint8_t byte) { return byte != 0; });
  return {first, number.end()};
}

/// RFC 5246, 7.4.3: prime, generator, public value.
bool read_dh(Reader& in, ServerKeyExchange& out) {
  out.dh_prime = without_leading_zeroes(in.vector16());
  out.dh_generator = without_leading_zeroes(in.vector16());
  const View key = in.vector16();
  return in.ok() && !out.dh_prime.empty() && !out.dh_generator.empty() && !key.empty();
}

/// RFC 4492, 5.4: coefficients, base point, order and cofactor of a curve that has no name.
void skip_curve(Reader& in) {
  for (int part = 0; part < 5; ++part) in.vector8();
}

/// RFC 4492, 5.4: field polynomial with three or five terms.
void skip_basis(Reader& in) {
  constexpr std::uint8_t kTrinomial = 1;
  in.u16();
  const int exponents = in.u8() == kTrinomial ? 1 : 3;
  for (int i = 0; i < exponents; ++i) in.vector8();
}

std::optional<Group> read_curve(Reader& in) {
  constexpr std::uint8_t kPrimeType = 1, kChar2Type = 2, kNamedType = 3;
  switch (in.u8()) {
    case kNamedType:
      return Group{in.u16()};
    case kPrimeType:
      in.vector8();
      skip_curve(in);
      return kExplicitPrime;
    case kChar2Type:
      skip_basis(in);
      skip_curve(in);
      return kExplicitChar2;
    default:
      return std::nullopt;
  }
}

bool read_ecdh(Reader& in, ServerKeyExchange& out) {
  out.group = read_curve(in);
  const View key = in.vector8();
  return in.ok() && out.group && !key.empty();
}

/// RFC 2246, 7.4.3 (1999, in TLS 1.0 only): modulus and exponent of the short key.
bool read_rsa(Reader& in) {
  const View modulus = in.vector16();
  const View exponent = in.vector16();
  return in.ok() && !modulus.empty() && !exponent.empty();
}

bool read_parameters(Reader& in, K exchange, ServerKeyExchange& out) {
  if (has_hint(exchange)) in.vector16();
  if (is_finite_field(exchange)) return read_dh(in, out);
  if (is_elliptic(exchange)) return read_ecdh(in, out);
  if (exchange == K::RsaExport) return read_rsa(in);
  return in.ok();
}

/// True for exchanges whose message is described here.
bool is_readable(K exchange) {
  return has_hint(exchange) || is_finite_field(exchange) || is_elliptic(exchange) || exchange == K::RsaExport;
}

}  // namespace

int ServerKeyExchange::dh_bits() const {
  if (dh_prime.empty()) return 0;
  return static_cast<int>(dh_prime.size() * 8) - std::countl_zero(dh_prime.front());
}

std::optional<ServerKeyExchange> parse_server_key_exchange(View body, CipherSuite suite, Version version) {
  ServerKeyExchange out;
  const CipherSuiteFacts* row = facts(suite);
  if (!row || !is_readable(row->key_exchange)) return out;
  Reader in(body);
  if (!read_parameters(in, row->key_exchange, out)) return std::nullopt;
  if (is_signed(row->key_exchange)) {
    if (version == kTls12) out.signature = SignatureScheme{in.u16()};
    if (in.vector16().empty()) return std::nullopt;
  }
  if (!in.finished()) return std::nullopt;
  return out;
}

}  // namespace tlsward::tls::wire
