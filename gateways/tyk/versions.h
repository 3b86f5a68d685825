// What changed in Tyk Gateway from version to version, as far as TLS is concerned.
#pragma once

#include "gateways/go.h"
#include "gateways/key.h"

namespace tlsward::gateways::tyk {

/// Judged by where nobody names a version.
inline constexpr ProductVersion kLatest{5, 14, 0};
/// First version with mutual TLS. Source: https://tyk.io/docs/basic-config-and-security/security/mutual-tls/
/// (read 2026-11-22).
inline constexpr ProductVersion kMutualTls{2, 4, 0};

/// The Go toolchain and GODEBUG settings that the version is built with. Source: go.mod and ci/Dockerfile.* of the tags
/// and the "3rd Party Dependencies" tables of https://tyk.io/docs/developer-support/release-notes/gateway/
/// (read 2026-11-22).
go::Build build_of(ProductVersion version);

/// True where go.mod has `godebug tls10server=1, tls3des=1, tlsrsakex=1`.
bool has_godebug(ProductVersion version);
/// True since 5.13.0 and 5.8.14: a range without limits is TLS 1.2 to 1.3, and a wrong one stops the gateway. Before,
/// an absent maximum is TLS 1.2 and a minimum above the maximum raises it. Source: gateway/util.go resolveTLSVersions,
/// gateway/server.go before.
bool resolves_version_range(ProductVersion version);
/// True since 5.11.0 and 5.8.9: a key of an upstream certificate map without port fits every port of its host. Source:
/// gateway/cert.go getCertificateIDForHost; pull request #7505, of which the release notes of 5.8.8 do not speak and
/// those of 5.8.9 do.
bool ignores_missing_port(ProductVersion version);
/// True since 5.11.0 and 5.8.9: of a chain in an allow-list only the CA certificates get into the pool of the
/// handshake; before, only its first certificate. Source: internal/crypto/helpers.go.
bool trusts_ca_of_chain(ProductVersion version);
/// True since 5.8.0: every name of crypto/tls in any case. Before, 22 names in upper case. Source:
/// internal/crypto/ciphers.go, gateway/cert.go getCipherAliases.
bool knows_all_cipher_names(ProductVersion version);
/// False from 5.8.0 to 5.8.2: names of suites that Go calls insecure (RSA key exchange, 3DES, RC4, CBC with SHA-256)
/// are not known. Source: internal/crypto/ciphers.go, pull requests #7173 and #7182.
bool knows_weak_cipher_names(ProductVersion version);
/// True since 3.1.2, 3.0.5 and 2.9.6: there are max_version, proxy_ssl_max_version and ssl_max_version; before, they
/// are read past and TLS 1.2 is the end. Source: pull request #3454 of February 2021, from whose date the patches are
/// taken.
bool knows_maximum_version(ProductVersion version);
/// True since 5.1.1, 5.0.3 and 4.0.14: an API refuses an expired client certificate of its allow-list. Source: pull
/// request #5062 and the release notes of the three.
bool checks_expiry(ProductVersion version);
/// True since 5.12.0 and 5.8.12: where a certificate is the identity, the token that is made of it is not enough,
/// unless security.allow_unsafe_dynamic_mtls_token says so. Source: release notes of both.
bool asks_for_certificate_of_token(ProductVersion version);
/// True since 5.0.3: on the port of the control API a required client certificate is only requested. Source: pull
/// requests #5018 and #5047.
bool lowers_on_control_port(ProductVersion version);
/// True since 5.0.0 and 4.0.13: http_server_options.skip_client_ca_announcement exists. Source: pull requests #4762 and
/// #4799, release notes of 4.0.13.
bool can_skip_ca_announcement(ProductVersion version);
/// True since 5.14.0: an API definition may hold the PEM text in place of an id or path.
bool reads_inline_pem(ProductVersion version);

}  // namespace tlsward::gateways::tyk
