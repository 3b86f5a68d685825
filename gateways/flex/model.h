// Flex Gateway's resources as plain data: what they are called, where they stand, and which of them belong together.
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/source.h"
#include "gateways/gateway.h"
#include "gateways/material.h"

namespace tlsward::gateways::flex {

/// The apiVersion of every resource.
/// https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide
inline constexpr std::string_view kApiVersion = "gateway.mulesoft.com/v1alpha1";
/// The other one that is read: the vendor's pages on logging, tracing and circuit breakers write it (mulesoft/
/// docs-gateway, 1.6 to 1.13, read 2026-11-28).
inline constexpr std::string_view kBetaApiVersion = "gateway.mulesoft.com/v1beta1";
/// Namespace of a resource that names none, and of the policies that come with the product.
inline constexpr std::string_view kDefaultNamespace = "default";

inline constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// A scalar as it stands in the file. Absent (and null) where `where` is no place.
struct Text {
  std::string value = {};
  Span where = {};
  bool unresolved = false;  // a reference or a documentation placeholder; or a template may write it near `where`
  bool shared = false;      // came through an alias or `<<`: a change at `where` changes other places too

  bool written() const { return where.known(); }
  bool known() const { return written() && !unresolved; }
};

enum class ResourceKind : std::uint8_t { ApiInstance, Service, PolicyBinding, Configuration, Other };

/// One document: a resource, or a bare list of policies as the product pages show it.
struct Resource {
  const Document* document = nullptr;
  GatewayVersion version = {};
  ResourceKind kind = ResourceKind::Other;
  Text kind_text = {}, api_version = {}, name = {}, name_space = {};
  std::string subject = {};  // "Service/billing"; "Service" where it has no name
  Span where = {};           // the whole document
  Span head = {};            // the best short place for findings about the whole: its kind, else its first key
  bool open = false;         // a template may add keys that are not seen
  std::map<std::string, std::string> labels = {};
  bool labels_open = false;  // it may carry others, or their values are not known
  std::size_t branch = 0;    // innermost branch of a template (`{{ if }}`, `{{ else }}`) round it; 0: none
};

/// The namespace that the resource is in.
std::string_view namespace_of(const Resource& resource);
/// What messages call it: its name, or its kind where it has none.
std::string_view called(const Resource& resource);
/// False where a template may write one of the two without the other.
bool are_together(const Resource& a, const Resource& b);

/// Something that a gateway calls: a Service, or an entry of an ApiInstance's `services`.
struct Upstream {
  std::size_t resource = 0;
  bool inlined = false;
  std::string name = {};
  std::string subject = {};  // "Service/billing", "ApiInstance/orders services.billing"
  Text address = {};
  Address parsed = {};                     // of a known address
  std::vector<std::size_t> bindings = {};  // outbound TLS policies that apply to it
  const Node* node = nullptr;              // the entry of `services`; nullptr for a Service
  std::vector<std::size_t> contexts = {};  // into Reading::contexts: one for each binding, or the built-in one
};

/// An ApiInstance.
struct Instance {
  std::size_t resource = 0;
  Text address = {};
  Address parsed = {};
  std::vector<std::size_t> bindings = {};  // inbound TLS policies that apply to it
  const Node* spec = nullptr;
};

/// What a TLS object is for.
enum class Direction : std::uint8_t { Inbound, Outbound, PolicyCalls, Redis };

/// An object of TLS settings: the `config` of a TLS policy, `outboundPolicyCalls`, or `tls` of the Redis connection.
/// Members that are absent or null are nullptr.
struct TlsObject {
  Direction direction = Direction::Outbound;
  std::size_t resource = 0;
  std::string subject = {};    // "PolicyBinding/mtls-outbound"
  std::string path = {};       // in the document: "spec.config"
  const Node* node = nullptr;  // nullptr: absent, or no map
  Span where = {};             // the object, else what stands in its place
  Span key = {};               // its key, else the best short place for findings about absent settings
  bool open = false;           // settings may stand somewhere that is not seen
  const Member* skip_validation = nullptr;
  const Member* require_client_certificate = nullptr;
  const Member* trusted_ca = nullptr;
  const Member* certificate = nullptr;
  const Member* certificate_key = nullptr;
  const Member* certificate_crt = nullptr;
  const Member* alpn = nullptr;
  const Member* min_version = nullptr;
  const Member* max_version = nullptr;
  const Member* ciphers = nullptr;
};

/// A switch as it stands in the file. Unknown: a reference, or not a boolean.
enum class Switch : std::uint8_t { Absent, Off, On, Unknown };
Switch read_switch(const Member* member);
/// True where the node holds a value that is known: no reference, no documentation placeholder.
bool is_known(const Node& node);

enum class TargetKind : std::uint8_t { Absent, ApiInstance, Service, Selector, Other };

/// True where the member says something: it is there, and neither null nor known to be empty.
bool has_text(const Member* member);

/// What a policy is bound to. For a policy that stands inside an ApiInstance: that instance.
struct Target {
  TargetKind kind = TargetKind::Absent;
  Text kind_text = {}, name = {}, name_space = {};
  const Node* node = nullptr;                      // the map `targetRef`; nullptr where there is none
  Span key = {};                                   // the key `targetRef`
  bool open = false;                               // part of it is not seen or not known
  std::string selects = {};                        // Selector: kind of the resources, empty: any
  std::map<std::string, std::string> labels = {};  // Selector: what they must carry
};

/// A policy with its target: a PolicyBinding, an entry of an ApiInstance's `policies`, or an entry of a bare list.
struct Binding {
  enum class Form : std::uint8_t { Resource, Inlined, Bare };
  std::size_t resource = 0;
  Form form = Form::Resource;
  std::string subject = {};  // "PolicyBinding/mtls-outbound", "ApiInstance/orders policies[0]"
  Span where = {};           // the PolicyBinding's `spec`, or the entry
  Text policy = {}, policy_namespace = {};
  const Node* policy_reference = nullptr;  // the map `policyRef`
  Target target = {};
  const Member* order = nullptr;
  const Member* rules = nullptr;
  const Node* config = nullptr;             // nullptr: absent, or no map
  std::size_t tls = kNone;                  // into Model::tls_objects, for the TLS policies
  std::vector<std::size_t> upstreams = {};  // outbound: what it applies to, as far as it is in the input
  std::vector<std::size_t> instances = {};  // TLS policies: inbound, or bound to an ApiInstance
};

bool is_inbound(const Binding& binding);   // policy `tls` or `tls-inbound`
bool is_outbound(const Binding& binding);  // policy `tls-outbound`
/// True where the policy applies to the instance.
bool applies_to(const struct Model& model, const Binding& binding, const Instance& instance);
/// The namespace that the target is looked for in.
std::string target_namespace(const struct Model& model, const Binding& binding);

/// Redis as shared storage.
struct Redis {
  std::size_t resource = 0;
  std::string subject = {};  // "Configuration/storage sharedStorage.redis"
  Span where = {}, key = {};
  std::vector<Text> addresses = {};  // host:port; several for Redis Sentinel
  std::size_t tls = kNone;           // into Model::tls_objects; kNone: no TLS
  bool open = false;
};

/// ApiInstances that listen on one port.
struct Port {
  std::string number = {};
  std::vector<std::size_t> instances = {};
  std::vector<std::size_t> bindings = {};  // inbound TLS policies of all of them, each once, in file order
  std::vector<std::size_t> contexts = {};  // into Reading::contexts: one for each binding, or that of plain text
};

/// Everything that one set of documents says.
struct Model {
  std::vector<Resource> resources = {};
  std::vector<Upstream> upstreams = {};
  std::vector<Instance> instances = {};
  std::vector<Binding> bindings = {};
  std::vector<TlsObject> tls_objects = {};
  std::vector<std::size_t> policy_calls = {};  // into tls_objects
  std::vector<Redis> redis = {};
  std::vector<Port> ports = {};
};

/// Number of resources of the kind.
std::size_t count(const Model& model, ResourceKind kind);

/// The settings that decide whether two TLS objects are one and the same context, each as a digest; an empty one is not
/// known. Certificates and keys count by their text.
std::vector<std::string> content(const TlsObject& object);
/// True where the place lies in the TLS settings of the connection to Redis, for which the pages have no table.
bool is_of_redis(const Model& model, Span where);
/// True where the two differ in a setting that is known of both.
bool differs(const std::vector<std::string>& a, const std::vector<std::string>& b);
/// Digest of a PEM text, or of the reference that stands for it: two that name one variable hold the same text. Empty
/// where it is absent or only a documentation placeholder.
std::string pem_digest(const Member* member);

/// Up to 1.4 tls-outbound was bound to the ApiInstance and shared by its port.
/// https://docs.mulesoft.com/gateway/1.4/policies-included-tls-outbound
inline constexpr ProductVersion kOutboundOnService{1, 5};

/// The first release whose pages say that the CAs of the operating system are used where trustedCA is absent, and no
/// longer that skipValidation disables outbound mutual TLS; the page of 1.11 was not at hand. Source:
/// policies-included-tls and -tls-outbound of 1.10, 1.12 and 1.13 in mulesoft/docs-gateway (read 2026-11-28).
inline constexpr ProductVersion kSystemCertificates{1, 12};

/// Host, port and scheme as they are called: "https://billing.example:443". Empty where the address is not known.
std::string endpoint(const Address& address);
/// The port, or the one that goes without saying for the scheme; may be empty.
std::string port_of(const Address& address);

}  // namespace tlsward::gateways::flex
