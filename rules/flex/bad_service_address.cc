// flex/bad-service-address: the address of an upstream that is not protocol://host:port.
#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_bad_service_address {
namespace {

namespace flex = gateways::flex;

constexpr std::string_view kForm = "must be protocol://host:port";

bool is_port(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 && number <= 65535;
}

/// What makes the address none that can be called; empty where it is one.
std::string error_in(const std::string& written, const gateways::Address& address) {
  const bool has_scheme = written.find("://") != std::string::npos;
  const bool is_bare_ipv6 = address.host.find(':') != std::string::npos && written.find('[') == std::string::npos;
  if (!has_scheme || address.host.empty() || is_bare_ipv6) return fmt::format("'{}' {}", written, kForm);
  if (address.scheme != "http" && address.scheme != "https" && address.scheme != "h2")
    return fmt::format("'{}' uses {}://; an upstream is called with http:// or https://", written, address.scheme);
  if (address.port.empty() || is_port(address.port)) return {};
  return fmt::format("'{}' {}, with a port from 1 to 65535", written, kForm);
}

/// The raw text with the port behind the host. Only where the host stands in it as it was read.
std::optional<std::string> with_port(std::string_view raw, const gateways::Address& address) {
  const std::string authority = "://" + address.host;
  const std::size_t at = raw.find(authority);
  if (at == std::string_view::npos) return std::nullopt;
  std::string text(raw);
  const std::size_t end = at + authority.size();
  const bool has_colon = end < text.size() && text[end] == ':';
  const std::string_view port = address.scheme == "https" ? "443" : "80";
  return has_colon ? text.insert(end + 1, port) : text.insert(end, fmt::format(":{}", port));
}

void check_port(const flex::Upstream& upstream, lint::Reporter& out) {
  if (!upstream.parsed.port.empty()) return;
  Finding& finding =
      out.add(Severity::Info, upstream.address.where,
              fmt::format("'{}' names no port, so that {} is taken; the documented form is protocol://host:port",
                          upstream.address.value, flex::port_of(upstream.parsed)),
              upstream.subject);
  if (upstream.address.shared) return;
  if (const auto text = with_port(out.text(upstream.address.where), upstream.parsed))
    finding.fix = out.replace(upstream.address.where, *text, "write the port", false);
}

void check_path(const flex::Upstream& upstream, lint::Reporter& out) {
  if (upstream.parsed.path.empty() || upstream.parsed.path == "/") return;
  out.add(Severity::Info, upstream.address.where,
          fmt::format("'{}' has a path; the documented form is protocol://host:port", upstream.address.value),
          upstream.subject);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Upstream& upstream : model.upstreams) {
    const flex::Text& address = upstream.address;
    if (!address.known()) continue;
    const std::string error = error_in(address.value, upstream.parsed);
    if (!error.empty()) {
      out.add(address.where, error, upstream.subject);
    } else if (upstream.parsed.scheme == "h2") {
      out.add(Severity::Info, address.where,
              fmt::format("'{}' uses h2://, which only samples of the vendor use; documented are http:// and https://",
                          address.value),
              upstream.subject);
    } else {
      check_port(upstream, out);
      check_path(upstream, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/bad-service-address",
    .summary = "the address of an upstream is not protocol://host:port",
    .why =
        "Flex Gateway documents the form protocol://host:port with http or https for the address of a "
        "Service. Without a protocol there is nothing to tell whether TLS is meant. A port that goes without "
        "saying and a path are an info: samples of the vendor have such addresses too.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "Service, spec.address",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "unsafe: write the port that goes without saying",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: billing.example:443  #~ flex/bad-service-address
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_bad_service_address
