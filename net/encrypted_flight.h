// The encrypted half of a TLS 1.3 server's first flight (RFC 8446, 4.3 and 4.4): extensions, certificate request,
// certificate (also compressed), and what it was signed with. Enough of a client to read it, not to finish: a chain is
// what the server showed, as its signature in CertificateVerify is not checked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "tls/group.h"
#include "tls/wire/bytes.h"
#include "tls/wire/flight.h"

namespace tlsward::net {

/// A key pair of X25519, P-256 or P-384 for one connection.
class EphemeralKey {
 public:
  /// Nullopt for groups other than X25519, P-256, P-384.
  static std::optional<EphemeralKey> make(tls::Group group);
  EphemeralKey(EphemeralKey&&) noexcept;
  EphemeralKey& operator=(EphemeralKey&&) noexcept;
  ~EphemeralKey();
  /// For key_share.
  tls::wire::KeyShare share() const;
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit EphemeralKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Decrypts what follows a ServerHello. Limits as of FlightReader: 64 KiB a message (also after decompression), 256 KiB
/// in all, 32 records that bring nothing further. A certificate that was compressed with anything but zlib is not
/// decompressed: `certificate_compression` says so, and the chain is empty.
class EncryptedFlightReader {
 public:
  enum class State : std::uint8_t { More, Complete, Failed };

  /// `transcript`: ClientHello (or the message_hash construction of RFC 8446, 4.4.1, with HelloRetryRequest and second
  /// ClientHello) and ServerHello as handshake messages. `flight` has the ServerHello and gets the rest. Error: no key
  /// of ours for the server's share, or a suite whose key schedule we do not have (AES-GCM, AES-CCM and ChaCha20 with
  /// SHA-256 and SHA-384 are there).
  static Result<EncryptedFlightReader> make(tls::wire::ServerFlight flight, const EphemeralKey& key,
                                            tls::wire::View transcript);
  EncryptedFlightReader(EncryptedFlightReader&&) noexcept;
  EncryptedFlightReader& operator=(EncryptedFlightReader&&) noexcept;
  ~EncryptedFlightReader();

  /// Takes the next bytes of the stream, however they are cut. Complete with the server's Finished, whose MAC is
  /// checked, or with an alert. Once the state is not More, further bytes are ignored; what was read so far stays in
  /// the flight.
  State feed(tls::wire::View bytes);
  const tls::wire::ServerFlight& flight() const;
  tls::wire::ServerFlight take_flight();
  /// Why it Failed: "Certificate out of order", "encrypted record 2 cannot be opened: altered, or another key".
  const std::string& problem() const;

 private:
  struct Impl;
  explicit EncryptedFlightReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::net
