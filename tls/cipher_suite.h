// Every cipher suite that IANA lists, with the names that other programs give it.
//
// Two entries of the registry are signals and no suites: TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746) and
// TLS_FALLBACK_SCSV (RFC 7507). They have rows, so that they are found and printed by name, but empty encryption and
// MAC, no version that can negotiate them and neither a reason to be called broken nor weak: ask `is_signalling`.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tls/version.h"

namespace tlsward::tls {

/// A cipher suite as on the wire. Unknown numbers are values like any other.
struct CipherSuite {
  std::uint16_t code = 0;
  friend auto operator<=>(const CipherSuite&, const CipherSuite&) = default;
};

enum class KeyExchange : std::uint8_t {
  Any,
  Null,
  Rsa,
  RsaExport,
  Dhe,
  DheExport,
  Dh,
  DhExport,
  DhAnon,
  DhAnonExport,
  Ecdhe,
  Ecdh,
  EcdhAnon,
  Psk,
  DhePsk,
  EcdhePsk,
  RsaPsk,
  Krb5,
  Krb5Export,
  Srp,
  Gost,
  EccPwd,
  Sm2,
};
/// What the server signs or proves itself with. Any: TLS 1.3, where the suite does not say.
enum class Authentication : std::uint8_t {
  Any,
  None,
  Rsa,
  Dss,
  Ecdsa,
  Dh,
  Ecdh,
  Psk,
  Krb5,
  SrpPassword,
  Gost,
  EccPwd,
  Sm2
};
enum class CipherMode : std::uint8_t { Null, Stream, Cbc, Gcm, Ccm, Ccm8, Poly1305, Mgm, IntegrityOnly, Aegis, Ascon };

/// One row of the table. Sources: IANA "TLS Cipher Suites" registry, RFC 9113 appendix A; the date stands in the .cc.
struct CipherSuiteFacts {
  CipherSuite suite;
  std::string_view name;     // IANA
  std::string_view openssl;  // OpenSSL's name, empty where it has none
  std::string_view go;       // constant of crypto/tls, empty where it has none
  std::string_view gnutls;   // GnuTLS's name, empty where it has none
  Version min_version;       // first version that can negotiate it
  Version max_version;       // last version that can negotiate it
  KeyExchange key_exchange;
  Authentication authentication;
  std::string_view encryption;  // "AES_128_GCM", "3DES_EDE_CBC", "NULL", "RC4_128"; empty for a signal
  CipherMode mode;
  std::string_view mac;   // "SHA256", "SHA", "MD5", "AEAD", "NULL"; empty for a signal
  int bits;               // strength of the encryption: 128; 112 for 3DES; 0 for NULL
  bool forward_secrecy;   // a stolen long-term key does not open recorded sessions
  bool http2_prohibited;  // RFC 9113, appendix A
  bool recommended;       // IANA column "Recommended" is Y
};

/// All rows, ascending by code.
std::span<const CipherSuiteFacts> cipher_suites();
/// The row of a suite, or nullptr for a number that IANA does not list.
const CipherSuiteFacts* facts(CipherSuite suite);
/// IANA name; "0x13ff" for an unknown number, "GREASE (0x0a0a)" for the values of RFC 8701.
std::string name(CipherSuite suite);
/// The suite behind any spelling: IANA, OpenSSL, Go or GnuTLS name, lower case, spaces or dashes for `_`, a missing
/// `_SHA256` behind CHACHA20_POLY1305, Java's SSL_ for TLS_, OpenSSL's old EDH for DHE, hex ("0xC02F", "0xC0,0x2F",
/// "C02F"), decimal ("49199"). A number needs no row: unknown ones come back as they are. Digits alone are decimal,
/// unless four of them start with 0 ("0035" is 0x0035).
std::optional<CipherSuite> parse_cipher_suite(std::string_view text);

/// True where `version` can negotiate the suite; for an unknown suite false.
bool usable(CipherSuite suite, Version version);
/// A signal in the list of suites (SCSV), no suite.
bool is_signalling(CipherSuite suite);
/// TLS 1.3 suite (only encryption and hash).
bool is_tls13(CipherSuite suite);
/// Encrypts and authenticates in one step; false for the suites of RFC 9150, which do not encrypt.
bool is_aead(CipherSuite suite);
/// Needs a pre-shared key that was agreed outside TLS; false for TLS 1.3, whose suites work with and without.
bool uses_psk(CipherSuite suite);
/// Reason why the suite is broken: NULL, EXPORT, anonymous, RC4, RC2, DES, 3DES, MD5; nullopt where it is not.
std::optional<std::string_view> broken_reason(CipherSuite suite);
/// Reasons why the suite is weak: "CBC", "no forward secrecy"; empty where it has neither, where it is broken or
/// unknown.
std::vector<std::string_view> weak_reasons(CipherSuite suite);

/// "ECDHE", "RSA", "DH_anon", "any" as in IANA's names.
std::string_view name(KeyExchange value);
/// "ECDSA", "RSA", "none", "any".
std::string_view name(Authentication value);
/// "GCM", "CBC", "NULL", "integrity only".
std::string_view name(CipherMode value);

}  // namespace tlsward::tls
