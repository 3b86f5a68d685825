// The lines of sslscan 2.x, which people know by heart: what `show --as sslscan` predicts and `probe` sees is printed
// in the same words and colours. Layout, colours and words were taken from the output of sslscan 2.0.7 and 2.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/paint.h"
#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"

namespace tlsward::report {

/// "SSLv3", "TLSv1.2", "TLSv1.3-draft28"; "TLSv0x0305" for a number without a name.
std::string sslscan_version(tls::Version version);
/// OpenSSL's name, IANA's where it has none; "0x13ff" for an unknown number.
std::string sslscan_name(tls::CipherSuite suite);
/// "null", "anonymous", "weak" (export), "medium" (RC4, DES, 3DES and national ciphers), "strong" (AEAD with forward
/// secrecy), else "acceptable".
std::string_view sslscan_strength(tls::CipherSuite suite);

/// The key exchange behind a suite.
struct KeyExchangeDetail {
  std::string curve;   // "25519", "P-256", "X25519MLKEM768"; empty for none
  int ecdhe_bits = 0;  // of the curve's order; 0 where `curve` is no curve
  int dhe_bits = 0;    // of the prime; 0 for none
};
/// `group`: what was or would be negotiated; `dh_bits`: the prime without a name, 0 for none.
KeyExchangeDetail key_exchange_detail(std::optional<tls::Group> group, int dh_bits);

/// "  SSL/TLS Protocols:".
std::string sslscan_title(const Paint& paint, std::string_view title);
/// "TLSv1.2   enabled"; nullopt: "unknown".
std::string sslscan_protocol(const Paint& paint, tls::Version version, std::optional<bool> enabled);
/// "Preferred TLSv1.3  128 bits  TLS_AES_128_GCM_SHA256        Curve 25519 DHE 253".
std::string sslscan_suite(const Paint& paint, tls::Version version, tls::CipherSuite suite, bool preferred,
                          const KeyExchangeDetail& detail);
/// The same for a name and a strength that are no TLS suite (SSL 2.0).
std::string sslscan_suite(const Paint& paint, tls::Version version, std::string_view name, int bits);
/// "TLSv1.3  128 bits  secp256r1 (NIST P-256)".
std::string sslscan_group(const Paint& paint, tls::Version version, tls::Group group);
/// "secp256r1 (NIST P-256)", the name in it.
std::string sslscan_group_name(tls::Group group);
/// "TLSv1.3  rsa_pss_rsae_sha256".
std::string sslscan_signature(const Paint& paint, tls::Version version, tls::SignatureScheme scheme);

/// Key of a certificate as sslscan puts it: for a curve OpenSSL's name and half the bits.
struct SslscanKey {
  std::string type;   // "RSA", "EC", "Ed25519"
  std::string curve;  // "prime256v1"; empty unless EC
  int bits = 0;
};
SslscanKey sslscan_key(const tls::KeyFacts& key);
/// The common name as it is, without escapes; the whole name where it has none. Not yet printable.
std::string sslscan_subject(const std::string& distinguished_name);
/// "DNS:api.example, IP Address:192.0.2.1".
std::string sslscan_altnames(const tls::CertificateFacts& certificate);
/// From "Signature Algorithm:" to "Not valid after:", with line endings. `now` decides on the colour of the dates;
/// nullopt: no colour for them.
std::string sslscan_certificate(const Paint& paint, const tls::CertificateFacts& certificate,
                                std::optional<tls::Time> now);

}  // namespace tlsward::report
