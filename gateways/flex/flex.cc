// MuleSoft Flex Gateway as a gateway: how its documents are told from others, and how it spells things.
#include "gateways/flex/flex.h"
#include "gateways/flex/service.h"

#include <algorithm>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/keys.h"
#include "gateways/flex/read.h"

namespace tlsward::gateways::flex {
namespace {

constexpr std::string_view kGroup = "gateway.mulesoft.com";

std::string_view scalar_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  return node && node->is_scalar() ? node->scalar : std::string_view();
}

bool has_policy_ref(const Node& node) {
  const Node* policy_ref = node.find("policyRef");
  return policy_ref && policy_ref->is_map();
}

bool is_policy_list(const Node& root) {
  return root.is_list() && !root.items.empty() &&
         std::any_of(root.items.begin(), root.items.end(), [](const Node& item) { return has_policy_ref(item); });
}

bool is_resource_list(const Node& root) {
  const Node* items = root.find("items");
  if (scalar_of(root, "kind") != "List" || !items || !items->is_list()) return false;
  return std::any_of(items->items.begin(), items->items.end(),
                     [](const Node& item) { return scalar_of(item, "apiVersion").starts_with(kGroup); });
}

/// An apiVersion of somebody else: Kubernetes, or another product's resources.
bool is_foreign(const Node& root) {
  const std::string_view version = scalar_of(root, "apiVersion");
  return version.find('/') != std::string_view::npos && version.find("mulesoft") == std::string_view::npos;
}

std::optional<Detection> detect(const Document& document) {
  const Node& root = document.root;
  if (scalar_of(root, "apiVersion").starts_with(kGroup)) return Detection{"apiVersion \"gateway.mulesoft.com/…\"", 3};
  if (is_resource_list(root)) return Detection{"a List of resources of \"gateway.mulesoft.com/…\"", 3};
  if (is_foreign(root)) return std::nullopt;
  const Node* spec = root.find("spec");
  if (scalar_of(root, "kind") == "PolicyBinding" && spec && has_policy_ref(*spec)) {
    return Detection{"kind \"PolicyBinding\" with \"policyRef\"", 2};
  }
  if (is_policy_list(root)) return Detection{"a list of policies with \"policyRef\"", 2};
  if (root.is_map() && !root.find("kind") && has_policy_ref(root)) return Detection{"a policy with \"policyRef\"", 2};
  const bool is_instance = scalar_of(root, "kind") == "ApiInstance" && spec && spec->find("address");
  if (is_instance) return Detection{"kind \"ApiInstance\" with \"address\"", 2};
  return std::nullopt;
}

// No key of any resource names the release of the gateway.
std::optional<GatewayVersion> version_of(const Document&) {
  return std::nullopt;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_name_start(char c) {
  return is_upper(c) || is_lower(c) || c == '_';
}
bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9');
}

std::size_t end_of_name(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_name_part(text[end])) ++end;
  return end;
}

/// The reference that starts with the `$` at `begin`, if it is one.
std::optional<Reference> reference_at(std::string_view scalar, std::size_t begin) {
  const bool braced = begin + 1 < scalar.size() && scalar[begin + 1] == '{';
  const std::size_t first = begin + (braced ? 2 : 1);
  if (first >= scalar.size() || !is_name_start(scalar[first])) return std::nullopt;
  const std::size_t last = end_of_name(scalar, first);
  const std::string name(scalar.substr(first, last - first));
  if (braced) {
    if (last >= scalar.size() || scalar[last] != '}') return std::nullopt;
    return Reference{begin, last + 1, name};
  }
  // Inside other text only names in capitals count: passwords and regular expressions hold a `$` too.
  const bool is_whole = begin == 0 && last == scalar.size();
  if (!is_whole && std::any_of(name.begin(), name.end(), is_lower)) return std::nullopt;
  return Reference{begin, last, name};
}

// https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide, "Environment Variables for Policy
// Bindings" (read 2026-11-22).
std::vector<Reference> references(std::string_view scalar) {
  std::vector<Reference> result;
  for (std::size_t at = scalar.find('$'); at != std::string_view::npos; at = scalar.find('$', at)) {
    const std::optional<Reference> reference = reference_at(scalar, at);
    at = reference ? reference->end : at + 1;
    if (reference) result.push_back(*reference);
  }
  return result;
}

std::string quoted_like(std::string_view written, std::string text) {
  const char quote = !written.empty() && written.front() == '\'' ? '\'' : '"';
  return quote + text + quote;
}

// Without quotes YAML reads a number, and the parameter is a string.
std::string spell_version(tls::Version version, std::string_view written) {
  return quoted_like(written, tls::short_name(version));
}

std::string spell_suite(tls::CipherSuite suite, std::string_view written) {
  const CipherRow* row = find_cipher(suite, ProductVersion{});
  if (!row) return {};
  const bool is_quoted = !written.empty() && (written.front() == '"' || written.front() == '\'');
  return is_quoted ? quoted_like(written, std::string(row->name)) : std::string(row->name);
}

}  // namespace

const Gateway gateway{
    .id = "flex",
    .name = "Flex Gateway",
    .latest = {1, 13},
    .objects = object_types(),
    .detect = detect,
    .version_of = version_of,
    .references = references,
    .read = read,
    .spell_version = spell_version,
    .spell_suite = spell_suite,
    .service = flex::service,
    .listener_names = {.versions = "minversion and maxversion of the tls policy",
                       .suites = "ciphers of the tls policy",
                       .groups = "",
                       .alpn = "alpn of the tls policy",
                       .certificate = "certificate of the tls policy",
                       .trust = "trustedCA of the tls policy",
                       .client_auth = "requireClientCertificate of the tls policy"},
    .upstream_names = {.versions = "minversion and maxversion of tls-outbound",
                       .suites = "ciphers of tls-outbound",
                       .groups = "",
                       .alpn = "alpn of tls-outbound",
                       .certificate = "certificate of tls-outbound",
                       .trust = "trustedCA of tls-outbound",
                       .client_auth = "skipValidation of tls-outbound"},
    .oldest = {1, 0},
};

}  // namespace tlsward::gateways::flex
