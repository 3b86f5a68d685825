#include "serve/tls/received_hello.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace tlsward::serve {
namespace {

std::vector<tls::CipherSuite> read_suites(SSL* ssl) {
  // A hello in the shape of SSL 2.0 has three bytes for each; a zero in front marks those of later versions.
  const std::size_t width = SSL_client_hello_isv2(ssl) == 1 ? 3 : 2;
  const unsigned char* bytes = nullptr;
  const std::size_t size = SSL_client_hello_get0_ciphers(ssl, &bytes);
  std::vector<tls::CipherSuite> suites;
  for (std::size_t end = width; end <= size; end += width) {
    if (width == 3 && bytes[end - 3] != 0) continue;
    suites.push_back({static_cast<std::uint16_t>(bytes[end - 2] << 8 | bytes[end - 1])});
  }
  return suites;
}

}  // namespace

tls::wire::ClientHello received_hello(SSL* ssl) {
  tls::wire::ClientHello hello;
  hello.legacy_version = {static_cast<std::uint16_t>(SSL_client_hello_get0_legacy_version(ssl))};
  const unsigned char* bytes = nullptr;
  std::size_t size = SSL_client_hello_get0_random(ssl, &bytes);
  std::memcpy(hello.random.data(), bytes, std::min(size, hello.random.size()));
  size = SSL_client_hello_get0_session_id(ssl, &bytes);
  hello.session_id.assign(bytes, bytes + size);
  size = SSL_client_hello_get0_compression_methods(ssl, &bytes);
  hello.compressions.assign(bytes, bytes + size);
  hello.suites = read_suites(ssl);
  int* types = nullptr;
  std::size_t count = 0;
  if (SSL_client_hello_get1_extensions_present(ssl, &types, &count) != 1) return hello;
  for (std::size_t i = 0; i < count; ++i) {
    if (SSL_client_hello_get0_ext(ssl, static_cast<unsigned>(types[i]), &bytes, &size) != 1) continue;
    hello.extensions.push_back({static_cast<std::uint16_t>(types[i]), {bytes, bytes + size}});
  }
  OPENSSL_free(types);
  return hello;
}

}  // namespace tlsward::serve
