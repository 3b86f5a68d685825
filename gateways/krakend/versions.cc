#include "gateways/krakend/versions.h"

#include <array>

// KrakenD's own defaults never changed since 2.0; what changed is the Go below it. Release notes do not mention that,
// the Makefile does.

namespace tlsward::gateways::krakend {
namespace {

struct Row {
  ProductVersion since;
  go::Build build;
};

struct VersionName {
  std::string_view text;
  tls::Version version;
};
constexpr std::array kVersionNames = {
    VersionName{"SSL3.0", tls::kSsl3}, VersionName{"TLS10", tls::kTls10}, VersionName{"TLS11", tls::kTls11},
    VersionName{"TLS12", tls::kTls12}, VersionName{"TLS13", tls::kTls13},
};

// 2.9.4 is built with Go 1.24, but its go.mod still asks for the behaviour of an older Go: no hybrid groups.
constexpr go::Debug kOlderModule{.no_hybrids = true};

constexpr std::array kBuilds = {
    Row{{2, 0, 0}, {{1, 17, 8}, {}}},           Row{{2, 1, 0}, {{1, 19, 1}, {}}},
    Row{{2, 1, 4}, {{1, 19, 5}, {}}},           Row{{2, 2, 0}, {{1, 19, 5}, {}}},
    Row{{2, 3, 0}, {{1, 20, 3}, {}}},           Row{{2, 4, 0}, {{1, 20, 4}, {}}},
    Row{{2, 5, 0}, {{1, 20, 11}, {}}},          Row{{2, 6, 0}, {{1, 20, 14}, {}}},
    Row{{2, 6, 1}, {{1, 22, 0}, {}}},           Row{{2, 7, 0}, {{1, 22, 5}, {}}},
    Row{{2, 9, 0}, {{1, 22, 11}, {}}},          Row{{2, 9, 3}, {{1, 23, 7}, kOlderModule}},
    Row{{2, 9, 4}, {{1, 24, 0}, kOlderModule}}, Row{{2, 10, 0}, {{1, 24, 2}, {}}},
    Row{{2, 11, 0}, {{1, 25, 0}, {}}},          Row{{2, 12, 0}, {{1, 25, 3}, {}}},
};

}  // namespace

bool loses_mtls_with_keys(ProductVersion version) {
  return version >= kKeysSince && version < ProductVersion{2, 11, 0};
}

bool panics_at_root_switch(ProductVersion version) {
  return version >= kClientTlsSince && version <= ProductVersion{2, 4, 3};
}

std::optional<tls::Version> named_version(std::string_view text) {
  for (const VersionName& name : kVersionNames) {
    if (name.text == text) return name.version;
  }
  return std::nullopt;
}

go::Build build_of(ProductVersion version) {
  go::Build build = kBuilds.front().build;
  for (const Row& row : kBuilds) {
    if (row.since <= version) build = row.build;
  }
  return build;
}

}  // namespace tlsward::gateways::krakend
