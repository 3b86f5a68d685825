// Effective versions and cipher suites of Tyk, for listeners and upstreams alike.
#pragma once

#include <string>

#include "gateways/tyk/model.h"
#include "tls/context.h"

namespace tlsward::gateways::tyk {

/// Fills in what every context of Tyk has: names, version, groups, cipher order.
void begin_context(tls::TlsContext& context, tls::Role role, ProductVersion version, bool version_guessed);

/// Minimum, maximum and effective versions from the limits of tyk.conf (http_server_options or proxy_ssl_*).
/// Source: gateway/server.go (to 5.12), gateway/util.go resolveTLSVersions (since 5.13.0 and 5.8.14).
void set_versions(tls::TlsContext& context, const VersionLimits& limits, ProductVersion version);
/// The limits of an API on top of them: any maximum becomes TLS 1.2, a maximum below the minimum is raised to it, and a
/// minimum alone therefore is the only version. Source: gateway/api_loader.go, 2.9.6 to 5.14; before, there is a
/// minimum only, and it is one as usual.
void set_api_versions(tls::TlsContext& context, const VersionLimits& limits, ProductVersion version);

/// Suites from a list of names; Go's default list where it is empty or holds no name that Tyk knows. Needs the
/// versions. Source: gateway/cert.go getCipherAliases, internal/crypto/ciphers.go since 5.8.0.
void set_ciphers(tls::TlsContext& context, const NameList& names, ProductVersion version);
/// True where Tyk `version` takes `name` for `suite`.
bool knows_cipher_name(std::string_view name, tls::CipherSuite suite, ProductVersion version);

/// Makes a default Unresolved because tyk.conf, which may say otherwise, is not known; its value stays.
template <class T>
void forget_default(tls::Setting<T>& setting, std::string_view why) {
  if (setting.origin != tls::Origin::Default) return;
  setting.origin = tls::Origin::Unresolved;
  setting.because = why;
}
/// The same for versions, suites and ALPN.
void forget_defaults(tls::TlsContext& context, std::string_view why);

}  // namespace tlsward::gateways::tyk
