#include "net/openssl_names.h"

#include <openssl/objects.h>

#include <algorithm>
#include <array>

namespace tlsward::net {
namespace {

struct GroupRow {
  tls::Group group;
  int nid;
};
/// IANA "TLS Supported Groups" that OpenSSL 3.0 negotiates.
constexpr std::array<GroupRow, 35> kGroups = {
    {{{1}, NID_sect163k1},         {{2}, NID_sect163r1},         {{3}, NID_sect163r2},
     {{4}, NID_sect193r1},         {{5}, NID_sect193r2},         {{6}, NID_sect233k1},
     {{7}, NID_sect233r1},         {{8}, NID_sect239k1},         {{9}, NID_sect283k1},
     {{10}, NID_sect283r1},        {{11}, NID_sect409k1},        {{12}, NID_sect409r1},
     {{13}, NID_sect571k1},        {{14}, NID_sect571r1},        {{15}, NID_secp160k1},
     {{16}, NID_secp160r1},        {{17}, NID_secp160r2},        {{18}, NID_secp192k1},
     {{19}, NID_X9_62_prime192v1}, {{20}, NID_secp224k1},        {{21}, NID_secp224r1},
     {{22}, NID_secp256k1},        {{23}, NID_X9_62_prime256v1}, {{24}, NID_secp384r1},
     {{25}, NID_secp521r1},        {{26}, NID_brainpoolP256r1},  {{27}, NID_brainpoolP384r1},
     {{28}, NID_brainpoolP512r1},  {{29}, NID_X25519},           {{30}, NID_X448},
     {{256}, NID_ffdhe2048},       {{257}, NID_ffdhe3072},       {{258}, NID_ffdhe4096},
     {{259}, NID_ffdhe6144},       {{260}, NID_ffdhe8192}}};

struct SignatureRow {
  tls::SignatureScheme scheme;
  std::string_view name;  // in a list of signature algorithms
};
/// IANA "TLS SignatureScheme" that OpenSSL 3.0 verifies.
constexpr std::array<SignatureRow, 23> kSignatures = {{{{0x0201}, "RSA+SHA1"},
                                                       {{0x0202}, "DSA+SHA1"},
                                                       {{0x0203}, "ECDSA+SHA1"},
                                                       {{0x0301}, "RSA+SHA224"},
                                                       {{0x0302}, "DSA+SHA224"},
                                                       {{0x0303}, "ECDSA+SHA224"},
                                                       {{0x0401}, "RSA+SHA256"},
                                                       {{0x0402}, "DSA+SHA256"},
                                                       {{0x0403}, "ECDSA+SHA256"},
                                                       {{0x0501}, "RSA+SHA384"},
                                                       {{0x0502}, "DSA+SHA384"},
                                                       {{0x0503}, "ECDSA+SHA384"},
                                                       {{0x0601}, "RSA+SHA512"},
                                                       {{0x0602}, "DSA+SHA512"},
                                                       {{0x0603}, "ECDSA+SHA512"},
                                                       {{0x0804}, "rsa_pss_rsae_sha256"},
                                                       {{0x0805}, "rsa_pss_rsae_sha384"},
                                                       {{0x0806}, "rsa_pss_rsae_sha512"},
                                                       {{0x0807}, "ed25519"},
                                                       {{0x0808}, "ed448"},
                                                       {{0x0809}, "rsa_pss_pss_sha256"},
                                                       {{0x080a}, "rsa_pss_pss_sha384"},
                                                       {{0x080b}, "rsa_pss_pss_sha512"}}};

}  // namespace

int group_nid(tls::Group group) {
  const auto* row =
      std::find_if(kGroups.begin(), kGroups.end(), [&](const GroupRow& one) { return one.group == group; });
  return row == kGroups.end() ? NID_undef : row->nid;
}

std::optional<tls::Group> group_of_nid(int nid) {
  const auto* row = std::find_if(kGroups.begin(), kGroups.end(), [&](const GroupRow& one) { return one.nid == nid; });
  if (row == kGroups.end()) return {};
  return row->group;
}

std::string_view signature_name(tls::SignatureScheme scheme) {
  const auto* row = std::find_if(kSignatures.begin(), kSignatures.end(),
                                 [&](const SignatureRow& one) { return one.scheme == scheme; });
  return row == kSignatures.end() ? std::string_view() : row->name;
}

}  // namespace tlsward::net
