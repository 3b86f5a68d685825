// A TLS 1.3 server's first flight written by hand: whatever messages and records a test wants, encrypted.
#pragma once

#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "net/encrypted_flight.h"
#include "net/ephemeral_key.h"
#include "net/key_schedule.h"
#include "pki/openssl_ptr.h"
#include "tls/wire/extension.h"
#include "tls/wire/handshake.h"
#include "tls/wire/record.h"

namespace tlsward::test {

/// Ends a test, or a fuzz run, whose own tools fail.
inline void must(bool holds) {
  if (!holds) throw std::runtime_error("the handmade server does not work");
}

/// Both ends of a key exchange by X25519 with TLS_AES_128_GCM_SHA256.
class HandmadeFlight {
 public:
  using Bytes = tls::wire::Bytes;
  using View = tls::wire::View;

  HandmadeFlight() : client_(make_key()), server_(make_key()) {
    hello_.legacy_version = tls::kTls12;
    hello_.suite = {0x1301};
    tls::wire::Writer share;
    share.u16(tls::kX25519.code);
    share.vector16(server_.share().key);
    hello_.extensions = {{tls::wire::extension::kSupportedVersions, {0x03, 0x04}},
                         {tls::wire::extension::kKeyShare, share.take()}};
    keys_ = net::server_handshake_keys(EVP_sha256(), server_.impl().shared_secret(client_.share().key).view(),
                                       digest(transcript_).view(), 16);
    must(!keys_.finished.empty());
  }

  /// Begins again, with the same keys.
  void restart() {
    transcript_ = {'h', 'e', 'l', 'l', 'o', 's'};
    sequence_ = 0;
  }

  /// A handshake message.
  static Bytes message(std::uint8_t type, View body) {
    tls::wire::Writer out;
    out.u8(type);
    out.vector24(body);
    return out.take();
  }
  /// The same, and it goes into the transcript that `finished` proves.
  Bytes said(std::uint8_t type, View body) {
    Bytes bytes = message(type, body);
    transcript_.insert(transcript_.end(), bytes.begin(), bytes.end());
    return bytes;
  }
  /// The server's Finished.
  Bytes finished() const {
    const net::Secret proof = net::hmac(EVP_sha256(), keys_.finished.view(), digest(transcript_).view());
    return message(tls::wire::handshake::kFinished, proof.view());
  }

  /// The next encrypted record, with `padding` zeroes behind its content type.
  Bytes record(std::uint8_t type, View content, std::size_t padding = 0) {
    Bytes inner(content.begin(), content.end());
    inner.push_back(type);
    inner.resize(inner.size() + padding);
    return sealed(inner);
  }
  /// The next encrypted record with handshake messages.
  Bytes record(View messages) { return record(tls::wire::record::kHandshake, messages); }
  /// The next encrypted record with exactly this inside.
  Bytes sealed(View inner);
  /// A record in clear text.
  static Bytes plain(std::uint8_t type, View content) {
    tls::wire::Writer out;
    out.u8(type);
    out.u16(tls::kTls12.number);
    out.vector16(content);
    return out.take();
  }

  /// A reader at the beginning of the flight.
  net::EncryptedFlightReader reader() const {
    tls::wire::ServerFlight flight;
    flight.hello = hello_;
    auto reader = net::EncryptedFlightReader::make(flight, client_, Bytes{'h', 'e', 'l', 'l', 'o', 's'});
    must(static_cast<bool>(reader));
    return std::move(*reader);
  }

 private:
  static net::EphemeralKey make_key() {
    auto key = net::EphemeralKey::make(tls::kX25519);
    must(key.has_value());
    return std::move(*key);
  }
  static net::Secret digest(View bytes) {
    net::Secret out(32);
    must(EVP_Digest(bytes.data(), bytes.size(), out.bytes().data(), nullptr, EVP_sha256(), nullptr) == 1);
    return out;
  }

  net::EphemeralKey client_, server_;
  tls::wire::ServerHello hello_;
  net::HandshakeKeys keys_;
  Bytes transcript_{'h', 'e', 'l', 'l', 'o', 's'};  // in the place of ClientHello and ServerHello
  std::uint8_t sequence_ = 0;
};

inline tls::wire::Bytes HandmadeFlight::sealed(View inner) {
  using ContextPtr = pki::OpenSslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
  constexpr std::size_t kTag = 16;
  tls::wire::Writer header;
  header.u8(tls::wire::record::kApplicationData);
  header.u16(tls::kTls12.number);
  header.u16(static_cast<std::uint16_t>(inner.size() + kTag));
  Bytes out = header.take();
  Bytes sealed(inner.size() + kTag);
  net::Secret nonce = keys_.iv;
  nonce.bytes().back() ^= sequence_++;
  const ContextPtr context(EVP_CIPHER_CTX_new());
  int size = 0;
  must(EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, keys_.key.view().data(), nonce.view().data()) ==
       1);
  must(EVP_EncryptUpdate(context.get(), nullptr, &size, out.data(), static_cast<int>(out.size())) == 1);
  must(EVP_EncryptUpdate(context.get(), sealed.data(), &size, inner.data(), static_cast<int>(inner.size())) == 1);
  must(EVP_EncryptFinal_ex(context.get(), sealed.data() + size, &size) == 1);
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTag, sealed.data() + inner.size()) == 1);
  out.insert(out.end(), sealed.begin(), sealed.end());
  return out;
}

}  // namespace tlsward::test
