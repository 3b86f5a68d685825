// What certificates and keys are, as plain facts. No OpenSSL here: pki/ fills these in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::tls {

/// A moment in UTC, whole seconds.
using Time = std::chrono::sys_seconds;

enum class KeyType : std::uint8_t { Unknown, Rsa, RsaPss, Dsa, Ec, Ed25519, Ed448, Dh };

/// "RSA", "EC", "Ed25519".
std::string_view name(KeyType type);

/// A public or private key without any secret part.
struct KeyFacts {
  KeyType type = KeyType::Unknown;
  int bits = 0;             // RSA modulus, EC field
  std::string curve;        // "P-256"; empty unless EC
  std::string spki_sha256;  // lower-case hex of the SubjectPublicKeyInfo; empty where the key could not be read
  bool encrypted = false;   // private key under a passphrase: type and bits unknown, never asked for
  friend bool operator==(const KeyFacts&, const KeyFacts&) = default;
};

/// Strength in bits of a symmetric key (NIST SP 800-57 part 1 revision 5, table 2): RSA 2048 is 112, P-256 is 128,
/// Ed25519 is 128. Sizes between two rows count as the lower row. 0 for an unknown key and for sizes below the table.
int equivalent_strength(const KeyFacts& key);

/// RFC 5280 facts of one certificate. Names are RFC 4514-like, most specific last ("C=US, O=Org, CN=host").
struct CertificateFacts {
  std::string subject, issuer;
  std::string common_name;  // of the subject, empty where it has none
  std::string serial;       // hex, with '-' in front where negative
  int serial_octets = 0;
  int version = 3;  // 1, 2 or 3
  Time not_before{}, not_after{};
  KeyFacts key;
  std::string signature_algorithm;  // "sha256WithRSAEncryption" (OpenSSL long name)
  std::string signature_digest;     // "SHA256", empty for EdDSA
  bool has_san = false;
  std::vector<std::string> dns_names, ip_addresses, emails, uris;
  int other_names = 0;  // SAN entries of other types
  bool has_eku = false;
  std::vector<std::string> extended_key_usage;  // "serverAuth", "clientAuth", "any", else dotted OID
  bool has_key_usage = false;
  std::vector<std::string> key_usage;  // RFC 5280 names: "digitalSignature", "keyCertSign"
  bool has_basic_constraints = false;
  bool is_ca = false;
  std::optional<int> path_length;
  std::vector<std::string> ca_issuer_urls, ocsp_urls;  // authority information access
  bool must_staple = false;                            // RFC 7633
  bool self_issued = false;                            // subject equals issuer
  bool self_signed = false;                            // and the signature verifies with its own key
  std::string subject_key_id, authority_key_id;        // hex, may be empty
  std::string sha256;                                  // fingerprint of the DER, lower-case hex
};

/// True where `issuer` signed `certificate`, as far as names and key identifiers tell (RFC 5280, 4.2.1.1 and 6.1):
/// equal names, and equal key identifiers where both certificates have them. No signature is checked.
bool names_issuer(const CertificateFacts& issuer, const CertificateFacts& certificate);

/// What the bytes of one field or file turned out to be.
enum class Encoding : std::uint8_t { Empty, Pem, Der, Pkcs12, Pkcs7, JavaKeyStore, Text, Placeholder };

/// "PEM", "DER", "PKCS#12".
std::string_view name(Encoding encoding);

enum class PemKind : std::uint8_t { Certificate, PrivateKey, PublicKey, Other };

/// One `-----BEGIN …-----` block, in file order.
struct PemBlock {
  PemKind kind = PemKind::Other;
  std::string label;      // "CERTIFICATE", "EC PRIVATE KEY"
  std::size_t index = 0;  // into certificates, private_keys or public_keys of the bundle, by kind
  bool decoded = false;   // base64 and DER could be read; else `index` has no meaning
};

/// Everything one PEM text (a file or an inline value) holds.
struct Bundle {
  Encoding encoding = Encoding::Empty;
  bool folded = false;  // PEM whose line breaks were lost (YAML `>` or plain multi-line scalar)
  std::vector<PemBlock> blocks;
  std::vector<CertificateFacts> certificates;
  std::vector<KeyFacts> private_keys, public_keys;
  /// What is wrong, one sentence each ("no PEM block found", "block 2 (CERTIFICATE): bad base64"). Empty where all is
  /// well.
  std::vector<std::string> problems;
};

}  // namespace tlsward::tls
