// flex/folded-pem: a PEM text that lost its line breaks.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_folded_pem {
namespace {

namespace flex = gateways::flex;

bool has_lost_its_lines(const Node& value) {
  if (!value.is_text() || value.unresolved) return false;
  const std::size_t begin = value.scalar.find("-----BEGIN ");
  const std::size_t end = value.scalar.find("-----END ");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return false;
  return value.scalar.substr(begin, end - begin).find('\n') == std::string_view::npos;
}

void check_member(const flex::TlsObject& object, const Member* member, std::string_view path, lint::Reporter& out) {
  if (!member || !has_lost_its_lines(member->value)) return;
  const Span where = member->value.where;
  Finding& finding = out.add(
      member->key_where, fmt::format("the PEM text of {}.{} is one line; use a literal block ('|')", object.path, path),
      object.subject);
  if (member->value.style == Style::Folded && out.text(where).starts_with('>'))
    finding.fix = out.replace({where.file, where.begin, where.begin + 1}, "|", "make it a literal block", false);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    check_member(object, object.certificate_key, "certificate.key", out);
    check_member(object, object.certificate_crt, "certificate.crt", out);
    check_member(object, object.trusted_ca, "trustedCA", out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/folded-pem",
    .summary = "a PEM text has lost its line breaks",
    .why =
        "YAML joins the lines of a folded block ('>') and of plain text with blanks. PEM needs its lines: the "
        "certificate or key cannot be decoded, and clients see a connection that speaks no TLS.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"},
              {"YAML 1.2.2", "8.1.3", "https://yaml.org/spec/1.2.2/#813-folded-style"}},
    .severity = Severity::Error,
    .fix = "unsafe: '|' in place of '>'; the certificate then takes effect",
    .replaces = {"cert/undecodable-pem"},
    .bad = {.gateway = "flex@1.8",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: $ORDERS_KEY
      crt: >  #~ flex/folded-pem
        {{pem:orders.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
            .recipes = {{"orders.pem", "cn=orders.example san=DNS:orders.example"}}},
    .good = {.gateway = "flex@1.8",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: $ORDERS_KEY
      crt: |
        {{pem:orders.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
             .recipes = {{"orders.pem", "cn=orders.example san=DNS:orders.example"}}},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_folded_pem
