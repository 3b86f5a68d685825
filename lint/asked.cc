#include "lint/asked.h"

#include <algorithm>
#include <variant>

#include "lint/selection.h"

namespace tlsward::lint {
namespace {

bool needs_policy(std::string_view id) {
  return id == "tls/profile-violation" || id == "tls/missing-pq-group";
}

}  // namespace

const Rule* rule_called(std::span<const Rule* const> rules, std::string_view id) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule* rule) { return rule->id == id; });
  return found == rules.end() ? nullptr : *found;
}

bool was_asked(const Rule& rule, const Options& options) {
  if (!selected(rule.id, options) || !options.read.follow_files) return false;
  if (rule.needs_probe && options.observed.empty()) return false;
  return !needs_policy(rule.id) || options.policy;
}

bool would_be_found(const Rule& rule, const JudgedFile& file, const Options& options) {
  // A KrakenD file is a set by itself; a rule over the set of another gateway may miss what was not named.
  const bool needs_others = std::holds_alternative<SetCheck>(rule.check) && group(rule.id) != "krakend";
  return file.complete && !(needs_others && file.named) && was_asked(rule, options);
}

}  // namespace tlsward::lint
