// A KrakenD configuration as plain data: what stands where, nothing computed.
//
// Nodes and members point into the documents that were read and live as long as they do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "gateways/gateway.h"
#include "tls/context.h"

namespace tlsward::gateways::krakend {

/// What KrakenD makes of a scalar where it wants a boolean: it also takes "true", "1", 1 and the like (mapstructure,
/// weakly typed). Nullopt where it would refuse the file, or where the value is unresolved.
std::optional<bool> decode_bool(const Node& node);
/// As `decode_bool`, for integers: 23, "23", "0x17".
std::optional<std::int64_t> decode_integer(const Node& node);
/// What KrakenD takes for the entries of a list: the items, or a lone value for a list of one. Nullopt where that is
/// not known: a template, an object, or text with a comma (which some releases split).
std::optional<std::span<const Node>> list_entries(const Node& node);
/// True where KrakenD finds no entry that says anything: an empty list, or one of null and "" alone. False where a
/// template may write some.
bool lists_nothing(const Node& node);
/// True for an absent member, for null and for "": KrakenD does not tell them apart in a text field.
bool is_empty(const Member* member);

/// A certificate file with its key file.
struct KeyPair {
  const Member* public_key = nullptr;
  const Member* private_key = nullptr;
  Span where;           // entry of `keys`; for the legacy pair the `tls` object
  std::string path;     // "tls.keys[0]"; for the legacy pair "tls"
  bool legacy = false;  // `public_key` and `private_key` right below `tls`
  bool open = false;    // a template may add what is absent
};

/// What `tls` and `client_tls` have in common.
struct Settings {
  const Node* node = nullptr;  // the object
  Span key;                    // its key; for `tls` of an open root: no place
  std::string path;   // "tls", "client_tls", "endpoints[0].backend[1].extra_config.backend/http/client.client_tls"
  bool open = false;  // a template may add members: nothing is absent for sure
  const Member* min_version = nullptr;
  const Member* max_version = nullptr;
  const Member* cipher_suites = nullptr;
  const Member* curve_preferences = nullptr;
  const Member* ca_certs = nullptr;
  tls::Setting<bool> disable_system_ca_pool;
  const Member* disable_system_ca_pool_member = nullptr;
};

enum class Presence : std::uint8_t {
  Absent,   // not there, or null: both mean plain HTTP
  Unknown,  // a template, or a template may add it
  Present,
};

/// Root `tls`.
struct TlsBlock : Settings {
  Presence presence = Presence::Absent;
  const Member* member = nullptr;  // also where the value is null or a template
  tls::Setting<bool> disabled;
  tls::Setting<bool> enable_mtls;
  const Member* enable_mtls_member = nullptr;
  const Member* keys = nullptr;
  std::vector<KeyPair> key_pairs;  // of `keys`
  std::optional<KeyPair> legacy;   // where at least one half is not empty
};

/// One entry of `client_certs`.
struct ClientCertificate {
  const Member* certificate = nullptr;
  const Member* private_key = nullptr;
  Span where;
  std::string path;  // "client_tls.client_certs[0]"
  bool open = false;
};

/// `client_tls` at the root, or one of the Enterprise Edition for a single connection.
struct ClientTls : Settings {
  std::string name_space;            // "backend/http/client", "redis"; empty at the root
  std::string subject;               // "client_tls", "GET /orders backend[0] backend/http/client"
  std::string peers;                 // "GET /orders backend[0]", "Redis limits"; empty at the root
  ProductVersion since;              // first release that reads it in this place
  std::size_t backend = kNoBackend;  // index into Configuration::backends, where it belongs to one
  tls::Setting<bool> allow_insecure_connections;
  const Member* client_certs = nullptr;
  std::vector<ClientCertificate> client_certificates;  // none before 2.5, which does not read them

  static constexpr std::size_t kNoBackend = static_cast<std::size_t>(-1);
};

enum class Scheme : std::uint8_t { Http, Https, Other, Unknown };

/// One entry of a `host` list.
struct Host {
  std::string_view text;  // as written
  Span where;
  Scheme scheme = Scheme::Unknown;          // what KrakenD uses: without one it puts http:// in front
  std::optional<std::string> cleaned = {};  // what KrakenD makes of it; nullopt where it does not start with it
};

/// One backend of an endpoint, an async agent or a workflow.
struct Backend {
  std::string name;  // "GET /orders backend[0]"
  Span where;
  std::vector<Host> hosts;  // its own; empty where it uses those of the root
  bool root_hosts = false;
  bool speaks_http = true;      // false: a queue, a function, gRPC
  bool own_client_tls = false;  // its extra_config holds client_tls (Enterprise Edition)
};

/// One configuration file.
struct Configuration {
  const Document* document = nullptr;
  const Node* root = nullptr;
  GatewayVersion version;
  Span root_key;                           // a key of the root to point at where something is absent; may be no place
  const Member* config_version = nullptr;  // `version`
  const Member* endpoints = nullptr;
  const Member* port = nullptr;
  const Member* listen_ip = nullptr;
  TlsBlock tls;
  Presence client_tls_presence = Presence::Absent;
  std::optional<ClientTls> client_tls;                 // of the root
  std::vector<ClientTls> enterprise;                   // every other one
  const Member* allow_insecure_connections = nullptr;  // of the root, deprecated
  tls::Setting<bool> allow_insecure;                   // its value; false before 2.1, which does not read it
  std::vector<Host> hosts;                             // of the root
  std::vector<Backend> backends;
  bool more_backends = false;  // a template may add some
};

/// All files of one set.
struct Model {
  std::vector<Configuration> configurations;
};

/// Reads one document. Never fails.
Configuration read_configuration(const Claimed& claimed);

/// The hosts that the backend calls.
std::span<const Host> hosts_of(const Configuration& configuration, const Backend& backend);
/// True where TLS is configured and not switched off, as far as is known.
bool tls_active(const Configuration& configuration);
/// False before 2.1, which passes over ca_certs and disable_system_ca_pool of `tls`: clients with a certificate of any
/// CA of the operating system are let in.
bool limits_client_cas(const Configuration& configuration);
/// The pairs that the listener serves, in the order in which Go asks them: `keys` (from 2.7), then the legacy pair.
std::vector<const KeyPair*> served_pairs(const Configuration& configuration);
/// True where KrakenD panics at start: 2.3 and 2.4 with the switch of the root and without client_tls.
bool panics_at_start(const Configuration& configuration);
/// The address that it listens on as written; nullptr where none is, and before 2.5, which does not read listen_ip.
const Member* listen_address(const Configuration& configuration);
/// The port that it listens on, 8080 where none is written; nullopt where it is not known.
std::optional<std::int64_t> listen_port(const Configuration& configuration);
/// Root `version`; nullopt where it is absent, no integer or not known.
std::optional<std::int64_t> config_version(const Configuration& configuration);
/// True where the release is 3 or later, or is not named and the version of the syntax is 4, which KrakenD 3 wants.
/// Source: https://www.krakend.io/schema/v3.0/krakend.json (read 2026-11-28)
bool is_for_krakend_3(const Configuration& configuration);
/// `client_tls` of the root; nullptr where there is none, and before 2.3, which does not read it.
const ClientTls* root_client_tls(const Configuration& configuration);
/// The blocks that KrakenD reads as a TLS client: that of the root, then those of the Enterprise Edition unless
/// `edition` is Community. None that the release does not read.
std::vector<const ClientTls*> client_blocks(const Configuration& configuration, Edition edition);
/// True where the backend is called over HTTP with `client_tls` of the root: the Community Edition knows no other.
bool uses_root_client_tls(const Backend& backend, Edition edition);
/// The registrable domains that such backends are called at over TLS; each once, sorted.
std::vector<std::string> upstream_domains(const Configuration& configuration, Edition edition);
/// True where at least one backend is called over TLS.
bool calls_https(const Configuration& configuration);
/// True where every backend and its hosts are known and at least one is there.
bool knows_backends(const Configuration& configuration);

}  // namespace tlsward::gateways::krakend
