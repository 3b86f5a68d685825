#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lint/edit.h"
#include "lint/move.h"
#include "lint/rule.h"

namespace tlsward::lint {
namespace {

/// What of a certificate stays when it is renewed: "CN=api.example, RSA 2048, sha256WithRSAEncryption, 365 days".
std::string traits(const tls::CertificateFacts& facts) {
  const std::string curve = facts.key.curve.empty() ? "" : fmt::format(" {}", facts.key.curve);
  return fmt::format("{}, {} {}{}, {}, {} days", facts.subject, tls::name(facts.key.type), facts.key.bits, curve,
                     facts.signature_algorithm, tls::days_between(facts.not_before, facts.not_after));
}

}  // namespace

Reporter::Reporter(const InputSet& set, const Rule& rule, std::vector<Finding>& findings)
    : set_(set), rule_(rule), findings_(findings) {}

Finding& Reporter::add(Span where, std::string message, std::string_view subject) {
  return put(rule_.severity, where, std::move(message), subject, nullptr);
}

Finding& Reporter::add(Severity severity, Span where, std::string message, std::string_view subject) {
  return put(severity, where, std::move(message), subject, nullptr);
}

Finding& Reporter::add(const tls::TlsContext& context, Span where, std::string message) {
  return add(rule_.severity, context, where, std::move(message));
}

Finding& Reporter::add(Severity severity, const tls::TlsContext& context, Span where, std::string message) {
  if (!where.known()) where = context.section_key;
  if (!where.known()) where = context.section;
  return put(severity, where, std::move(message), context.subject, &context);
}

Finding& Reporter::add(const tls::TlsContext& context, const tls::Material& material, std::string message) {
  return add(rule_.severity, context, material, std::move(message));
}

Finding& Reporter::add(Severity severity, const tls::TlsContext& context, const tls::Material& material,
                       std::string message) {
  if (!set_.endpoint) return add(severity, context, material.where, std::move(message));
  return put_endpoint(severity, std::move(message), context.subject, material.field, material.field);
}

Finding& Reporter::add(const tls::TlsContext& context, const tls::PlacedCertificate& certificate, std::string message) {
  return add(rule_.severity, context, certificate, std::move(message));
}

Finding& Reporter::add(Severity severity, const tls::TlsContext& context, const tls::PlacedCertificate& certificate,
                       std::string message) {
  Finding& finding = set_.endpoint ? put_endpoint(severity, std::move(message), context.subject,
                                                  certificate.material->field, certificate.facts->sha256)
                                   : add(severity, context, certificate.material->where, std::move(message));
  finding.value = traits(*certificate.facts);
  return finding;
}

Finding& Reporter::put_endpoint(Severity severity, std::string message, std::string_view subject, std::string_view part,
                                const std::string& what) {
  Endpoint place = *set_.endpoint;
  place.part = part;
  Finding finding;
  finding.rule = rule_.id;
  finding.severity = severity;
  finding.place = std::move(place);
  finding.subject = subject;
  finding.message = std::move(message);
  const bool is_new = reported_of_endpoint_.emplace(what, finding.message).second;
  if (!is_new) return discarded_ = std::move(finding);
  return findings_.emplace_back(std::move(finding));
}

Finding& Reporter::put(Severity severity, Span where, std::string message, std::string_view subject,
                       const tls::TlsContext* context) {
  if (set_.endpoint && !where.known()) return put_endpoint(severity, std::move(message), subject, {}, {});
  if (!where.known() && !set_.documents.empty()) where = {set_.documents.front().document->file, 0, 0};
  Finding finding;
  finding.rule = rule_.id;
  finding.severity = severity;
  finding.place = where;
  finding.subject = subject;
  finding.message = std::move(message);

  std::vector<Reported>& here = reported_[{where.file, where.begin, where.end}];
  for (Reported& reported : here) {
    Finding& first = findings_[reported.finding];
    const bool other_context = context && reported.context && context != reported.context;
    if (other_context && severity > first.severity) {
      reported.context = context;
      return first = std::move(finding);
    }
    if (other_context || first.message == finding.message) return discarded_ = std::move(finding);
  }
  here.push_back({findings_.size(), context});
  return findings_.emplace_back(std::move(finding));
}

std::string_view Reporter::text(Span where) const {
  return set_.sources->text(where);
}

void Reporter::lower(Finding& finding, Confidence confidence) {
  finding.confidence = std::min(finding.confidence, confidence);
}

void Reporter::by_version(Finding& finding, const tls::TlsContext& context) {
  if (context.version_guessed) lower(finding, Confidence::Medium);
}

void Reporter::by_version(Finding& finding, const gateways::Claimed& claimed) {
  if (claimed.version.guessed) lower(finding, Confidence::Medium);
}

Fix Reporter::replace(Span where, std::string text, std::string title, bool safe) const {
  return {std::move(title), safe, {replacement(set_.sources->text(where.file), where, text)}};
}

Fix Reporter::set_version(Span where, tls::Version version, bool safe) const {
  return replace(where, set_.gateway->spell_version(version, text(where)), fmt::format("set to {}", name(version)),
                 safe);
}

std::optional<Fix> Reporter::remove(Span where, std::string title, bool safe) const {
  return remove(std::vector<Span>{where}, std::move(title), safe);
}

std::optional<Fix> Reporter::remove(const std::vector<Span>& where, std::string title, bool safe) const {
  const gateways::Claimed* claimed = where.empty() ? nullptr : set_.claimed(where.front());
  if (!claimed) return std::nullopt;
  return fix_of(removal(set_.sources->text(where.front().file), *claimed->document, where), std::move(title), safe);
}

std::optional<Fix> Reporter::insert(Span map, std::string_view key, std::string_view value, bool safe) const {
  const gateways::Claimed* claimed = set_.claimed(map);
  if (!claimed) return std::nullopt;
  std::optional<Edit> edit = insertion(set_.sources->text(map.file), *claimed->document, map, key, value);
  if (!edit) return std::nullopt;
  return Fix{fmt::format("add {}: {}", key, value), safe, {std::move(*edit)}};
}

std::optional<Fix> Reporter::move(Span key, Span map, std::string title, bool safe) const {
  const gateways::Claimed* claimed = set_.claimed(key);
  if (!claimed) return std::nullopt;
  return fix_of(move_into(set_.sources->text(key.file), *claimed->document, key, map), std::move(title), safe);
}

std::optional<Fix> Reporter::gather(Span one, Span other, std::string_view name, std::string title, bool safe) const {
  const gateways::Claimed* claimed = set_.claimed(one);
  if (!claimed) return std::nullopt;
  return fix_of(lint::gather(set_.sources->text(one.file), *claimed->document, one, other, name), std::move(title),
                safe);
}

std::optional<Fix> Reporter::exchange(Span one, Span other, std::string title, bool safe) const {
  const gateways::Claimed* claimed = set_.claimed(one);
  if (!claimed) return std::nullopt;
  return fix_of(lint::exchange(set_.sources->text(one.file), *claimed->document, one, other), std::move(title), safe);
}

std::optional<Fix> Reporter::fix_of(std::optional<std::vector<Edit>> edits, std::string title, bool safe) {
  if (!edits) return std::nullopt;
  return Fix{std::move(title), safe, std::move(*edits)};
}

}  // namespace tlsward::lint
