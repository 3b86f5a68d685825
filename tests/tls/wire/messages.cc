#include "tests/tls/wire/messages.h"

#include <algorithm>

#include "tls/wire/extension.h"

namespace tlsward::tests::wire {

using tls::wire::Extension;
using tls::wire::Writer;
namespace handshake = tls::wire::handshake;

Bytes hex(std::string_view digits) {
  std::string kept;
  std::copy_if(digits.begin(), digits.end(), std::back_inserter(kept), [](char c) { return c != ' '; });
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < kept.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(kept.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes record(std::uint8_t type, const Bytes& body, tls::Version version) {
  Writer out;
  out.u8(type);
  out.u16(version.number);
  out.vector16(body);
  return out.take();
}

Bytes message(std::uint8_t type, const Bytes& body) {
  Writer out;
  out.u8(type);
  out.vector24(body);
  return out.take();
}

Bytes in_records_of(std::size_t size, const Bytes& messages, tls::Version version) {
  Bytes out;
  for (View left = messages; !left.empty();) {
    const View fragment = left.first(std::min(size, left.size()));
    out = std::move(out) + record(kHandshake, Bytes(fragment.begin(), fragment.end()), version);
    left = left.subspan(fragment.size());
  }
  return out;
}

Bytes server_hello(tls::Version version, tls::CipherSuite suite, const std::vector<Extension>& extensions) {
  Writer body;
  body.u16(version.number);
  body.bytes(hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
  body.vector8(hex("aabbccdd"));
  body.u16(suite.code);
  body.u8(0);
  if (extensions.empty()) return body.take();
  Writer list;
  for (const Extension& extension : extensions) {
    list.u16(extension.type);
    list.vector16(extension.body);
  }
  body.vector16(list.take());
  return body.take();
}

Bytes certificate(const std::vector<Bytes>& chain) {
  Writer list;
  for (const Bytes& der : chain) list.vector24(der);
  Writer body;
  body.vector24(list.take());
  return body.take();
}

Bytes certificate_status(const Bytes& response) {
  Writer body;
  body.u8(1);
  body.vector24(response);
  return body.take();
}

Bytes ecdhe_key_exchange() {
  Writer body;
  body.u8(3);
  body.u16(0x0017);
  body.vector8(Bytes(65, 0x04));
  body.u16(0x0804);
  body.vector16(Bytes(256, 0x5A));
  return body.take();
}

Bytes certificate_request() {
  return hex("02 01 40  0004 0804 0403  0009 0002 3000 0003 310000");
}

std::vector<Message> tls12_messages() {
  return {{handshake::kServerHello, server_hello(tls::kTls12, kEcdheRsa, {{0xFF01, hex("00")}, {23, {}}})},
          {handshake::kCertificate, certificate({hex("3082000a"), hex("30820014ff")})},
          {handshake::kCertificateStatus, certificate_status(hex("30030a0100"))},
          {handshake::kServerKeyExchange, ecdhe_key_exchange()},
          {handshake::kCertificateRequest, certificate_request()},
          {handshake::kServerHelloDone, {}}};
}

Bytes tls12_flight() {
  Bytes out;
  for (const Message& part : tls12_messages()) out = std::move(out) + message(part.type, part.body);
  return out;
}

Bytes tls13_hello() {
  const Bytes share = hex("001d 0020") + Bytes(32, 0x77);
  return message(handshake::kServerHello, server_hello(tls::kTls12, kAes128Gcm, {{43, hex("0304")}, {51, share}}));
}

Bytes openssl_anonymous_flight() {
  return hex(
      "1503030002 0170 160303004e 0200004a 0303 0b80d0ca807e4e69467857c0edbed822493113125b3bcc85444f574e47524401 00 "
      "c018"
      "00 0022 ff01000100 000b000403000102 00230000 0010000500030268 32 00160000 00170000 1603030028 0c000024 03001d20"
      "8deeb6053d84e07b224e040afdc93bfa3dc3dd123d796b149bcda82fbf5aeb0e 1603030004 0e000000");
}

Bytes openssl_retry_flight() {
  return hex(
      "1603030058 02000054 0303 cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c 20"
      "0909090909090909090909090909090909090909090909090909090909090909 1301 00 000c 002b00020304 00330002001d"
      "140303000101");
}

Bytes gnutls_anonymous_flight() {
  return hex(
      "1603010063 0200005f 0301 578fe6ac5c06bdacf46ab8b188cbbd7703a53d4898825b94444f574e47524400 20"
      "b9a0e85dc1d08e772c5d02d8d3434c77774acc054cbaa132aba75f33694a034d c018 00 0017 000b00020100 00160000 00170000"
      "00230000 ff01000100 160301004 90c00004503001741"
      "04e603993fbc040fec3e64ae3986a488c325ea75e6ed8466acc8d99ae7b1d03acd23bb3a89badbe52623a7498f88ef63884b08559b93f78f"
      "2c433ce475e2d3cdaa 1603010004 0e000000");
}

}  // namespace tlsward::tests::wire
