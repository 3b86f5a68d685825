// What a gateway serves with one set of files: ports, names, routes and whom they lead to. `tlsward serve` runs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/source.h"

namespace tlsward::gateways {

inline constexpr std::size_t kNoIndex = std::numeric_limits<std::size_t>::max();

/// A context of a listener, and the server names that it answers to.
struct NamedContext {
  std::vector<std::string> names;  // exact, or "*.rest"; empty: the one for every other name, and for none
  std::size_t context = kNoIndex;  // into Reading::contexts
};

/// A port. Plain text where the contexts are not `enabled`.
struct ServicePort {
  std::uint16_t port = 0;
  std::string address;                 // as written: "0.0.0.0"; empty: all
  std::vector<NamedContext> contexts;  // at least one; the first without names is the one for unknown names
};

enum class PatternKind : std::uint8_t {
  Prefix,    // "/orders" matches /orders and all that begins with it
  Template,  // "/orders/{id}": every segment literal, {name} for any one segment, or a last * for the rest
  Regex,     // ECMAScript, of the whole path
};

/// What a client must show, above the handshake.
enum class CertificateDemand : std::uint8_t {
  None,
  AllowList,  // one of `ServiceRoute::allow_list`, else the gateway's own refusal
};

/// One rule of routing. The first that fits is taken: a gateway that prefers longer paths has sorted them.
struct ServiceRoute {
  std::string name;                  // for logs: "GET /orders/{id}", "ApiInstance/orders", "api billing"
  std::size_t port = kNoIndex;       // into Service::ports
  std::vector<std::string> hosts;    // exact (compared without case and port) or "*.rest"; empty: any
  std::vector<std::string> methods;  // empty: any
  PatternKind kind = PatternKind::Prefix;
  std::string pattern;
  Span where;

  /// Whom it leads to: "https://orders.example:8443", without path. Empty: nobody, the gateway answers itself.
  std::string upstream;
  std::size_t upstream_context = kNoIndex;  // into Reading::contexts; kNoIndex: plain text
  /// What stands in front of the path, "/v1"; may be empty. Where `rewrite` is set it is the whole path with {name}
  /// for parameters of a Template (or $1 for groups of a Regex).
  std::string base_path;
  bool rewrite = false;
  bool strip_prefix = false;   // Prefix: the pattern is cut from the path
  bool preserve_host = false;  // the client's Host goes on to the upstream; else the upstream's own
  bool forward_query = true;
  std::vector<std::string> query_names;   // with forward_query: these alone; empty: all
  std::vector<std::string> header_names;  // request fields that go on; empty: none but what the gateway sets itself
  bool forward_all_headers = true;

  CertificateDemand demand = CertificateDemand::None;
  std::vector<std::size_t> allow_list;  // into the listener context's material, for AllowList
  /// Credentials are cut from the request before it goes on (Tyk: strip_auth_data).
  bool strip_auth_data = false;
  /// The client's certificate is its identity: without one 401, as the gateway answers.
  bool certificate_is_identity = false;
};

/// How the gateway answers where no route fits, and where it refuses.
struct GatewayAnswer {
  int status = 404;
  std::string content_type;
  std::string body;
  /// Further fields: {"X-Generator", "tyk.io"}.
  std::vector<std::pair<std::string, std::string>> fields;
};

struct Service {
  std::vector<ServicePort> ports;
  std::vector<ServiceRoute> routes;
  GatewayAnswer not_found;
  GatewayAnswer wrong_method;  // a pattern fits, the method does not; status 0: as not_found
  /// What of the files the proxy leaves aside, one sentence each: "GET /orders: backends 2 and 3 are ignored".
  std::vector<std::string> notes;
  /// Why there is nothing to serve; empty where there is.
  std::string problem;
};

}  // namespace tlsward::gateways
