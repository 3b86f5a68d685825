// A TlsContext is what one TLS endpoint does: as written, as defaulted, or as observed.
//
// Gateways turn files into contexts, the prober turns a live endpoint into one, the proxy turns one into an endpoint.
// Rules about TLS read contexts and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source.h"
#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/version.h"

namespace tlsward::tls {

enum class Role : std::uint8_t { Listener, Upstream };

/// Where a value comes from.
enum class Origin : std::uint8_t {
  Written,     // the file says so, at `where`
  Default,     // the file is silent; the gateway's own default for its version
  Observed,    // a probe saw it on the wire
  Unresolved,  // a variable, template or secret reference: not known
};

/// One value with its origin.
template <class T>
struct Setting {
  T value{};
  Origin origin = Origin::Default;
  /// The value in the file, for Written and Unresolved. For a default: no place.
  Span where{};
  /// Default: whose default it is, with its source ("KrakenD 2.13: TLS13 where absent"). Unresolved: the text as
  /// written. Written and computed from several keys: how. Else empty.
  std::string because;

  bool known() const { return origin != Origin::Unresolved; }
  bool written() const { return origin == Origin::Written; }
};

/// One entry of a cipher list as it stands in the file.
struct ListedCipher {
  std::string written;               // text as written: "49199", "ECDHE-RSA-AES128-GCM-SHA256"
  Span where;                        // the entry
  std::optional<CipherSuite> suite;  // what was meant, by any spelling; nullopt where nobody knows it
  bool accepted = false;             // the gateway, in this version, understands this spelling
  bool unresolved = false;           // a reference whose value is not known
  std::string_view advice;           // the vendor's own rating: "Weak", "not recommended"; may be empty
  /// Versions that the gateway's own table gives the suite for, where it is narrower than the registry (Flex lists 3DES
  /// for TLS 1.1 alone). Empty: as `usable` says.
  std::vector<Version> versions = {};
};

/// One entry of a group or ALPN list as it stands in the file.
struct ListedGroup {
  Group group;
  Span where;
  bool accepted = false;
};
struct ListedText {
  std::string text;
  Span where;
};

/// Who decides. Unknown: a probe could not tell.
enum class CipherOrder : std::uint8_t { Server, Client, Library, Unknown };
enum class ClientAuth : std::uint8_t { None, Request, RequireAny, VerifyIfGiven, RequireAndVerify };
/// What an upstream context checks of the server's certificate. Unknown: the vendor does not say.
enum class VerifyPeer : std::uint8_t { Full, ChainOnly, NameOnly, PinOnly, None, Unknown };

/// How much hangs on an upstream context.
enum class Reach : std::uint8_t {
  Traffic,  // what clients send through the gateway, or what decides whom it lets in: all backends, a service, an API
  Backend,  // one backend among others, by an override of its own
  Link,     // a connection of the gateway itself: its store, its control plane
};

/// What a certificate file or inline PEM is there for.
enum class MaterialUse : std::uint8_t {
  Certificate,    // the endpoint's own: a listener's or an upstream's client certificate
  TrustAnchor,    // CA certificates that peers are verified with
  AllowList,      // exactly these client certificates (or CAs) are let in: Tyk
  KnownUpstream,  // the certificate that the upstream is known to show (from --certs-dir or a probe)
  Pin,            // public keys
};
enum class MaterialPart : std::uint8_t { Certificate, Key, CertificateAndKey };
enum class MaterialState : std::uint8_t {
  Read,         // `bundle` tells what it holds
  Unresolved,   // reference or documentation placeholder for a path
  NotFollowed,  // files are not to be opened (--no-files)
  Missing,      // no such file
  Unreadable,   // `problem` says why
  StoreId,      // id of a certificate store that is not at hand
};

/// What a probe found out about a chain beyond what its certificates say. Nullopt: it could not tell.
struct ChainVerdicts {
  std::optional<bool> trusted;     // a path leads to one of the prober's trust anchors
  std::optional<bool> complete;    // no issuer is missing between the leaf and an anchor
  std::optional<bool> names_host;  // the leaf is for the host name that was asked for
  std::optional<bool> stapled;     // an OCSP response came with it
  /// A public CA issued it: it is trusted, and carries timestamps of Certificate Transparency logs.
  bool public_ca = false;
};

/// One field of the configuration that holds or names certificates or keys, or one chain that an endpoint showed.
struct Material {
  MaterialUse use = MaterialUse::Certificate;
  MaterialPart part = MaterialPart::Certificate;
  std::string field;    // path in the document: "tls.keys[0].public_key"; observed: "certificate chain (RSA)"
  std::string written;  // path or id as written; empty for inline text (which may be a secret)
  Span where;           // the value in the configuration
  bool inline_text = false;
  bool from_define = false;  // the text came from --define, not from the file
  bool store_id = false;     // `written` is an id of a certificate store; `file` is where it was found, if anywhere
  bool passphrase = false;   // the configuration gives the passphrase of an encrypted key
  std::string file;          // resolved path; empty for inline text
  MaterialState state = MaterialState::Unresolved;
  std::string problem;     // why the file is Unreadable
  std::string effect;      // what the gateway does when this is missing or useless: "KrakenD refuses to start"
  unsigned file_mode = 0;  // POSIX permission bits; 0 where unknown
  Bundle bundle;
  ChainVerdicts verdicts = {};  // of an observed chain
  std::string seen_at = {};     // KnownUpstream: the endpoint that showed it to a probe
};

inline constexpr std::size_t kNoMaterial = std::numeric_limits<std::size_t>::max();

/// A certificate with its key: indices into TlsContext::material, kNoMaterial where that half is not written.
struct Identity {
  std::size_t certificate = kNoMaterial;
  std::size_t key = kNoMaterial;
};

enum class TrustKind : std::uint8_t {
  System,
  Material,
  Named,  // an authority that a server asks client certificates of; only its name is known, and stands in `note`
};
struct TrustSource {
  TrustKind kind = TrustKind::System;
  std::size_t material = kNoMaterial;
  std::string note;  // "added because KrakenD trusts its own served file"
};

struct TlsContext {
  Role role = Role::Listener;
  /// Stable name: "PolicyBinding/mtls-outbound", "tls", "api orders".
  std::string subject;
  std::string_view gateway;       // id: "krakend"; empty for an observed context
  std::string_view gateway_name;  // "KrakenD"
  std::string gateway_version;    // "2.13"
  bool version_guessed = false;   // nobody named the version
  /// The whole block, for findings about something absent.
  Span section;
  /// Span of the key that opens the block, shorter than `section` and better to underline; may be no place.
  Span section_key;
  std::string endpoint;            // "127.0.0.1:8443", "https://api:443"; empty where unknown
  std::vector<std::string> hosts;  // host names or addresses it serves (listener) or calls (upstream), where known
  /// The listener can be reached from its own machine alone, or the upstream is that machine.
  bool loopback = false;
  /// Upstream: whom it calls, in words for a message: "all backends", "service billing", "the upstreams of API orders",
  /// "Redis". May be empty.
  std::string peers;
  Reach reach = Reach::Traffic;  // upstream

  /// False: plain text; `why_not` says why.
  bool enabled = true;
  std::string why_not;
  /// The gateway refuses to start with this; the words of its error, empty where it starts.
  std::string start_failure;

  /// As written or defaulted: what the gateway takes the written text for. Text that names no version to this gateway
  /// ("TLS1.2" to KrakenD) has the version that the gateway falls back to, or is Unresolved where nobody knows that.
  Setting<Version> min_version, max_version;
  Setting<std::vector<Version>> versions;                        // effective and exact, ascending
  Setting<std::vector<ListedCipher>> cipher_list;                // as written; `where` is the whole list
  Setting<std::map<Version, std::vector<CipherSuite>>> ciphers;  // effective, in effective order, for each version
  CipherOrder cipher_order = CipherOrder::Server;
  /// Runs of neighbours in `ciphers` between which the client decides though the server decides otherwise (BoringSSL's
  /// [A|B]).
  std::vector<std::vector<CipherSuite>> equal_preference;
  Setting<std::vector<ListedGroup>> group_list;  // as written
  Setting<std::vector<Group>> groups;            // effective
  CipherOrder groups_order = CipherOrder::Library;
  Setting<std::vector<SignatureScheme>> signatures;  // empty: the library's own
  Setting<std::vector<ListedText>> alpn_list;        // as written
  Setting<std::vector<std::string>> alpn;            // effective; empty: no ALPN
  Setting<ClientAuth> client_auth;                   // listener
  /// Listener that asks for client certificates: the names of `trust` stand in the request.
  bool announces_authorities = true;
  /// Listener: requests without an allowed client certificate are refused above TLS, whatever the handshake asks for
  /// (Tyk answers 403). Only Written and true says something.
  Setting<bool> client_certificate_required;
  Setting<VerifyPeer> verify_peer;  // upstream
  /// One clause on what else follows from a written `verify_peer`, or what to use in its place: "this also disables
  /// outbound mTLS", "use ca_certs for self-signed backends". May be empty.
  std::string verify_note;
  Setting<bool> server_name_check;  // upstream
  std::vector<TrustSource> trust;   // whom it believes
  bool trust_unknown = false;       // part of `trust` is unresolved or not in the input
  /// Where `trust_unknown` has one cause only, a file that is not in the input: what it may add, in words
  /// ("security.certificates.apis of tyk.conf"). Else empty.
  std::string trust_elsewhere;
  std::vector<Material> material;
  std::vector<Identity> identities;

  /// Facts of the product that rules need.
  bool psk_configurable = false;      // a pre-shared key can be set
  bool chooses_tls13_suites = false;  // TLS 1.3 suites can be chosen
  /// Remarks for `show`: what is assumed, what the vendor does not say.
  std::vector<std::string> notes;
};

/// True for an endpoint that a probe saw. Its settings then hold what was seen: Observed where that is all there is,
/// Unresolved where there may be more or nothing could be told.
bool is_observed(const TlsContext& context);
/// Versions that are enabled and have at least one cipher suite, ascending. Suites with a pre-shared key do not count
/// where none can be set.
std::vector<Version> negotiable_versions(const TlsContext& context);
/// The effective suites of `version` that can be negotiated: without those that need a pre-shared key, where none can
/// be set.
std::vector<CipherSuite> usable_suites(const TlsContext& context, Version version);
/// True where `version` is in the effective set.
bool enables(const TlsContext& context, Version version);
/// True where the gateway understands the entry and would offer it for `version`, by its own table or the registry.
bool offers(const ListedCipher& entry, Version version);
/// True where the entry is offered for at least one enabled version.
bool reachable(const TlsContext& context, const ListedCipher& entry);
/// True where HTTP/2 is known to be among the protocols of the effective ALPN list.
bool offers_http2(const TlsContext& context);
/// "TLS 1.2"; "TLS 1.0 and TLS 1.1"; "TLS 1.0, TLS 1.1 and TLS 1.2"; "none" for an empty list.
std::string names(const std::vector<Version>& versions);

std::string_view name(Role value);         // "listener", "upstream"
std::string_view name(Origin value);       // "written", "default", "observed", "unresolved"
std::string_view name(CipherOrder value);  // "server", "client", "library", "unknown"
std::string_view name(ClientAuth value);   // "none", "request", …, "require-and-verify"
std::string_view name(VerifyPeer value);   // "full", "chain-only", …, "unknown"

}  // namespace tlsward::tls
