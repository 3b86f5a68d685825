// Questions about the model that readers and rules ask; the model itself is made in read.cc.
#include "gateways/flex/model.h"

#include <algorithm>

#include "pki/sha256.h"

namespace tlsward::gateways::flex {
namespace {

constexpr std::string_view kAbsent = "absent";

/// A digest of the node's scalars, with what stands for an absent setting; empty where part of it is not known.
std::string digest(const TlsObject& object, const Member* member, std::string_view default_value) {
  if (!member) return object.open ? std::string() : pki::sha256_hex(default_value);
  bool known = true;
  std::string text;
  walk(member->value, [&](const Node& node) {
    known = known && is_known(node) && !node.open;
    if (node.is_scalar()) text.append(node.scalar).append("\n");
  });
  return known ? pki::sha256_hex(text) : std::string();
}

/// PEM differs neither in indentation nor in line ends.
std::string without_blanks(std::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  return result;
}

std::string pem_or_absent(const TlsObject& object, const Member* member) {
  if (!member) return object.open ? std::string() : pki::sha256_hex(kAbsent);
  return is_known(member->value) ? pki::sha256_hex(without_blanks(member->value.scalar)) : std::string();
}

}  // namespace

std::string_view namespace_of(const Resource& resource) {
  return resource.name_space.known() ? std::string_view(resource.name_space.value) : kDefaultNamespace;
}

std::string_view called(const Resource& resource) {
  return resource.name.value.empty() ? resource.kind_text.value : resource.name.value;
}

bool are_together(const Resource& a, const Resource& b) {
  return a.branch == b.branch || a.branch == 0 || b.branch == 0;
}

bool is_known(const Node& node) {
  return !node.unresolved && !(node.is_scalar() && is_placeholder(node.scalar));
}

bool has_text(const Member* member) {
  if (!member) return false;
  const Node& value = member->value;
  return value.unresolved || !value.is_scalar() || (!value.is_null() && !value.scalar.empty());
}

Switch read_switch(const Member* member) {
  if (!member) return Switch::Absent;
  if (member->value.kind != NodeKind::Bool || !is_known(member->value)) return Switch::Unknown;
  return member->value.is_true() ? Switch::On : Switch::Off;
}

bool is_inbound(const Binding& binding) {
  return binding.policy.known() && (binding.policy.value == "tls" || binding.policy.value == "tls-inbound");
}

bool is_outbound(const Binding& binding) {
  return binding.policy.known() && binding.policy.value == "tls-outbound";
}

std::string target_namespace(const Model& model, const Binding& binding) {
  if (binding.target.name_space.written()) return binding.target.name_space.value;
  return std::string(namespace_of(model.resources[binding.resource]));
}

std::size_t count(const Model& model, ResourceKind kind) {
  return static_cast<std::size_t>(std::count_if(model.resources.begin(), model.resources.end(),
                                                [&](const Resource& resource) { return resource.kind == kind; }));
}

std::vector<std::string> content(const TlsObject& object) {
  return {digest(object, object.min_version, "1.2\n"),
          digest(object, object.max_version, "1.3\n"),
          digest(object, object.ciphers, ""),
          digest(object, object.alpn, "h2\nhttp/1.1\n"),
          digest(object, object.require_client_certificate, "false\n"),
          digest(object, object.skip_validation, "false\n"),
          pem_or_absent(object, object.trusted_ca),
          pem_or_absent(object, object.certificate_crt),
          pem_or_absent(object, object.certificate_key)};
}

bool is_of_redis(const Model& model, Span where) {
  return std::any_of(model.tls_objects.begin(), model.tls_objects.end(), [&](const TlsObject& object) {
    return object.direction == Direction::Redis && object.where.contains(where);
  });
}

bool differs(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (!a[i].empty() && !b[i].empty() && a[i] != b[i]) return true;
  }
  return false;
}

std::string pem_digest(const Member* member) {
  if (!member || !member->value.is_text() || is_placeholder(member->value.scalar)) return {};
  const std::string text = without_blanks(member->value.scalar);
  // A commented block is the sample of the documentation; that two copies are alike says nothing.
  if (text.empty() || text.front() == '#') return {};
  return pki::sha256_hex(text);
}

std::string port_of(const Address& address) {
  if (!address.port.empty()) return address.port;
  if (address.scheme == "https") return "443";
  return address.scheme == "http" ? "80" : "";
}

std::string endpoint(const Address& address) {
  if (address.host.empty()) return {};
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  std::string result = address.scheme.empty() ? std::string() : address.scheme + "://";
  result += is_ipv6 ? "[" + address.host + "]" : address.host;
  const std::string port = port_of(address);
  return port.empty() ? result : result + ":" + port;
}

}  // namespace tlsward::gateways::flex
