// tls/missing-pq-group: the policy lists a post-quantum key exchange, and the endpoint has none.
#include <fmt/format.h>

#include <algorithm>

#include "lint/rule.h"
#include "tls/policy.h"

namespace tlsward::rules::tls_missing_pq_group {
namespace {

bool is_hybrid(tls::Group group) {
  const tls::GroupFacts* facts = tls::facts(group);
  return facts != nullptr && facts->kind == tls::GroupKind::Hybrid;
}

bool has_hybrid(const std::vector<tls::Group>& groups) {
  return std::any_of(groups.begin(), groups.end(), is_hybrid);
}

/// The clause that lists such a group, or nullptr.
const tls::PolicyClause* asking(const tls::Policy& policy) {
  for (const tls::PolicyClause& clause : policy.clauses) {
    if (has_hybrid(clause.groups)) return &clause;
  }
  return nullptr;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const tls::Policy* policy = out.options().policy.get();
  if (policy == nullptr || !context.enabled || !context.groups.known()) return;
  if (context.role == tls::Role::Upstream && !policy->upstreams_too) return;
  const tls::PolicyClause* clause = asking(*policy);
  if (clause == nullptr || context.groups.value.empty() || has_hybrid(context.groups.value)) return;
  const bool written = context.group_list.written();
  Finding& finding = out.add(
      context, written ? context.group_list.where : Span{},
      fmt::format("no hybrid post-quantum key exchange is offered; {} ({}) lists {}", policy->name, clause->clause,
                  tls::name(*std::find_if(clause->groups.begin(), clause->groups.end(), is_hybrid))));
  finding.notes.push_back(fmt::format("{}: {}", policy->title, policy->url));
  if (!written) lint::Reporter::by_version(finding, context);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/missing-pq-group",
    .summary = "no post-quantum hybrid key exchange, which the policy lists",
    .why =
        "What is recorded today can be opened once a quantum computer breaks X25519 and the NIST curves. A hybrid "
        "group "
        "such as X25519MLKEM768 stays safe as long as one of its two halves does. Only with a --policy that lists such "
        "a group; gateways built with Go before 1.24 have none.",
    .cites = {{"Mozilla, Server Side TLS 6.0", "tls_curves", "https://ssl-config.mozilla.org/guidelines/6.0.json"},
              {"Go 1.24 release notes", "crypto/tls", "https://go.dev/doc/go1.24#cryptotlspkgcryptotls"}},
    .severity = Severity::Info,
    .fix = "none: add the group where the release knows it",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [29, 23]   //~ tls/missing-pq-group
  }
}
)",
            .options = "--policy mozilla-modern"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [4588, 29, 23]
  }
}
)",
             .options = "--policy mozilla-modern"},
    .check = check,
};

}  // namespace tlsward::rules::tls_missing_pq_group
