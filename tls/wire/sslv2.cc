// SSL 2.0 has records of its own: two bytes of length, whose highest bit says that no padding follows, and messages
// that begin with their type. Only the cleartext of the first round is needed here, and that is never padded: what
// comes with a three-byte header is not it.
#include "tls/wire/sslv2.h"

#include <cassert>

#include <fmt/format.h>

namespace tlsward::tls::wire {
namespace {

constexpr std::uint8_t kError = 0, kClientHello = 1, kServerHello = 4;
constexpr std::uint16_t kSslVersion = 0x0002;
constexpr std::uint8_t kTwoByteHeader = 0x80;

struct Row {
  Sslv2Cipher cipher;
  std::string_view name, openssl;
  int bits;
};

// Names: Netscape's specification, section "Cipher kinds"; OpenSSL: SSL2_TXT_... of OpenSSL 1.0.2. 3DES: 112 bits as
// NIST SP 800-57 counts.
constexpr Row kRows[] = {
    {{0x010080}, "SSL_CK_RC4_128_WITH_MD5", "RC4-MD5", 128},
    {{0x020080}, "SSL_CK_RC4_128_EXPORT40_WITH_MD5", "EXP-RC4-MD5", 40},
    {{0x030080}, "SSL_CK_RC2_128_CBC_WITH_MD5", "RC2-CBC-MD5", 128},
    {{0x040080}, "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5", "EXP-RC2-CBC-MD5", 40},
    {{0x050080}, "SSL_CK_IDEA_128_CBC_WITH_MD5", "IDEA-CBC-MD5", 128},
    {{0x060040}, "SSL_CK_DES_64_CBC_WITH_MD5", "DES-CBC-MD5", 56},
    {{0x0700C0}, "SSL_CK_DES_192_EDE3_CBC_WITH_MD5", "DES-CBC3-MD5", 112},
    {{0x080080}, "SSL_CK_RC4_64_WITH_MD5", "RC4-64-MD5", 64},
};

const Row* find(Sslv2Cipher cipher) {
  for (const Row& row : kRows) {
    if (row.cipher == cipher) return &row;
  }
  return nullptr;
}

std::optional<Sslv2ServerHello> parse_server_hello(Reader in) {
  Sslv2ServerHello hello;
  hello.session_hit = in.u8() != 0;
  in.u8();  // certificate type; X.509 is the only one
  hello.version = in.u16();
  const std::uint16_t certificate_size = in.u16(), ciphers_size = in.u16(), connection_id_size = in.u16();
  const View certificate = in.bytes(certificate_size);
  Reader ciphers(in.bytes(ciphers_size));
  in.bytes(connection_id_size);
  if (!in.finished() || ciphers_size % 3 != 0) return std::nullopt;
  hello.certificate.assign(certificate.begin(), certificate.end());
  while (!ciphers.empty()) hello.ciphers.push_back({ciphers.u24()});
  return hello;
}

Sslv2Answer parse_message(View message) {
  Reader in(message);
  switch (in.u8()) {
    case kServerHello:
      if (auto hello = parse_server_hello(in)) return {Sslv2State::Hello, std::move(hello), 0};
      return {Sslv2State::NotSslv2, {}, 0};
    case kError: {
      const std::uint16_t error = in.u16();
      if (in.finished()) return {Sslv2State::Error, {}, error};
      return {Sslv2State::NotSslv2, {}, 0};
    }
    default:
      return {Sslv2State::NotSslv2, {}, 0};
  }
}

}  // namespace

const std::vector<Sslv2Cipher>& sslv2_ciphers() {
  static const auto kCiphers = [] {
    std::vector<Sslv2Cipher> ciphers;
    for (const Row& row : kRows) ciphers.push_back(row.cipher);
    return ciphers;
  }();
  return kCiphers;
}

std::string name(Sslv2Cipher cipher) {
  const Row* row = find(cipher);
  return row ? std::string(row->name) : fmt::format("0x{:06x}", cipher.code);
}

std::string_view openssl_name(Sslv2Cipher cipher) {
  const Row* row = find(cipher);
  return row ? row->openssl : std::string_view{};
}

int bits(Sslv2Cipher cipher) {
  const Row* row = find(cipher);
  return row ? row->bits : 0;
}

Bytes write_sslv2_client_hello(View challenge) {
  assert(challenge.size() >= 16 && challenge.size() <= 32);
  Writer ciphers;
  for (const Row& row : kRows) ciphers.u24(row.cipher.code);

  Writer message;
  message.u8(kClientHello);
  message.u16(kSslVersion);
  message.u16(static_cast<std::uint16_t>(ciphers.size()));
  message.u16(0);  // session id
  message.u16(static_cast<std::uint16_t>(challenge.size()));
  message.bytes(ciphers.take());
  message.bytes(challenge);

  Writer record;
  record.u16(static_cast<std::uint16_t>(kTwoByteHeader << 8 | message.size()));
  record.bytes(message.take());
  return record.take();
}

Sslv2Answer parse_sslv2_answer(View bytes) {
  if (bytes.empty()) return {};
  if ((bytes[0] & kTwoByteHeader) == 0) return {Sslv2State::NotSslv2, {}, 0};
  if (bytes.size() > 2 && bytes[2] != kServerHello && bytes[2] != kError) return {Sslv2State::NotSslv2, {}, 0};
  Reader in(bytes);
  const std::size_t size = in.u16() & 0x7FFFU;
  const View message = in.bytes(size);
  return in.ok() ? parse_message(message) : Sslv2Answer{};
}

}  // namespace tlsward::tls::wire
