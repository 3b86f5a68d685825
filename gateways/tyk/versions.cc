// Tyk is a Go program, so what it accepts by default depends on the Go it was built with. From 5.3.11 and 5.8.3 on the
// `godebug` block of its go.mod turns the clock of crypto/tls back: TLS 1.0 for listeners without a minimum, RSA key
// exchange and 3DES in the default list. Patches of the long-term lines 5.3 and 5.8 got changes that the minor versions
// after them did not have, so a feature is "since 5.11.0, and since 5.8.8 of the 5.8 line".
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

// Ascending. A row holds until the next one. The Go of 5.8.14 and 5.13 is read from what the vendor built at that time;
// 1.24 and 1.25 do not differ in what is used here.
constexpr std::array kBuilds = {
    BuildRow{{0, 0, 0}, 16, false}, BuildRow{{5, 1, 0}, 19, false}, BuildRow{{5, 3, 0}, 21, false},
    BuildRow{{5, 3, 6}, 22, false}, BuildRow{{5, 3, 11}, 23, true}, BuildRow{{5, 4, 0}, 21, false},
    BuildRow{{5, 6, 0}, 22, false}, BuildRow{{5, 8, 0}, 23, false}, BuildRow{{5, 8, 3}, 23, true},
    BuildRow{{5, 8, 14}, 25, true}, BuildRow{{5, 9, 0}, 23, true},  BuildRow{{5, 10, 0}, 24, true},
    BuildRow{{5, 13, 0}, 25, true},
};

const BuildRow& row_of(ProductVersion version) {
  const auto after = std::upper_bound(kBuilds.begin(), kBuilds.end(), version,
                                      [](const ProductVersion& v, const BuildRow& row) { return v < row.since; });
  return *std::prev(after);
}

/// True from `patch` of the 5.8 line on and from `minor` of version 5 on.
bool since(ProductVersion version, std::uint16_t patch, std::uint16_t minor) {
  if (version.major == 5 && version.minor == 8) return version.patch >= patch;
  return version >= ProductVersion{5, minor, 0};
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
  return since(version, 14, 13);
}

bool ignores_missing_port(ProductVersion version) {
  return since(version, 8, 11);
}

bool trusts_ca_of_chain(ProductVersion version) {
  return since(version, 8, 11);
}

bool knows_all_cipher_names(ProductVersion version) {
  return version >= ProductVersion{5, 8, 0};
}

bool lowers_on_control_port(ProductVersion version) {
  return version >= ProductVersion{5, 2, 0};
}

bool can_skip_ca_announcement(ProductVersion version) {
  return version >= ProductVersion{5, 0, 0};
}

bool reads_inline_pem(ProductVersion version) {
  return version >= ProductVersion{5, 14, 0};
}

}  // namespace tlsward::gateways::tyk
