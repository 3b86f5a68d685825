#include "serve/websocket.h"

#include <openssl/evp.h>

#include <array>

namespace tlsward::serve {
namespace {

/// RFC 6455, 1.3.
constexpr char kWebSocketGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

}  // namespace

std::string websocket_accept(const std::string& key) {
  const std::string text = key + kWebSocketGuid;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) return {};
  std::array<unsigned char, 64> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)};
}

ResponseHead translate_switch(const RequestHead& inbound, const RequestHead& outbound, ResponseHead response) {
  if (outbound.upgrade.empty() || response.upgrade.empty()) return response;
  const bool to_http2 = inbound.version == HttpVersion::Http2;
  if (to_http2) {
    response.status = 200;
    remove(response.fields, "Sec-WebSocket-Accept");
    return response;
  }
  if (response.status == 101) return response;
  response.status = 101;
  const std::string* key = find(inbound.fields, "Sec-WebSocket-Key");
  if (key != nullptr) replace(response.fields, "Sec-WebSocket-Accept", websocket_accept(*key));
  return response;
}

}  // namespace tlsward::serve
