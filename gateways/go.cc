#include "gateways/go.h"

#include <algorithm>
#include <array>

#include "tls/preference.h"

// Go's TLS library takes few orders: Config.CipherSuites and (since Go 1.24) Config.CurvePreferences are sets, the
// order is Go's own, and the suites of TLS 1.3 cannot be chosen at all. What is left to compute is which members of a
// set survive in which version of Go.
//
// Sources: crypto/tls of Go 1.17 to 1.26 (cipher_suites.go, common.go, defaults.go), https://go.dev/doc/godebug and the
// release notes of 1.17, 1.18, 1.22, 1.23, 1.24 and 1.26, all read on 2026-11-22.

namespace tlsward::gateways::go {
namespace {

constexpr ProductVersion kGo118{1, 18, 0};
constexpr ProductVersion kGo122{1, 22, 0};
constexpr ProductVersion kGo123{1, 23, 0};
constexpr ProductVersion kGo124{1, 24, 0};
constexpr ProductVersion kGo126{1, 26, 0};

constexpr tls::CipherSuite kEcdheEcdsaAes128Gcm{0xC02B};
constexpr tls::CipherSuite kEcdheRsaAes128Gcm{0xC02F};

constexpr std::array kTls13Suites = {tls::CipherSuite{0x1301}, tls::CipherSuite{0x1302}, tls::CipherSuite{0x1303}};

// Implemented but in no default list of any Go since 1.17 (disabledCipherSuites).
constexpr std::array kNeverDefault = {
    tls::CipherSuite{0xC023}, tls::CipherSuite{0xC027}, tls::CipherSuite{0x003C},
    tls::CipherSuite{0xC007}, tls::CipherSuite{0xC011}, tls::CipherSuite{0x0005},
};
constexpr std::array kRsaKeyExchange = {
    tls::CipherSuite{0x009C}, tls::CipherSuite{0x009D}, tls::CipherSuite{0x002F},
    tls::CipherSuite{0x0035}, tls::CipherSuite{0x000A},
};
constexpr std::array kTripleDes = {tls::CipherSuite{0xC012}, tls::CipherSuite{0x000A}};

constexpr tls::Group kSecP256r1MlKem768{4587};
constexpr tls::Group kSecP384r1MlKem1024{4589};
constexpr tls::Group kX25519Kyber768Draft00{25497};

// Every group that some Go knows, in Go's own order, with the versions that know it.
struct GroupRow {
  tls::Group group;
  ProductVersion since, gone;
  bool hybrid;
};
constexpr std::array kGroups = {
    GroupRow{tls::kX25519MlKem768, kGo124, {}, true},
    GroupRow{kSecP256r1MlKem768, kGo126, {}, true},
    GroupRow{kSecP384r1MlKem1024, kGo126, {}, true},
    GroupRow{kX25519Kyber768Draft00, kGo123, kGo124, true},
    GroupRow{tls::kX25519, {}, {}, false},
    GroupRow{tls::kP256, {}, {}, false},
    GroupRow{tls::kP384, {}, {}, false},
    GroupRow{tls::kP521, {}, {}, false},
};

template <class Range, class Value>
bool has(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

bool known(const GroupRow& row, const Build& build) {
  if (row.hybrid && build.debug.no_hybrids) return false;
  return build.version >= row.since && (!row.gone.set() || build.version < row.gone);
}

}  // namespace

tls::Version default_min_version(const Build& build, tls::Role role) {
  if (role == tls::Role::Upstream) return build.version < kGo118 ? tls::kTls10 : tls::kTls12;
  return build.version < kGo122 || build.debug.tls10_server ? tls::kTls10 : tls::kTls12;
}

std::vector<tls::Version> versions_between(tls::Version min, tls::Version max) {
  std::vector<tls::Version> result;
  for (tls::Version version : {tls::kTls10, tls::kTls11, tls::kTls12, tls::kTls13}) {
    if (min <= version && version <= max) result.push_back(version);
  }
  return result;
}

std::span<const tls::CipherSuite> tls13_suites() {
  return kTls13Suites;
}

bool implements(tls::CipherSuite suite) {
  return has(tls::go_preference_order(), suite) || has(kTls13Suites, suite);
}

std::vector<tls::CipherSuite> default_suites(const Build& build) {
  const bool rsa = build.version < kGo122 || build.debug.rsa_key_exchange;
  const bool triple_des = build.version < kGo123 || build.debug.triple_des;
  std::vector<tls::CipherSuite> result;
  for (tls::CipherSuite suite : tls::go_preference_order()) {
    if (has(kNeverDefault, suite)) continue;
    if (!rsa && has(kRsaKeyExchange, suite)) continue;
    if (!triple_des && has(kTripleDes, suite)) continue;
    result.push_back(suite);
  }
  return result;
}

std::map<tls::Version, std::vector<tls::CipherSuite>> suites_by_version(std::span<const tls::Version> versions,
                                                                        std::span<const tls::CipherSuite> listed) {
  const std::vector<tls::CipherSuite> ordered = tls::in_go_order(listed);
  std::map<tls::Version, std::vector<tls::CipherSuite>> result;
  for (tls::Version version : versions) {
    std::vector<tls::CipherSuite>& usable = result[version];
    if (version == tls::kTls13) {
      usable.assign(kTls13Suites.begin(), kTls13Suites.end());
      continue;
    }
    for (tls::CipherSuite suite : ordered) {
      if (tls::usable(suite, version)) usable.push_back(suite);
    }
  }
  return result;
}

bool fits(tls::CipherSuite suite, const tls::KeyFacts& key) {
  if (key.type == tls::KeyType::Unknown) return true;
  const tls::CipherSuiteFacts* row = tls::facts(suite);
  if (row == nullptr) return false;
  switch (row->authentication) {
    case tls::Authentication::Any:
      return true;
    case tls::Authentication::Rsa:
      return key.type == tls::KeyType::Rsa;
    case tls::Authentication::Ecdsa:
      return key.type == tls::KeyType::Ec || key.type == tls::KeyType::Ed25519;
    default:
      return false;
  }
}

std::vector<tls::Group> default_groups(const Build& build) {
  std::vector<tls::Group> result;
  for (const GroupRow& row : kGroups) {
    if (known(row, build)) result.push_back(row.group);
  }
  return result;
}

bool knows_group(const Build& build, tls::Group group) {
  const auto row = std::find_if(kGroups.begin(), kGroups.end(), [&](const GroupRow& r) { return r.group == group; });
  return row != kGroups.end() && known(*row, build);
}

bool ignores_group_order(const Build& build) {
  return build.version >= kGo124;
}

std::vector<tls::Group> effective_groups(const Build& build, std::span<const tls::Group> listed) {
  if (listed.empty()) return default_groups(build);
  std::vector<tls::Group> result;
  if (ignores_group_order(build)) {
    for (const GroupRow& row : kGroups) {
      if (known(row, build) && has(listed, row.group)) result.push_back(row.group);
    }
    return result;
  }
  for (tls::Group group : listed) {
    if (knows_group(build, group) && !has(result, group)) result.push_back(group);
  }
  return result;
}

bool http2_starts(tls::Version min, std::span<const tls::CipherSuite> listed) {
  return listed.empty() || min >= tls::kTls13 || has(listed, kEcdheRsaAes128Gcm) || has(listed, kEcdheEcdsaAes128Gcm);
}

}  // namespace tlsward::gateways::go
