// flex/folded-pem: a PEM text that lost its line breaks.
#include <algorithm>
#include <optional>

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

/// In brackets there are no blocks.
bool is_in_flow(const lint::Reporter& out, Span where) {
  const gateways::Claimed* claimed = out.set().claimed(where);
  if (!claimed) return true;
  bool in_flow = false;
  walk(claimed->document->root, [&](const Node& node) {
    if (node.is_scalar() || !node.where.contains(where)) return;
    const std::string_view text = out.text(node.where);
    in_flow = in_flow || text.starts_with('{') || text.starts_with('[');
  });
  return in_flow;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// The lines of a plain or quoted text as a literal block; nullopt where they say more than they show.
std::optional<std::string> as_literal(std::string_view raw, std::size_t indentation) {
  if (raw.find('\\') != std::string_view::npos || raw.find('\n') == std::string_view::npos) return std::nullopt;
  if (raw.starts_with('"') || raw.starts_with('\'')) raw = raw.substr(1, raw.size() - 2);
  std::string text = "|";
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('\n'), raw.size());
    const std::string_view line = without_blanks(raw.substr(0, end));
    if (!line.empty()) text.append("\n").append(indentation, ' ').append(line);
    raw.remove_prefix(std::min(end + 1, raw.size()));
  }
  return text;
}

std::optional<Fix> fix(const Member& member, const lint::Reporter& out) {
  constexpr std::string_view kTitle = "make it a literal block";
  const Span where = member.value.where;
  if (member.merged || member.value.used_at.known()) return std::nullopt;
  if (member.value.style == Style::Folded && out.text(where).starts_with('>'))
    return out.replace({where.file, where.begin, where.begin + 1}, "|", std::string(kTitle), false);
  const SourceMap& sources = *out.set().sources;
  const Position key = sources.position(where.file, member.key_where.begin);
  const Position last = sources.position(where.file, where.end);
  const std::string_view rest = sources.line(where.file, last.line).substr(last.column - 1);
  const bool has_its_lines = key.line == sources.position(where.file, where.begin).line && without_blanks(rest).empty();
  if (member.value.style == Style::Literal || !has_its_lines || is_in_flow(out, where)) return std::nullopt;
  const auto text = as_literal(out.text(where), key.column + 1);
  if (!text) return std::nullopt;
  return out.replace(where, *text, std::string(kTitle), false);
}

void check_member(const flex::TlsObject& object, const Member* member, std::string_view path, lint::Reporter& out) {
  if (!member || !has_lost_its_lines(member->value)) return;
  Finding& finding = out.add(
      member->value.where,
      fmt::format("the PEM text of {}.{} is one line; use a literal block ('|')", object.path, path), object.subject);
  finding.fix = fix(*member, out);
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
    .fix = "unsafe: a literal block of the same lines; the certificate then takes effect",
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
