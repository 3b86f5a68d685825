// TLS 1.2 names a signature by two bytes, hash and key; TLS 1.3 keeps the same two bytes on the wire and calls the pair
// a scheme, with names of its own and a curve fixed to each ECDSA scheme. One table serves both: the pairs that TLS 1.3
// left nameless have the names that sslscan prints.
//
// Source: IANA "TLS SignatureScheme" and "TLS HashAlgorithm", state of 2026-09-29 (with RFC 9155: no MD5 and SHA-1 in
// TLS 1.2; RFC 9847: column "Recommended" with D). May sign a TLS 1.3 handshake: RFC 8446 4.2.3, RFC 8734, RFC 8998,
// RFC 9367, draft-ietf-tls-mldsa, draft-ietf-tls-tls13-pkcs1 (client certificates only).
#include "tls/signature_scheme.h"

#include <algorithm>
#include <array>

#include "tls/spelling.h"

namespace tlsward::tls {
namespace {

// clang-format off
constexpr SignatureSchemeFacts kSchemes[] = {
    // code    name                                 key        hash       TLS 1.3  recommended
    {{0x0101}, "rsa_pkcs1_md5",                     "RSA",     "MD5",     false,   false},
    {{0x0102}, "dsa_md5",                           "DSA",     "MD5",     false,   false},
    {{0x0103}, "ecdsa_md5",                         "ECDSA",   "MD5",     false,   false},
    {{0x0201}, "rsa_pkcs1_sha1",                    "RSA",     "SHA1",    false,   false},
    {{0x0202}, "dsa_sha1",                          "DSA",     "SHA1",    false,   false},
    {{0x0203}, "ecdsa_sha1",                        "ECDSA",   "SHA1",    false,   false},
    {{0x0301}, "rsa_pkcs1_sha224",                  "RSA",     "SHA224",  false,   false},
    {{0x0302}, "dsa_sha224",                        "DSA",     "SHA224",  false,   false},
    {{0x0303}, "ecdsa_sha224",                      "ECDSA",   "SHA224",  false,   false},
    {{0x0401}, "rsa_pkcs1_sha256",                  "RSA",     "SHA256",  false,   true},
    {{0x0402}, "dsa_sha256",                        "DSA",     "SHA256",  false,   false},
    {{0x0403}, "ecdsa_secp256r1_sha256",            "ECDSA",   "SHA256",  true,    true},
    {{0x0420}, "rsa_pkcs1_sha256_legacy",           "RSA",     "SHA256",  true,    false},
    {{0x0501}, "rsa_pkcs1_sha384",                  "RSA",     "SHA384",  false,   true},
    {{0x0502}, "dsa_sha384",                        "DSA",     "SHA384",  false,   false},
    {{0x0503}, "ecdsa_secp384r1_sha384",            "ECDSA",   "SHA384",  true,    true},
    {{0x0520}, "rsa_pkcs1_sha384_legacy",           "RSA",     "SHA384",  true,    false},
    {{0x0601}, "rsa_pkcs1_sha512",                  "RSA",     "SHA512",  false,   true},
    {{0x0602}, "dsa_sha512",                        "DSA",     "SHA512",  false,   false},
    {{0x0603}, "ecdsa_secp521r1_sha512",            "ECDSA",   "SHA512",  true,    true},
    {{0x0620}, "rsa_pkcs1_sha512_legacy",           "RSA",     "SHA512",  true,    false},
    {{0x0704}, "eccsi_sha256",                      "ECCSI",   "SHA256",  true,    false},
    {{0x0705}, "iso_ibs1",                          "IBS",     "",        true,    false},
    {{0x0706}, "iso_ibs2",                          "IBS",     "",        true,    false},
    {{0x0707}, "iso_chinese_ibs",                   "IBS",     "",        true,    false},
    {{0x0708}, "sm2sig_sm3",                        "SM2",     "SM3",     true,    false},
    {{0x0709}, "gostr34102012_256a",                "GOST",    "",        true,    false},
    {{0x070A}, "gostr34102012_256b",                "GOST",    "",        true,    false},
    {{0x070B}, "gostr34102012_256c",                "GOST",    "",        true,    false},
    {{0x070C}, "gostr34102012_256d",                "GOST",    "",        true,    false},
    {{0x070D}, "gostr34102012_512a",                "GOST",    "",        true,    false},
    {{0x070E}, "gostr34102012_512b",                "GOST",    "",        true,    false},
    {{0x070F}, "gostr34102012_512c",                "GOST",    "",        true,    false},
    {{0x0804}, "rsa_pss_rsae_sha256",               "RSA",     "SHA256",  true,    true},
    {{0x0805}, "rsa_pss_rsae_sha384",               "RSA",     "SHA384",  true,    true},
    {{0x0806}, "rsa_pss_rsae_sha512",               "RSA",     "SHA512",  true,    true},
    {{0x0807}, "ed25519",                           "Ed25519", "",        true,    true},
    {{0x0808}, "ed448",                             "Ed448",   "",        true,    true},
    {{0x0809}, "rsa_pss_pss_sha256",                "RSA-PSS", "SHA256",  true,    true},
    {{0x080A}, "rsa_pss_pss_sha384",                "RSA-PSS", "SHA384",  true,    true},
    {{0x080B}, "rsa_pss_pss_sha512",                "RSA-PSS", "SHA512",  true,    true},
    {{0x081A}, "ecdsa_brainpoolP256r1tls13_sha256", "ECDSA",   "SHA256",  true,    false},
    {{0x081B}, "ecdsa_brainpoolP384r1tls13_sha384", "ECDSA",   "SHA384",  true,    false},
    {{0x081C}, "ecdsa_brainpoolP512r1tls13_sha512", "ECDSA",   "SHA512",  true,    false},
    {{0x0840}, "gostr34102012_256_intrinsic",       "GOST",    "",        false,   false},
    {{0x0841}, "gostr34102012_512_intrinsic",       "GOST",    "",        false,   false},
    {{0x0904}, "mldsa44",                           "ML-DSA",  "",        true,    false},
    {{0x0905}, "mldsa65",                           "ML-DSA",  "",        true,    false},
    {{0x0906}, "mldsa87",                           "ML-DSA",  "",        true,    false},
    {{0x0911}, "slhdsa_sha2_128s",                  "SLH-DSA", "",        true,    false},
    {{0x0912}, "slhdsa_sha2_128f",                  "SLH-DSA", "",        true,    false},
    {{0x0913}, "slhdsa_sha2_192s",                  "SLH-DSA", "",        true,    false},
    {{0x0914}, "slhdsa_sha2_192f",                  "SLH-DSA", "",        true,    false},
    {{0x0915}, "slhdsa_sha2_256s",                  "SLH-DSA", "",        true,    false},
    {{0x0916}, "slhdsa_sha2_256f",                  "SLH-DSA", "",        true,    false},
    {{0x0917}, "slhdsa_shake_128s",                 "SLH-DSA", "",        true,    false},
    {{0x0918}, "slhdsa_shake_128f",                 "SLH-DSA", "",        true,    false},
    {{0x0919}, "slhdsa_shake_192s",                 "SLH-DSA", "",        true,    false},
    {{0x091A}, "slhdsa_shake_192f",                 "SLH-DSA", "",        true,    false},
    {{0x091B}, "slhdsa_shake_256s",                 "SLH-DSA", "",        true,    false},
    {{0x091C}, "slhdsa_shake_256f",                 "SLH-DSA", "",        true,    false},
};
// clang-format on

struct Alias {
  std::string_view folded;
  SignatureScheme scheme;
};

// Go: tls.SignatureScheme constants. TLS 1.2 has no curve in the pair, so ECDSA with SHA-256 is ecdsa_secp256r1_sha256.
constexpr Alias kAliases[] = {
    {"pkcs1withsha1", {0x0201}},
    {"pkcs1withsha256", {0x0401}},
    {"pkcs1withsha384", {0x0501}},
    {"pkcs1withsha512", {0x0601}},
    {"psswithsha256", {0x0804}},
    {"psswithsha384", {0x0805}},
    {"psswithsha512", {0x0806}},
    {"ecdsawithsha1", {0x0203}},
    {"ecdsawithp256andsha256", {0x0403}},
    {"ecdsawithp384andsha384", {0x0503}},
    {"ecdsawithp521andsha512", {0x0603}},
    {"ecdsasha256", {0x0403}},
    {"ecdsasha384", {0x0503}},
    {"ecdsasha512", {0x0603}},
    {"rsamd5", {0x0101}},
    {"rsasha1", {0x0201}},
    {"rsasha224", {0x0301}},
    {"rsasha256", {0x0401}},
    {"rsasha384", {0x0501}},
    {"rsasha512", {0x0601}},
    {"rsapsssha256", {0x0804}},
    {"rsapsssha384", {0x0805}},
    {"rsapsssha512", {0x0806}},
};

}  // namespace

std::span<const SignatureSchemeFacts> signature_schemes() {
  return kSchemes;
}

const SignatureSchemeFacts* facts(SignatureScheme scheme) {
  const auto* row =
      std::lower_bound(std::begin(kSchemes), std::end(kSchemes), scheme,
                       [](const SignatureSchemeFacts& left, SignatureScheme right) { return left.scheme < right; });
  return row != std::end(kSchemes) && row->scheme == scheme ? row : nullptr;
}

std::string name(SignatureScheme scheme) {
  const auto* row = facts(scheme);
  return row ? std::string(row->name) : unknown_name(scheme.code);
}

std::optional<SignatureScheme> parse_signature_scheme(std::string_view text) {
  if (const auto number = parse_number(text)) return SignatureScheme{*number};
  const auto key = fold(text);
  for (const auto& row : kSchemes) {
    if (folds_to(row.name, key)) return row.scheme;
  }
  for (const auto& alias : kAliases) {
    if (alias.folded == key) return alias.scheme;
  }
  return std::nullopt;
}

}  // namespace tlsward::tls
