// What Go's crypto/tls does, by version: KrakenD and Tyk are Go programs and leave most of TLS to it.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "gateways/key.h"
#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/context.h"
#include "tls/group.h"
#include "tls/version.h"

namespace tlsward::gateways::go {

/// GODEBUG settings that change the defaults of crypto/tls. A program has them through the `godebug` block of its
/// go.mod, or because its go.mod names an older Go than it is built with.
/// Source: https://go.dev/doc/godebug (read 2026-11-22).
struct Debug {
  bool tls10_server = false;      // tls10server=1: a server without minimum accepts TLS 1.0
  bool rsa_key_exchange = false;  // tlsrsakex=1: suites without ECDHE are back in the default list
  bool triple_des = false;        // tls3des=1: 3DES is back in the default list
  bool no_hybrids = false;        // tlskyber=0, tlsmlkem=0: no post-quantum hybrid, not even where it is asked for
  friend bool operator==(const Debug&, const Debug&) = default;
};

/// What a program was built with.
struct Build {
  ProductVersion version;  // of Go: 1.22
  Debug debug;
  friend bool operator==(const Build&, const Build&) = default;
};

/// Minimum version of a tls.Config without MinVersion. Listener: TLS 1.0 before Go 1.22, then 1.2. Upstream: TLS 1.0
/// before Go 1.18, then 1.2. Source: Go 1.18 and 1.22 release notes, crypto/tls.
tls::Version default_min_version(const Build& build, tls::Role role);
/// Maximum version of a tls.Config without MaxVersion: TLS 1.3.
inline constexpr tls::Version kDefaultMaxVersion = tls::kTls13;
/// The versions from `min` to `max` that crypto/tls can speak, ascending. SSL 3.0 went with Go 1.14 and is never one.
std::vector<tls::Version> versions_between(tls::Version min, tls::Version max);

/// The three suites of TLS 1.3, in order of preference with AES hardware. Config.CipherSuites does not touch them.
std::span<const tls::CipherSuite> tls13_suites();
/// True for a suite of `tls::go_preference_order()` or `tls13_suites()`.
bool implements(tls::CipherSuite suite);
/// The list of a tls.Config without CipherSuites, in order of preference, TLS 1.3 left out. Without RSA key exchange
/// since Go 1.22 and without 3DES since Go 1.23, unless `build.debug` brings them back.
std::vector<tls::CipherSuite> default_suites(const Build& build);
/// Suites for each of `versions`: of TLS 1.2 and older those of `listed` that the version can negotiate, in
/// Go's order (tls/preference.h), of TLS 1.3 always all three.
std::map<tls::Version, std::vector<tls::CipherSuite>> suites_by_version(std::span<const tls::Version> versions,
                                                                        std::span<const tls::CipherSuite> listed);
/// True where a server with this certificate key can negotiate the suite: ECDHE_ECDSA needs an EC or Ed25519 key,
/// ECDHE_RSA and RSA need an RSA key, TLS 1.3 suites fit every key. A key of unknown type fits everything.
bool fits(tls::CipherSuite suite, const tls::KeyFacts& key);

/// Groups of a tls.Config without CurvePreferences, most preferred first.
std::vector<tls::Group> default_groups(const Build& build);
/// True where this build can do the key exchange at all, asked for or not.
bool knows_group(const Build& build, tls::Group group);
/// True since Go 1.24: Config.CurvePreferences says which groups, no longer in which order.
bool ignores_group_order(const Build& build);
/// What Go makes of Config.CurvePreferences: each known group once, in the written order, or in Go's own where that is
/// ignored. An empty list gives the default.
std::vector<tls::Group> effective_groups(const Build& build, std::span<const tls::Group> listed);

/// False where net/http refuses to serve HTTP/2 with this tls.Config and so does not start: a list of suites, a minimum
/// below TLS 1.3 and neither ECDHE suite with AES_128_GCM_SHA256. `listed` empty means no list, which starts.
/// Source: golang.org/x/net/http2, ConfigureServer (RFC 9113, 9.2.2).
bool http2_starts(tls::Version min, std::span<const tls::CipherSuite> listed);

}  // namespace tlsward::gateways::go
