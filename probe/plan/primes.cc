#include "probe/plan/primes.h"

#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/sha256.h"

namespace tlsward::probe {
namespace {

struct BigNumberFree {
  void operator()(BIGNUM* number) const { BN_free(number); }
};
using BigNumber = std::unique_ptr<BIGNUM, BigNumberFree>;

struct ContextFree {
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Context = std::unique_ptr<BN_CTX, ContextFree>;

struct KnownPrime {
  std::string name;
  BigNumber prime;
  bool shared;  // breaking it once pays: every server with the default of its time has it
  bool safe;
  std::optional<tls::Group> group;
};

// OpenSSL knows the primes of the standards; `maker` gives one of them.
using Maker = BIGNUM* (*)(BIGNUM*);
struct StandardPrime {
  std::string_view name;
  Maker make;
  bool shared;
};
constexpr std::array kStandards = {
    StandardPrime{"RFC 2409 group 1", BN_get_rfc2409_prime_768, true},
    StandardPrime{"RFC 2409 group 2", BN_get_rfc2409_prime_1024, true},
    StandardPrime{"RFC 3526 group 5", BN_get_rfc3526_prime_1536, true},
    StandardPrime{"RFC 3526 group 14", BN_get_rfc3526_prime_2048, false},
    StandardPrime{"RFC 3526 group 15", BN_get_rfc3526_prime_3072, false},
    StandardPrime{"RFC 3526 group 16", BN_get_rfc3526_prime_4096, false},
    StandardPrime{"RFC 3526 group 17", BN_get_rfc3526_prime_6144, false},
    StandardPrime{"RFC 3526 group 18", BN_get_rfc3526_prime_8192, false},
};

// Groups that OpenSSL knows by name: RFC 7919, and RFC 5114, whose primes are not safe ones.
struct NamedPrime {
  std::string_view name;
  const char* openssl;
  bool safe;
  std::uint16_t group;  // 0: no named group of TLS
};
constexpr std::array kNamed = {
    NamedPrime{"ffdhe2048", "ffdhe2048", true, 256},          NamedPrime{"ffdhe3072", "ffdhe3072", true, 257},
    NamedPrime{"ffdhe4096", "ffdhe4096", true, 258},          NamedPrime{"ffdhe6144", "ffdhe6144", true, 259},
    NamedPrime{"ffdhe8192", "ffdhe8192", true, 260},          NamedPrime{"RFC 5114 group 22", "dh_1024_160", false, 0},
    NamedPrime{"RFC 5114 group 23", "dh_2048_224", false, 0}, NamedPrime{"RFC 5114 group 24", "dh_2048_256", false, 0},
};

BigNumber prime_of(const char* group) {
  struct KeyContextFree {
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  };
  struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  // "DHX" has the groups of RFC 5114, "DH" those of RFC 7919.
  const char* type = std::string_view(group).starts_with("dh_") ? "DHX" : "DH";
  const std::unique_ptr<EVP_PKEY_CTX, KeyContextFree> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  BIGNUM* prime = nullptr;
  const bool ok = context && EVP_PKEY_paramgen_init(context.get()) > 0 &&
                  EVP_PKEY_CTX_ctrl_str(context.get(), "group", group) > 0 &&
                  EVP_PKEY_paramgen(context.get(), &made) > 0 && EVP_PKEY_get_bn_param(made, "p", &prime) > 0;
  const std::unique_ptr<EVP_PKEY, KeyFree> owner(made);
  if (!ok) pki::drop_openssl_errors();
  return BigNumber(prime);
}

const std::vector<KnownPrime>& known_primes() {
  static const std::vector<KnownPrime> kPrimes = [] {
    std::vector<KnownPrime> primes;
    for (const StandardPrime& row : kStandards)
      primes.push_back({std::string(row.name), BigNumber(row.make(nullptr)), row.shared, true, {}});
    for (const NamedPrime& row : kNamed) {
      std::optional<tls::Group> group;
      if (row.group != 0) group = tls::Group{row.group};
      primes.push_back({std::string(row.name), prime_of(row.openssl), row.group == 0, row.safe, group});
    }
    std::erase_if(primes, [](const KnownPrime& known) { return !known.prime; });
    return primes;
  }();
  return kPrimes;
}

const KnownPrime* find(const BIGNUM* prime) {
  for (const KnownPrime& known : known_primes())
    if (BN_cmp(known.prime.get(), prime) == 0) return &known;
  return nullptr;
}

BigNumber number(tls::wire::View bytes) {
  return BigNumber(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

bool is_safe_prime(const BIGNUM* prime) {
  constexpr int kMostBits = 4096;
  if (BN_num_bits(prime) > kMostBits) return false;
  const Context context(BN_CTX_new());
  const BigNumber half(BN_new());
  if (!context || !half || BN_rshift1(half.get(), prime) != 1) return false;
  return BN_check_prime(prime, context.get(), nullptr) == 1 && BN_check_prime(half.get(), context.get(), nullptr) == 1;
}

}  // namespace

SeenPrime describe_prime(tls::wire::View bytes) {
  SeenPrime seen;
  seen.sha256 = pki::sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const BigNumber prime = number(bytes);
  if (!prime) return seen;
  seen.bits = BN_num_bits(prime.get());
  if (const KnownPrime* known = find(prime.get())) {
    seen.name = known->name;
    seen.shared = known->shared;
    seen.safe = known->safe;
    return seen;
  }
  seen.safe = is_safe_prime(prime.get());
  return seen;
}

std::optional<tls::Group> ffdhe_group(tls::wire::View bytes) {
  const BigNumber prime = number(bytes);
  const KnownPrime* known = prime ? find(prime.get()) : nullptr;
  return known == nullptr ? std::nullopt : known->group;
}

}  // namespace tlsward::probe
