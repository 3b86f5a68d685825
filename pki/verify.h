// A server's chain against trust anchors, as facts and verdicts. OpenSSL stays behind this header.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::pki {

using DerBytes = std::vector<std::uint8_t>;

/// Whom to believe. Immutable; may be used by many threads.
class TrustAnchors {
 public:
  /// The system's store. Certificates are looked up by the hash of their name when they are needed (/etc/ssl/certs, or
  /// what SSL_CERT_DIR and SSL_CERT_FILE name), so that none is decoded in vain.
  static TrustAnchors system();
  /// The certificates of a PEM file. Error: unreadable, or no certificate in it.
  static Result<TrustAnchors> from_file(const std::string& path);
  /// Nobody: nothing is verified.
  static TrustAnchors none();

  TrustAnchors(TrustAnchors&&) noexcept;
  TrustAnchors& operator=(TrustAnchors&&) noexcept;
  ~TrustAnchors();
  bool empty() const;
  /// "the system store", "ca.pem", "no trust anchors".
  const std::string& description() const;
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit TrustAnchors(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

enum class Trust : std::uint8_t { Unknown, Trusted, Untrusted };

struct Verification {
  /// Unknown: no anchors were given, or the signature or key of an issuer is of a kind that this OpenSSL does not know.
  Trust trust = Trust::Unknown;
  /// Why not Trusted: "self-signed certificate", "issuer 'CN=X' is not known", "expired on 2026-01-02", "1024-bit RSA
  /// key", "no trust anchors". Of several reasons the one that stands in the way of a path comes first, then dates,
  /// then weak keys (under 112 bits of strength) and hashes (SHA-1 and older).
  std::string reason;
  bool missing_intermediate = false;  // the last certificate that fits names an issuer that is neither sent nor trusted
  bool ordered = true;                // each certificate sent issued the one before it
  bool extra_anchor = false;          // a self-signed certificate was sent along behind others
  std::vector<std::string> path;      // subjects from leaf to anchor, where one was found
};

/// Verifies `chain` (DER, leaf first) for a TLS server at time `at`; no host name is checked and nothing is fetched.
/// The order of the rest does not matter for `trust`. An expired chain that leads to an anchor is Untrusted with that
/// reason. Bounds: the first 32 certificates, each of at most 64 KiB; no signature of an RSA key over 16,384 bits, or
/// with an exponent over 64 bits, is checked.
Verification verify_chain(const std::vector<DerBytes>& chain, const TrustAnchors& anchors, tls::Time at);

/// Whether the certificate's policies name one of the CA/Browser Forum's for extended validation (2.23.140.1.1).
bool is_extended_validation(const DerBytes& certificate);

/// What a stapled OCSP response says.
struct OcspFacts {
  enum class Status : std::uint8_t { Malformed, Good, Revoked, Unknown, NotForThisCertificate, Stale, BadSignature };
  Status status = Status::Malformed;
  std::string words;  // "good, until 2026-12-01"
  int scts = 0;       // SignedCertificateTimestamps in it
};
/// Reads a stapled OCSP response (RFC 6960) about the leaf of `chain` and judges it at `at`. Its signature can be
/// checked only where the leaf's issuer was sent too. At most 64 KiB.
OcspFacts read_ocsp(const DerBytes& response, const std::vector<DerBytes>& chain, tls::Time at);

/// Number of SignedCertificateTimestamps in a SignedCertificateTimestampList (RFC 6962, 3.3); 0 where it is malformed.
int count_scts(const DerBytes& list);
/// The same in the certificate's own extension (1.3.6.1.4.1.11129.2.4.2).
int count_embedded_scts(const DerBytes& certificate);

/// A distinguished name in DER as CertificateFacts writes it ("C=US, O=Org, CN=host"); "unreadable name" where it is
/// none.
std::string distinguished_name(const DerBytes& der);

}  // namespace tlsward::pki
