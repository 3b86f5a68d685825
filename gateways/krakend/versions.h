// What differs between the releases of KrakenD Community Edition.
#pragma once

#include <optional>
#include <string_view>

#include "gateways/go.h"
#include "gateways/key.h"
#include "tls/version.h"

namespace tlsward::gateways::krakend {

/// The release that is assumed where nobody names one.
inline constexpr ProductVersion kLatest{2, 13, 0};
/// The release that is assumed for a legacy key pair without `keys` and without `$schema`.
inline constexpr ProductVersion kLegacyGuess{2, 6, 0};

/// The oldest release with a schema of its own.
inline constexpr ProductVersion kSchemaSince{2, 1, 0};

/// First releases of a setting. Source: krakend-schema, v2.1 to v2.13 (read 2026-11-22).
/// Of `tls`: ca_certs and disable_system_ca_pool. Source: lura, pull request 613; schema v2.1, tls.json (read
/// 2026-11-28).
inline constexpr ProductVersion kClientCaSince{2, 1, 0};
/// The deprecated switch at the root. Source: lura, pull request 609.
inline constexpr ProductVersion kRootInsecureSince{2, 1, 0};
/// Before, KrakenD listens on every address. Source: lura, pull request 695; krakend-ce, issue 803.
inline constexpr ProductVersion kListenIpSince{2, 5, 0};
inline constexpr ProductVersion kClientTlsSince{2, 3, 0};
inline constexpr ProductVersion kClientCertsSince{2, 5, 0};
inline constexpr ProductVersion kKeysSince{2, 7, 0};
inline constexpr ProductVersion kLegacyPairGone{2, 9, 0};
/// Of the Enterprise Edition: TLS of Redis connections, of Redis clusters and of Kafka.
inline constexpr ProductVersion kRedisSince{2, 8, 0};
inline constexpr ProductVersion kRedisClustersSince{2, 9, 0};
inline constexpr ProductVersion kKafkaSince{2, 13, 0};

/// Releases in which X25519 (29) is a value of the schema's curve list: 2.1 alone.
inline constexpr ProductVersion kX25519Gone{2, 2, 0};

/// True for 2.7.0 to 2.10.2, which look for the certificate of mutual TLS in the legacy `public_key` alone and serve
/// without client certificates where that is absent. Source: lura 2.7.0 to 2.11.x, ParseTLSConfigWithLogger; mended in
/// lura 2.12.0, which is KrakenD 2.11.0.
bool loses_mtls_with_keys(ProductVersion version);

/// True for 2.3.0 to 2.4.3, which write into a client_tls that is not there where the switch at the root is true.
/// Source: lura, pull request 682 of 2023-09-13; 2.4.3 is older, 2.5.0 has it; the three releases between them were not
/// looked at.
bool panics_at_root_switch(ProductVersion version);

/// The TLS version that KrakenD understands by this text; exact, case-sensitive. Every other text means TLS 1.3 to it.
/// Source: lura, transport/http/server/server.go, versions.
std::optional<tls::Version> named_version(std::string_view text);

/// The Go that a release is built with. Source: Makefile of krakend-ce, tags v2.0.0 to v2.13.8 (read 2026-11-22).
go::Build build_of(ProductVersion version);

}  // namespace tlsward::gateways::krakend
