// flex/bad-service-address: the address of an upstream that is not protocol://host:port.
#include <optional>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_bad_service_address {
namespace {

namespace flex = gateways::flex;

struct Problem {
  Severity severity;
  std::string message;
  bool lacks_port = false;
};

std::optional<Problem> problem_of(const std::string& written, const gateways::Address& address) {
  const bool has_scheme = written.find("://") != std::string::npos;
  if (!has_scheme || address.host.empty())
    return Problem{Severity::Error, fmt::format("'{}' must be protocol://host:port", written)};
  if (address.scheme == "h2")
    return Problem{
        Severity::Info,
        fmt::format("'{}' uses h2://, which only samples of the vendor use; documented are http:// and https://",
                    written)};
  if (address.scheme != "http" && address.scheme != "https")
    return Problem{Severity::Error, fmt::format("'{}' uses {}://; an upstream is called with http:// or https://",
                                                written, address.scheme)};
  if (address.port.empty())
    return Problem{Severity::Info,
                   fmt::format("'{}' names no port, so that {} is taken; the documented form is protocol://host:port",
                               written, address.scheme == "https" ? "443" : "80"),
                   true};
  if (!address.path.empty() && address.path != "/")
    return Problem{Severity::Info,
                   fmt::format("'{}' has a path; the documented form is protocol://host:port", written)};
  return std::nullopt;
}

/// The raw text with the port behind the host. Only where the host stands in it as it was read.
std::optional<std::string> with_port(std::string_view raw, const gateways::Address& address) {
  const std::string authority = "://" + address.host;
  const std::size_t at = raw.find(authority);
  if (at == std::string_view::npos) return std::nullopt;
  std::string text(raw);
  return text.insert(at + authority.size(), address.scheme == "https" ? ":443" : ":80");
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Upstream& upstream : model.upstreams) {
    if (!upstream.address.known()) continue;
    const std::optional<Problem> problem = problem_of(upstream.address.value, upstream.parsed);
    if (!problem) continue;
    Finding& finding = out.add(problem->severity, upstream.address.where, problem->message, upstream.subject);
    if (!problem->lacks_port) continue;
    if (const auto text = with_port(out.text(upstream.address.where), upstream.parsed))
      finding.fix = out.replace(upstream.address.where, *text, "write the port", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/bad-service-address",
    .summary = "the address of an upstream is not protocol://host:port",
    .why =
        "Flex Gateway documents the form protocol://host:port with http or https for the address of a "
        "Service. Without a protocol there is nothing to tell whether TLS is meant, and the resource is "
        "refused.",
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
