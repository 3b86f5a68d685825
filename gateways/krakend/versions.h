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
inline constexpr ProductVersion kClientTlsSince{2, 3, 0};
inline constexpr ProductVersion kClientCertsSince{2, 5, 0};
inline constexpr ProductVersion kKeysSince{2, 7, 0};
inline constexpr ProductVersion kLegacyPairGone{2, 9, 0};
/// Of the Enterprise Edition: TLS of Redis and of Kafka connections.
inline constexpr ProductVersion kRedisSince{2, 8, 0};
inline constexpr ProductVersion kKafkaSince{2, 13, 0};

/// Releases in which X25519 (29) is a value of the schema's curve list: 2.1 alone.
inline constexpr ProductVersion kX25519Gone{2, 2, 0};

/// True for 2.7.0 to 2.10.2, which look for the certificate of mutual TLS in the legacy `public_key` alone and serve
/// without client certificates where that is absent. Source: lura 2.7.0 to 2.11.x, ParseTLSConfigWithLogger; mended in
/// lura 2.12.0, which is KrakenD 2.11.0.
bool loses_mtls_with_keys(ProductVersion version);

/// The TLS version that KrakenD understands by this text; exact, case-sensitive. Every other text means TLS 1.3 to it.
/// Source: lura, transport/http/server/server.go, versions.
std::optional<tls::Version> named_version(std::string_view text);

/// The Go that a release is built with. Source: Makefile of krakend-ce, tags v2.0.0 to v2.13.8 (read 2026-11-22).
go::Build build_of(ProductVersion version);

}  // namespace tlsward::gateways::krakend
