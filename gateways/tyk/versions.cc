// Tyk is a Go program, so what it accepts by default depends on the Go it was built with. From 5.3.11 and 5.8.3 on the
// `godebug` block of its go.mod turns the clock of crypto/tls back: TLS 1.0 for listeners without a minimum, RSA key
// exchange and 3DES in the default list. Patches of the long-term lines 4.0, 5.0, 5.3 and 5.8 got changes that the
// minor versions after them did not have, so a feature is "since 5.11.0, and since 5.8.9 of the 5.8 line".
#include "gateways/tyk/versions.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace tlsward::gateways::tyk {
namespace {

struct BuildRow {
  ProductVersion since;
  std::uint16_t go_minor;
  bool godebug;
};

// Ascending. A row holds until the next one.
constexpr std::array kBuilds = {
    BuildRow{{0, 0, 0}, 16, false}, BuildRow{{5, 1, 0}, 19, false}, BuildRow{{5, 3, 0}, 21, false},
    BuildRow{{5, 3, 6}, 22, false}, BuildRow{{5, 3, 11}, 23, true}, BuildRow{{5, 4, 0}, 21, false},
    BuildRow{{5, 6, 0}, 22, false}, BuildRow{{5, 8, 0}, 23, false}, BuildRow{{5, 8, 3}, 23, true},
    BuildRow{{5, 8, 6}, 24, true},  BuildRow{{5, 8, 13}, 25, true}, BuildRow{{5, 9, 0}, 23, true},
    BuildRow{{5, 10, 0}, 24, true}, BuildRow{{5, 12, 1}, 25, true},
};

const BuildRow& row_of(ProductVersion version) {
  const auto after = std::upper_bound(kBuilds.begin(), kBuilds.end(), version,
                                      [](const ProductVersion& v, const BuildRow& row) { return v < row.since; });
  return *std::prev(after);
}

/// True from `patch` of its own line on, and from `after`, where another line has it at once.
bool since(ProductVersion version, ProductVersion patch, ProductVersion after) {
  if (version.major == patch.major && version.minor == patch.minor) return version >= patch;
  return version >= after;
}

}  // namespace

go::Build build_of(ProductVersion version) {
  const BuildRow& row = row_of(version);
  go::Build build;
  build.version = {1, row.go_minor, 0};
  build.debug.tls10_server = row.godebug;
  build.debug.rsa_key_exchange = row.godebug;
  build.debug.triple_des = row.godebug;
  return build;
}

bool has_godebug(ProductVersion version) {
  return row_of(version).godebug;
}

bool resolves_version_range(ProductVersion version) {
  return since(version, {5, 8, 14}, {5, 13, 0});
}

bool ignores_missing_port(ProductVersion version) {
  return since(version, {5, 8, 9}, {5, 11, 0});
}

bool trusts_ca_of_chain(ProductVersion version) {
  return since(version, {5, 8, 9}, {5, 11, 0});
}

bool knows_all_cipher_names(ProductVersion version) {
  return version >= ProductVersion{5, 8, 0};
}

bool knows_weak_cipher_names(ProductVersion version) {
  return version < ProductVersion{5, 8, 0} || version >= ProductVersion{5, 8, 3};
}

bool knows_maximum_version(ProductVersion version) {
  if (version.major == 2) return since(version, {2, 9, 6}, {3, 0, 0});
  return since(version, {3, 0, 5}, {3, 1, 2});
}

bool checks_expiry(ProductVersion version) {
  if (version.major == 4) return since(version, {4, 0, 14}, {5, 0, 0});
  return since(version, {5, 0, 3}, {5, 1, 1});
}

bool asks_for_certificate_of_token(ProductVersion version) {
  return since(version, {5, 8, 12}, {5, 12, 0});
}

bool lowers_on_control_port(ProductVersion version) {
  return version >= ProductVersion{5, 0, 3};
}

bool can_skip_ca_announcement(ProductVersion version) {
  return since(version, {4, 0, 13}, {5, 0, 0});
}

bool reads_inline_pem(ProductVersion version) {
  return version >= ProductVersion{5, 14, 0};
}

}  // namespace tlsward::gateways::tyk
