// One mistake gives one finding: the specific rule replaces the generic one. This happens before `--select` and
// `--ignore` are applied, so that ignoring a specific rule does not bring the generic one back.
//
// Spans are compared within a file only, and only between rules that name each other. Both directions (the replaced one
// lies in the other, or round it) look at a sorted range, so that a file with many findings stays cheap.
#include "lint/selection.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>

namespace tlsward::lint {
namespace {

/// "tls" and "tls/" name the group, anything else a rule.
bool names(std::string_view pattern, std::string_view rule_id) {
  if (pattern == rule_id) return true;
  if (!pattern.empty() && pattern.back() == '/') pattern.remove_suffix(1);
  return pattern == group(rule_id);
}

bool any_names(const std::vector<std::string>& patterns, std::string_view rule_id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return names(pattern, rule_id); });
}

bool named_by_id(std::string_view rule_id, const Options& options) {
  return std::find(options.select.begin(), options.select.end(), rule_id) != options.select.end();
}

bool is_too_new(std::string_view rule_id, const Options& options) {
  return options.newer_rules.contains(rule_id) && !named_by_id(rule_id, options);
}

struct Placed {
  Span where;
  std::size_t finding;
};

using ByRule = std::unordered_map<std::string_view, std::vector<Placed>>;

bool before(const Placed& a, const Placed& b) {
  return std::tie(a.where.file, a.where.begin, a.where.end) < std::tie(b.where.file, b.where.begin, b.where.end);
}

/// Findings with a place in a file, by rule, sorted by place.
ByRule place_findings(const std::vector<Finding>& findings) {
  ByRule result;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Span where = span_of(findings[i]);
    if (where.known()) result[findings[i].rule].push_back({where, i});
  }
  for (auto& [rule, placed] : result) std::sort(placed.begin(), placed.end(), before);
  return result;
}

/// Calls `visit` for each entry whose span begins within `outer` and ends within it, until `visit` returns false.
void for_each_inside(const std::vector<Placed>& sorted, Span outer, const std::function<bool(const Placed&)>& visit) {
  auto it = std::lower_bound(sorted.begin(), sorted.end(), Placed{{outer.file, outer.begin, 0}, 0}, before);
  for (; it != sorted.end() && it->where.file == outer.file && it->where.begin <= outer.end; ++it) {
    if (outer.contains(it->where) && !visit(*it)) return;
  }
}

void mark_same_place(const std::vector<Placed>& replacing, const std::vector<Placed>& replaced,
                     std::vector<bool>& gone) {
  Span last{};
  for (const Placed& outer : replacing) {
    if (outer.where == last) continue;
    last = outer.where;
    for_each_inside(replaced, outer.where, [&](const Placed& inner) {
      gone[inner.finding] = true;
      return true;
    });
  }
  for (const Placed& outer : replaced) {
    if (gone[outer.finding]) continue;
    for_each_inside(replacing, outer.where, [&](const Placed&) {
      gone[outer.finding] = true;
      return false;
    });
  }
}

const Endpoint* endpoint_of(const Finding& finding) {
  return std::get_if<Endpoint>(&finding.place);
}

std::string endpoint_key(const Endpoint& endpoint) {
  return endpoint.endpoint + '\n' + endpoint.address;
}

/// A rule and a part of an endpoint as one key.
std::string part_key(std::string_view rule, const Endpoint& endpoint) {
  return std::string(rule) + '\n' + endpoint_key(endpoint) + '\n' + endpoint.part;
}

/// An endpoint as a whole is no place: two findings about it may have nothing to do with each other.
void mark_same_part(const std::vector<Finding>& findings,
                    const std::unordered_map<std::string_view, const Rule*>& by_id, std::vector<bool>& gone) {
  std::unordered_set<std::string> doomed;
  for (const Finding& finding : findings) {
    const Endpoint* endpoint = endpoint_of(finding);
    const auto rule = by_id.find(finding.rule);
    if (!endpoint || endpoint->part.empty() || rule == by_id.end()) continue;
    for (const std::string_view other : rule->second->replaces) doomed.insert(part_key(other, *endpoint));
  }
  if (doomed.empty()) return;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Endpoint* endpoint = endpoint_of(findings[i]);
    if (endpoint && doomed.contains(part_key(findings[i].rule, *endpoint))) gone[i] = true;
  }
}

/// Rule, file or endpoint, and subject of a finding as one key.
std::string context_key(std::string_view rule, const Finding& finding) {
  const Endpoint* endpoint = endpoint_of(finding);
  std::string key(rule);
  key += '\n';
  key += endpoint ? endpoint_key(*endpoint) : std::to_string(span_of(finding).file);
  key += '\n';
  key += finding.subject;
  return key;
}

void mark_same_subject(const std::vector<Finding>& findings,
                       const std::unordered_map<std::string_view, const Rule*>& by_id, std::vector<bool>& gone) {
  std::unordered_set<std::string> doomed;
  for (const Finding& finding : findings) {
    if (finding.subject.empty()) continue;
    const auto rule = by_id.find(finding.rule);
    if (rule == by_id.end()) continue;
    for (std::string_view other : rule->second->replaces_in_context) doomed.insert(context_key(other, finding));
  }
  if (doomed.empty()) return;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!findings[i].subject.empty() && doomed.contains(context_key(findings[i].rule, findings[i]))) gone[i] = true;
  }
}

}  // namespace

bool selected(std::string_view rule_id, const Options& options) {
  if (is_too_new(rule_id, options)) return false;
  const auto setting = options.rules.find(rule_id);
  const bool named = named_by_id(rule_id, options);
  if (setting != options.rules.end() && setting->second.off && !named) return false;
  if (!options.select.empty() && !any_names(options.select, rule_id)) return false;
  return !any_names(options.ignore, rule_id);
}

std::vector<const Rule*> rules_to_run(std::span<const Rule* const> rules, const Options& options) {
  const auto replaces_selected = [&](const std::vector<std::string_view>& ids) {
    return std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return selected(id, options); });
  };
  std::vector<const Rule*> result;
  for (const Rule* rule : rules) {
    if (is_too_new(rule->id, options)) continue;
    if (selected(rule->id, options) || replaces_selected(rule->replaces) ||
        replaces_selected(rule->replaces_in_context))
      result.push_back(rule);
  }
  return result;
}

void drop_replaced(std::vector<Finding>& findings, std::span<const Rule* const> rules) {
  const ByRule placed = place_findings(findings);
  std::vector<bool> gone(findings.size(), false);
  std::unordered_map<std::string_view, const Rule*> by_id;
  for (const Rule* rule : rules) {
    by_id.emplace(rule->id, rule);
    const auto replacing = placed.find(rule->id);
    if (replacing == placed.end()) continue;
    for (std::string_view id : rule->replaces) {
      const auto replaced = placed.find(id);
      if (replaced != placed.end()) mark_same_place(replacing->second, replaced->second, gone);
    }
  }
  mark_same_part(findings, by_id, gone);
  mark_same_subject(findings, by_id, gone);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) findings[kept] = std::move(findings[i]);
    ++kept;
  }
  findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(kept), findings.end());
}

}  // namespace tlsward::lint
