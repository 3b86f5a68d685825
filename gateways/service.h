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

/// How the gateway answers by itself.
struct GatewayAnswer {
  int status = 404;
  std::string content_type;
  std::string body;
  /// Further fields: {"X-Generator", "tyk.io"}.
  std::vector<std::pair<std::string, std::string>> fields;
};

/// A port. Plain text where none of its contexts is `enabled`.
struct ServicePort {
  std::uint16_t port = 0;
  std::string address;                 // as written: "0.0.0.0"; empty: all
  std::vector<NamedContext> contexts;  // at least one; the first without names is the one for unknown names
  /// The gateway's own interface is reached here, under /tyk/.
  bool control_api = false;
  /// Where this port answers otherwise than `Service::not_found`.
  std::optional<GatewayAnswer> not_found = {};
};

enum class PatternKind : std::uint8_t {
  Prefix,    // "/orders" matches all paths that begin with it
  Template,  // "/orders/{id}": every segment literal or {name} for any one segment; a last /* for the rest
  Regex,     // RE2 syntax, of the whole path
};

/// What a client must show, above the handshake.
enum class CertificateDemand : std::uint8_t {
  None,
  AllowList,  // one of `ServiceRoute::allow_list`, else the gateway's own refusal
};

/// What a route asks of a request beside its path: RE2 syntax, of the whole value. Empty: anything.
struct RequestConditions {
  std::string method;
  std::string host;                                          // without port, case does not count
  std::vector<std::pair<std::string, std::string>> headers;  // field name and value; the field has to be there
};

/// One rule of routing. The first that fits is taken: a gateway that prefers longer paths has sorted them.
struct ServiceRoute {
  std::string name;                  // for logs: "GET /orders/{id}", "ApiInstance/orders", "api billing"
  std::size_t port = kNoIndex;       // into Service::ports
  std::vector<std::string> hosts;    // compared without case and port; "*.rest"; empty: any
  std::vector<std::string> methods;  // empty: any
  PatternKind kind = PatternKind::Prefix;
  std::string pattern;
  /// Cut from the path before the pattern is compared, together with nothing else of its last segment: "/orders" fits
  /// "/orders/1" and leaves "/1", fits "/orders" and leaves "/", and does not fit "/orders2". Empty: nothing is cut.
  std::string path_prefix;
  /// Prefix: a path that goes on within the pattern's last segment ("/orders2") is answered with not found.
  bool whole_segments = false;
  RequestConditions conditions;
  Span where;

  /// Whom it leads to: "https://orders.example:8443", without path. Empty: nobody.
  std::string upstream;
  std::size_t upstream_context = kNoIndex;  // into Reading::contexts; kNoIndex: plain text
  /// What stands in front of the path ("/v1"; may be empty). With `rewrite` it is the whole path, with {name} for the
  /// parameters of a Template and {1} for the groups of a Regex; {*} is what a Template's last /* stands for, and all
  /// groups of a Regex one behind the other, or the whole path where it has none.
  std::string base_path;
  std::string base_query;  // stands in front of the client's query: "key=1"
  bool rewrite = false;
  /// Base path and path are joined by exactly one slash, and by none where nothing is left of the path (Tyk).
  bool one_slash = false;
  /// Prefix: the pattern is cut from the path. Regex: of the path its groups alone go on, one behind the other, and all
  /// of it where there are none.
  bool strip_prefix = false;
  std::string method;             // of the request to the upstream; empty: the client's
  bool preserve_host = false;     // the client's Host goes on; else the upstream's own
  bool forward_all_query = true;  // else the parameters of `query_names` alone
  std::vector<std::string> query_names;
  bool forward_all_headers = true;  // else the fields of `header_names`, and what the message needs
  std::vector<std::string> header_names;
  /// The gateway answers by itself: a health check.
  std::optional<GatewayAnswer> answer;

  CertificateDemand demand = CertificateDemand::None;
  /// For AllowList: the listener's context that the API belongs to, whatever name the handshake was for, and which of
  /// its material is the list.
  std::size_t allow_list_context = kNoIndex;  // into Reading::contexts
  std::vector<std::size_t> allow_list;        // into its material
  /// Credentials are cut from the request before it goes on (Tyk: strip_auth_data).
  bool strip_auth_data = false;
  /// The client's certificate is its identity: without one the gateway refuses.
  bool certificate_is_identity = false;
};

/// How a gateway's router takes the path of a request, and what it does before it says "not found".
struct PathRules {
  /// Go: percent-decoded once before it is compared, and a broken escape is a bad request. Else as it came (Envoy).
  bool decoded = false;
  /// A path with //, . or .. is answered with 301 and the clean path, before any route is asked (gorilla/mux).
  bool redirect_unclean = false;
  /// A path that would fit with one slash more or less at its end is redirected there (Gin).
  bool redirect_slash = false;
  /// A path that would fit when clean, or in other letter case, is redirected there (Gin).
  bool redirect_fixed = false;
  /// A parameter of a Template that holds %, ? or # is a bad request (KrakenD).
  bool plain_parameters = false;
  /// The path fits a route of another method; Allow is added. Nullopt: as not found.
  std::optional<GatewayAnswer> wrong_method = {};
};

struct Service {
  std::vector<ServicePort> ports;
  std::vector<ServiceRoute> routes;
  GatewayAnswer not_found;
  PathRules paths;
  /// What of the files the proxy leaves aside, one sentence each: "GET /orders: backends 2 and 3 are ignored".
  std::vector<std::string> notes;
  /// Why there is nothing to serve; empty where there is.
  std::string problem;
};

}  // namespace tlsward::gateways
