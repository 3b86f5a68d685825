// What Tyk's files say, as plain data with the place of each value. Classic and OAS definitions become one struct.
//
// Secrets (secret, node_secret, private_certificate_encoding_secret) are never copied: the model knows whether they are
// set, not what they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source.h"
#include "gateways/gateway.h"
#include "gateways/tyk/certificate_id.h"
#include "gateways/tyk/host_keys.h"
#include "tls/context.h"

namespace tlsward::gateways::tyk {

enum class State : std::uint8_t {
  Absent,
  Written,
  Unresolved,  // a reference, a value of the wrong type, or a key that an open container may still hold
};

/// One value of a document.
template <class T>
struct Value {
  T value{};
  State state = State::Absent;
  Span where{};  // the value; no place where absent
  Span key{};    // its key; no place where absent

  bool absent() const { return state == State::Absent; }
  bool written() const { return state == State::Written; }
  bool known() const { return state != State::Unresolved; }
};
using Flag = Value<bool>;
using Number = Value<long>;
using Word = Value<std::string>;

/// True where the flag is known to be on.
inline bool is_on(const Flag& flag) {
  return flag.written() && flag.value;
}
/// True where the flag is known to be off: absent or written so.
inline bool is_off(const Flag& flag) {
  return flag.known() && !flag.value;
}

/// What a certificate reference is there for.
enum class Purpose : std::uint8_t {
  Server,     // shown to clients; needs its private key
  Upstream,   // shown to an upstream; needs its private key
  AllowList,  // clients that hold it (or, since 5.5, were issued by it) are let in
  Link,       // the same for the gateway's own APIs: control_api, dashboard_api, mdcb_api
  Pin,        // a public key that an upstream must have
};

/// One id, path or PEM text in a field that wants a certificate.
struct CertificateReference {
  Purpose purpose = Purpose::AllowList;
  ReferenceForm form = ReferenceForm::Empty;
  std::string written;  // empty for inline PEM
  Span where;
  tls::Material material;
  bool stays_text = false;  // an Unresolved one that Tyk never resolves where it stands
  bool looked_up = false;   // an id that was looked up in --certs-dir; found where `material` is Read
};

/// A list of references.
struct CertificateList {
  std::vector<CertificateReference> entries;
  State state = State::Absent;
  bool open = false;  // may hold entries that are not seen here
  Span where, key;
};

/// One entry of a map from host to certificate, or from host to public keys.
struct HostEntry {
  std::string host;
  Span key;                                        // the host as it stands there, quotes included
  bool unresolved = false;                         // the host is a reference
  std::vector<CertificateReference> certificates;  // one; of a pin one for each key of the comma-separated list
};
struct HostMap {
  std::vector<HostEntry> entries;
  State state = State::Absent;
  bool open = false;
  bool pins = false;
  bool switched_off = false;  // by its own switch: the entries are ignored
  bool may_be_off = false;    // its switch is a reference
  bool is_on() const { return !switched_off && !may_be_off; }
  Span where, key;
};

/// A list of names: cipher suites.
struct NameList {
  struct Name {
    std::string text;
    Span where;
    bool unresolved = false;
  };
  std::vector<Name> names;
  State state = State::Absent;
  bool open = false;
  Span where, key;
};

/// A protocol version as a number (771) or, in OAS definitions, as text ("1.2"); 0 is unset.
struct VersionLimits {
  Number min, max;
};

/// A pair of http_server_options.certificates.
struct LegacyPair {
  Word domain;
  std::optional<tls::Material> certificate, key;
};

/// tyk.conf.
struct Conf {
  ProductVersion version;
  bool version_guessed = false;
  Span object;  // the whole file
  Span head;    // something short at its beginning, for what is absent
  bool open = false;

  Number listen_port;
  Word listen_address;
  Span server_key, server_object;  // http_server_options
  Flag use_ssl, enable_http2, skip_client_ca_announcement, server_insecure;
  VersionLimits server_versions;
  NameList server_ciphers;
  CertificateList server_certificates;
  std::vector<LegacyPair> legacy_pairs;
  Span legacy_key;  // http_server_options.certificates; no place where it surely holds nothing
  Flag enable_custom_domains;

  Number control_api_port;
  Word control_api_hostname;
  Flag control_api_use_mutual_tls;

  Span secret_key, security_key, security_object;
  std::vector<Span> sample_secrets;  // secrets that hold the value of the published sample
  Flag allow_unsafe_token;
  Flag encoding_secret;  // true: private_certificate_encoding_secret is set, to whatever
  CertificateList apis, control_api, dashboard_api, mdcb_api;
  HostMap upstream_certificates, pinned_public_keys;

  Span slave_key, slave_object;
  Flag use_rpc, rpc_use_ssl, rpc_insecure;
  Flag use_db_app_configs;
  Word policy_source;  // policies.policy_source: "service" is the Dashboard
  Word dashboard_url;  // db_app_conf_options.connection_string
  Flag storage_use_ssl, storage_insecure;

  VersionLimits proxy_versions;
  NameList proxy_ciphers;
  Flag proxy_insecure, proxy_http2, force_common_name, disable_renegotiation;
  Flag jwt_insecure, bundle_insecure;
  Span first_mutual_tls_key;  // a setting that needs mutual TLS; no place where there is none
};

enum class ApiForm : std::uint8_t { Classic, Oas };

/// One upstream of an API.
struct Target {
  std::string scheme;  // "https", in lower case; empty where the URL has none
  UrlHost host;
  Span where;
  bool unresolved = false;                             // a reference: neither scheme nor host is known
  bool uncertain = false;                              // called only where a switch is on that is a reference
  std::size_t context = static_cast<std::size_t>(-1);  // into Reading::contexts; -1: none is made for it
};

/// How clients of an API are known.
struct Authentication {
  Flag keyless;           // use_keyless; OAS: authentication.enabled is not true
  Flag token;             // use_standard_auth; OAS: an auth token scheme is on
  Flag use_certificate;   // the key of a client is guessed from its certificate: an extension of `token`
  Flag certificate_auth;  // OAS since 5.12: the same as a mode of its own
  bool other = false;     // another mode is on or configured
  bool unknown = false;   // another mode may be on: part of it is unresolved
  /// The modes that give a client its identity and are on (classic: their switches; OAS: names of schemes), and which
  /// of them counts.
  std::vector<std::string_view> identity_modes = {};
  Span first_identity_mode = {};
  Word base_identity = {};
  Flag strip_auth_data;
  Span token_object;  // where a missing `token` switch belongs; no place where that is unknown
};

/// An API definition.
struct Api {
  ApiForm form = ApiForm::Classic;
  ProductVersion version;
  bool version_guessed = false;
  std::string subject;  // "api orders"
  Span object;          // classic: the root; OAS: x-tyk-api-gateway
  Span head;            // something short at its beginning
  bool open = false;

  Word id, org_id;
  bool made_of_oas = false;  // a classic definition that Tyk made of an OAS one (`is_oas`)
  Flag mutual_tls;           // use_mutual_tls_auth, server.clientCertificates.enabled
  Span mutual_tls_object;    // the object that holds it; no place where there is none
  CertificateList client_certificates;
  Word domain;
  bool domain_disabled = false;
  CertificateList certificates;
  Number listen_port;
  Word protocol;
  Authentication authentication;
  Span authentication_object;  // where strip_auth_data belongs; no place where there is no such object

  HostMap upstream_certificates, pinned_public_keys;
  VersionLimits versions;
  NameList ciphers;
  Flag insecure, force_common_name;
  Word proxy_url;
  Span transport_key, transport_object;
  std::vector<Target> targets;     // those in use: without load balancing no list, without versions none of theirs
  bool hosts_at_run_time = false;  // others may be called: service discovery, or a rewrite to another host
  Span first_mutual_tls_key;
};

/// What a port shows to clients that name one server.
struct Listener {
  long port = 0;            // as `port_of`: 0 is the gateway's own
  std::string domain;       // empty: for clients that name none, or one that no API has
  std::size_t context = 0;  // into Reading::contexts
};

/// Everything of one input set.
struct Model {
  std::vector<Conf> confs;
  std::vector<Api> apis;
  std::vector<Listener> listeners;
};

/// The tyk.conf of the set; nullptr where there is none or more than one.
const Conf* conf_of(const Model& model);

/// The domain that TLS sees: empty where it is absent, unresolved or disabled.
std::string_view domain_of(const Api& api);
/// The port that the API listens on; 0 stands for the gateway's own.
long port_of(const Api& api, const Conf* conf);
/// listen_port of tyk.conf: 8080 where absent.
long gateway_port(const Conf& conf);
/// False where the API serves bytes (`protocol` tcp or tls), or may do so: there are no requests, no answers and no
/// credentials.
bool speaks_http(const Api& api);
/// APIs over HTTP that share a non-empty domain and a port with TLS, in the order of the set. APIs whose port, domain
/// or protocol is a reference stand in no group, and an API that has two files counts once.
struct ApiGroup {
  long port = 0;  // as port_of
  std::string_view domain;
  std::vector<const Api*> apis;
};
std::vector<ApiGroup> by_domain(const Model& model);
/// True where API and control API share the port, and no host name sets the control API apart.
bool on_control_port(const Api& api, const Conf& conf);
/// True where handshakes for the group ask for certificates of the control API, or may do so, whatever the APIs want;
/// `conf` may be nullptr.
bool may_ask_for_control_certificate(const ApiGroup& group, const Conf* conf);
/// True where the API is served over TLS for all that is known; `conf` may be nullptr.
std::optional<bool> serves_tls(const Api& api, const Conf* conf);

/// The first API that has a port with TLS whatever use_ssl says, and so the TLS settings of http_server_options, which
/// hold for every port; nullptr where there is none, or not one tyk.conf.
const Api* api_with_tls_port(const Model& model);

/// True where the target is known to be called without TLS of a kind that settings of TLS are for: http, ws, another
/// API.
bool is_cleartext(const Target& target);
/// True where every host of the API is known to be called so.
bool calls_cleartext_only(const Api& api);
/// True where both entries name the same certificate.
bool same_certificate(const HostEntry& a, const HostEntry& b);

/// The entry whose certificate Tyk shows to `host`, or nullptr: map of the gateway first, a hit in the API's replaces
/// it.
const HostEntry* upstream_entry(const Conf* conf, const Api& api, const UrlHost& host, ProductVersion version);
/// The entry whose public keys Tyk asks of `host`; nullptr where there is none, or it names no key and so lets every
/// certificate pass.
const HostEntry* pin_entry(const Conf* conf, const Api& api, const UrlHost& host);
/// True where any pin is in force for the API, so that the usual verification is off.
bool has_pins(const Conf* conf, const Api& api);
/// The entry of one map that decides for `host`, or nullptr; the switch of the map is not asked.
const HostEntry* entry_for(const HostMap& map, const UrlHost& host, ProductVersion version);

/// True where another entry of the map is for the host of `key`, as it stands or once it is spelled as it is meant: a
/// name that differs by blanks, protocol, path, letter case or the dot of the root, with the same port or one without
/// (pins: whatever the ports). `entry` written as `key` would then hide it, or be hidden.
bool is_claimed(const HostMap& map, const HostEntry& entry, std::string_view key);

/// A map from host to certificate or public keys that counts, with those whose targets it is for.
struct HostMapUse {
  const HostMap* map = nullptr;
  std::string_view subject;
  ProductVersion version;
  bool version_guessed = false;
  std::vector<const Api*> apis;
  bool is_api = false;  // of one API; else of tyk.conf, for all APIs of the set
};
/// Those of tyk.conf, where there is one, then those of each API. Pointers and texts live as long as the model.
std::vector<HostMapUse> host_map_uses(const Model& model);
/// True where all targets of these APIs are seen: none is a reference, or comes at run time.
bool knows_all_targets(const HostMapUse& use);

/// True where the list names a certificate; an empty text is none.
bool names_any(const CertificateList& list);
/// The key that switches mutual TLS on.
std::string_view mutual_tls_key(const Api& api);
/// The key that strips credentials from requests.
std::string_view strip_auth_data_key(const Api& api);

/// Every reference of the document that counts, in no special order. Pointers live as long as the model.
std::vector<const CertificateReference*> references(const Conf& conf);
std::vector<const CertificateReference*> references(const Api& api);
/// True where a file or inline text of the reference was read and holds a private key, certificates but no private key,
/// or a private key but no certificate. An id says neither: the store may hold more than the directory it was looked up
/// in.
bool holds_private_key(const CertificateReference& reference);
bool lacks_private_key(const CertificateReference& reference);
bool lacks_certificate(const CertificateReference& reference);
/// True where a certificate of the gateway's store is used as server or upstream certificate.
bool uses_stored_key(const Model& model);

/// What becomes of a host whose keys are pinned by an entry that Tyk cannot read; `alone`: by no other beside it.
std::string_view effect_of_lost_pin(bool alone);
/// True where the reference is the only one of an entry of pinned keys.
bool is_only_pin(const Conf& conf, const CertificateReference& reference);
bool is_only_pin(const Api& api, const CertificateReference& reference);

/// "'/etc/tyk/a.pem'"; "this entry" for inline PEM.
std::string quoted(const CertificateReference& reference);

/// Calls `visit(map, subject)` for every map from host to certificate or public keys whose entries count.
template <class Visit>
void for_each_host_map(const Model& model, const Visit& visit) {
  const auto both = [&](const auto& owner, std::string_view subject) {
    for (const HostMap* map : {&owner.upstream_certificates, &owner.pinned_public_keys}) {
      if (map->is_on()) visit(*map, subject);
    }
  };
  for (const Conf& conf : model.confs) both(conf, "tyk.conf");
  for (const Api& api : model.apis) both(api, api.subject);
}

/// Calls `visit(list, owner, subject)` for every list of client certificates that are let in, to an API or to the
/// control API; `owner` is the Conf or Api, for its version.
template <class Visit>
void for_each_allow_list(const Model& model, const Visit& visit) {
  for (const Conf& conf : model.confs) {
    visit(conf.apis, conf, std::string_view("tyk.conf"));
    if (is_on(conf.control_api_use_mutual_tls)) visit(conf.control_api, conf, std::string_view("tyk.conf"));
  }
  for (const Api& api : model.apis) visit(api.client_certificates, api, std::string_view(api.subject));
}

/// False where the owner of an allow-list is known not to look at it.
inline bool enforces_allow_list(const Conf&) {
  return true;
}
inline bool enforces_allow_list(const Api& api) {
  return !is_off(api.mutual_tls);
}

/// `text` as a scalar of the file, quoted as `raw` (the bytes that it replaces) is.
std::string quoted_like(std::string_view raw, std::string_view text);

}  // namespace tlsward::gateways::tyk
