#include "lint/asked.h"

#include <algorithm>
#include <array>
#include <variant>

#include "lint/selection.h"

namespace tlsward::lint {
namespace {

/// Beside those of the group cert: rules that look into files which a configuration names.
constexpr std::array<std::string_view, 18> kReadFiles = {
    "config/missing-file",
    "config/relative-path",
    "krakend/chain-as-client-ca",
    "krakend/missing-h2-cipher",
    "krakend/overlapping-certificates",
    "tls/cipher-certificate-mismatch",
    "tls/empty-client-trust",
    "tls/profile-violation",
    "tyk/allowlisted-private-key",
    "tyk/chain-in-allowlist",
    "tyk/clientauth-only-eku",
    "tyk/dropped-server-certificate",
    "tyk/keyless-upstream-certificate",
    "tyk/rejected-upload",
    "tyk/stale-certificate-id",
    "tyk/uncovered-domain",
    "tyk/unresolvable-certificate",
    "tyk/unsupported-ca-allowlist",
};

bool needs_policy(std::string_view id) {
  return id == "tls/profile-violation" || id == "tls/missing-pq-group";
}

}  // namespace

const Rule* rule_called(std::span<const Rule* const> rules, std::string_view id) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule* rule) { return rule->id == id; });
  return found == rules.end() ? nullptr : *found;
}

bool was_asked(const Rule& rule, const Options& options) {
  if (!selected(rule.id, options)) return false;
  if (rule.needs_probe && options.observed.empty()) return false;
  return !needs_policy(rule.id) || options.policy;
}

bool reads_files(std::string_view id) {
  return group(id) == "cert" || std::find(kReadFiles.begin(), kReadFiles.end(), id) != kReadFiles.end();
}

bool would_be_found(const Rule& rule, const JudgedFile& file, const Options& options) {
  // A KrakenD file is a set by itself; a rule over the set of another gateway may miss what was not named.
  const bool needs_others = std::holds_alternative<SetCheck>(rule.check) && group(rule.id) != "krakend";
  if (!options.read.follow_files && reads_files(rule.id)) return false;
  return file.complete && !(needs_others && file.named) && was_asked(rule, options);
}

}  // namespace tlsward::lint
