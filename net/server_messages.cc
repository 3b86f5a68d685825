#include "net/server_messages.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "net/certificate_compression.h"
#include "net/key_schedule.h"
#include "tls/wire/extension.h"
#include "tls/wire/handshake.h"

namespace tlsward::net {
namespace {

using tls::wire::View;
namespace handshake = tls::wire::handshake;

constexpr std::size_t kHeader = 4;

/// RFC 8446, 2 and 4.4. CertificateRequest may be left out; the rest may not, as no pre-shared key was offered.
struct Place {
  std::uint8_t type;
  int place;
  std::string_view name;
};
constexpr std::array<Place, 6> kOrder = {{
    {handshake::kEncryptedExtensions, 1, "EncryptedExtensions"},
    {handshake::kCertificateRequest, 2, "CertificateRequest"},
    {handshake::kCertificate, 3, "Certificate"},
    {handshake::kCompressedCertificate, 3, "CompressedCertificate"},
    {handshake::kCertificateVerify, 4, "CertificateVerify"},
    {handshake::kFinished, 5, "Finished"},
}};

const Place* find_place(std::uint8_t type) {
  const auto* found = std::find_if(kOrder.begin(), kOrder.end(), [&](const Place& row) { return row.type == type; });
  return found == kOrder.end() ? nullptr : found;
}

bool may_follow(int before, int now) {
  return now == before + 1 || (before == 1 && now == 3);
}

std::string name_of(std::uint8_t type) {
  const Place* place = find_place(type);
  return place != nullptr ? std::string(place->name) : fmt::format("handshake message {}", type);
}

}  // namespace

Secret digest_of(const EVP_MD_CTX* transcript) {
  const DigestContextPtr copy(EVP_MD_CTX_new());
  Secret digest(static_cast<std::size_t>(EVP_MD_CTX_get_size(transcript)));
  const bool done = copy && EVP_MD_CTX_copy_ex(copy.get(), transcript) == 1 &&
                    EVP_DigestFinal_ex(copy.get(), digest.bytes().data(), nullptr) == 1;
  return done ? digest : Secret();
}

ServerMessages::ServerMessages(tls::wire::ServerFlight begun, DigestContextPtr transcript, const EVP_MD* hash,
                               const Secret& finished_key)
    : flight(std::move(begun)), transcript_(std::move(transcript)), hash_(hash), finished_key_(finished_key) {}

bool ServerMessages::read(View message) {
  const std::uint8_t type = message.front();
  const View body = message.subspan(kHeader);
  const Place* place = find_place(type);
  if (place == nullptr || !may_follow(place_, place->place)) return fail(fmt::format("{} out of order", name_of(type)));
  place_ = place->place;
  if (type == handshake::kFinished) return check_finished(body);
  if (!keep(type, body)) {
    return problem_.empty() ? fail(fmt::format("malformed {} of {} bytes", place->name, body.size())) : false;
  }
  return EVP_DigestUpdate(transcript_.get(), message.data(), message.size()) == 1 || fail("OpenSSL cannot hash");
}

bool ServerMessages::fail(std::string problem) {
  problem_ = std::move(problem);
  return false;
}

/// False, perhaps with a problem, where the message is malformed.
bool ServerMessages::keep(std::uint8_t type, View body) {
  switch (type) {
    case handshake::kEncryptedExtensions: {
      auto extensions = tls::wire::parse_extensions(body);
      if (extensions) flight.encrypted_extensions = std::move(*extensions);
      return extensions.has_value();
    }
    case handshake::kCertificateRequest:
      flight.certificate_request = tls::wire::parse_certificate_request(body, tls::kTls13);
      return flight.certificate_request.has_value();
    case handshake::kCertificate:
      return keep_certificate(body);
    case handshake::kCompressedCertificate:
      return keep_compressed_certificate(body);
    default:
      return keep_verify(body);
  }
}

bool ServerMessages::keep_certificate(View body) {
  auto chain = tls::wire::parse_certificate(body, /*tls13=*/true);
  auto extensions = tls::wire::parse_leaf_extensions(body);
  if (!chain || !extensions) return false;
  flight.chain = std::move(*chain);
  flight.certificate_extensions = std::move(*extensions);
  flight.certificate_seen = true;
  if (const auto status = find(flight.certificate_extensions, tls::wire::extension::kStatusRequest)) {
    flight.ocsp_response = tls::wire::parse_certificate_status(*status);
    return flight.ocsp_response.has_value();
  }
  return true;
}

bool ServerMessages::keep_compressed_certificate(View body) {
  const auto certificate = parse_compressed_certificate(body);
  if (!certificate) return false;
  flight.certificate_compression = certificate->algorithm;
  flight.certificate_seen = true;
  if (certificate->algorithm != kZlib) return true;
  const auto message = decompress_zlib(*certificate, tls::wire::FlightLimits{}.message_bytes);
  if (!message) return fail(message.error().message);
  return keep_certificate(*message);
}

bool ServerMessages::keep_verify(View body) {
  tls::wire::Reader in(body);
  const tls::SignatureScheme scheme{in.u16()};
  const View signature = in.vector16();
  if (!in.finished() || signature.empty()) return false;
  flight.certificate_verify = scheme;
  return true;
}

bool ServerMessages::check_finished(View body) {
  const Secret expected = hmac(hash_, finished_key_.view(), digest_of(transcript_.get()).view());
  const bool right = !expected.empty() && body.size() == expected.size() &&
                     CRYPTO_memcmp(body.data(), expected.view().data(), body.size()) == 0;
  if (!right) return fail("Finished that does not prove the handshake (RFC 8446, 4.4.4)");
  return flight.finished = true;
}

}  // namespace tlsward::net
