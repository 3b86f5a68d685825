#include "lint/suppression_findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/spelling.h"
#include "lint/selection.h"
#include "lint/settings_reader.h"

namespace tlsward::lint {
namespace {

constexpr std::string_view kUnknownRule = "suppress/unknown-rule";
constexpr std::string_view kUnused = "suppress/unused";
constexpr std::string_view kExpired = "suppress/expired";
constexpr std::string_view kNoReason = "suppress/no-reason";
constexpr std::chrono::days kAhead{14};

/// Days from that of `at` to `until`; negative where it has passed, nullopt where there is no end.
std::optional<std::chrono::days> days_left(std::string_view until, tls::Time at) {
  if (until.empty()) return std::nullopt;
  const auto end = parse_time(until);
  if (!end) return std::nullopt;
  using std::chrono::days;
  return std::chrono::floor<days>(*end) - std::chrono::floor<days>(at);
}

class Teller {
 public:
  Teller(Run& run, std::span<const Rule* const> rules, const Options& options)
      : run_(run), rules_(rules), options_(options) {
    for (const Rule* rule : rules) ids_.push_back(rule->id);
  }

  void tell(const WrittenSuppression& written) {
    if (!written.where.known()) return;
    if (written.flaw != Flaw::None) return tell_flaw(written);
    for (const SuppressedRule& rule : written.rules)
      if (rule.state == SuppressionState::Unknown) tell_unknown(rule);
    const std::string known = names(written, [](SuppressionState state) { return state != SuppressionState::Unknown; });
    if (known.empty()) return;
    tell_end(written, known);
    tell_unused(written);
    if (options_.require_reason && written.reason.empty())
      add(kNoReason, Severity::Info, written.where,
          fmt::format("the suppression of {} gives no reason; a word on why and for whom is asked for", known));
  }

 private:
  template <class Wanted>
  static std::string names(const WrittenSuppression& written, const Wanted& wanted) {
    std::vector<std::string> result;
    for (const SuppressedRule& rule : written.rules)
      if (wanted(rule.state)) result.push_back(rule.id);
    return fmt::format("{}", fmt::join(result, ", "));
  }

  Finding* add(std::string_view id, Severity severity, Span where, std::string message) {
    const bool given = std::find(ids_.begin(), ids_.end(), id) != ids_.end();
    if (!given || !selected(id, options_)) return nullptr;
    Finding& finding = run_.findings.emplace_back();
    finding.rule = id;
    finding.severity = severity;
    finding.place = where;
    finding.subject = "suppression";
    finding.message = std::move(message);
    return &finding;
  }

  void tell_flaw(const WrittenSuppression& written) {
    if (written.flaw == Flaw::NoComment)
      add(kUnused, Severity::Info, written.where, written.problem);
    else
      add(kUnknownRule, written.flaw == Flaw::UnknownWord ? Severity::Warning : Severity::Error, written.where,
          written.problem);
  }

  void tell_unknown(const SuppressedRule& rule) {
    const auto is_group = [&](std::string_view id) { return group(id) == std::string_view(rule.id); };
    if (group(rule.id) == group(kUnused) && std::find(ids_.begin(), ids_.end(), rule.id) != ids_.end()) {
      add(kUnknownRule, Severity::Error, rule.where,
          fmt::format("{} is about suppressions and cannot be suppressed itself", rule.id));
    } else if (std::any_of(ids_.begin(), ids_.end(), is_group)) {
      add(kUnknownRule, Severity::Error, rule.where,
          fmt::format("'{}' is a group of rules; a suppression names each rule by its id", rule.id));
    } else {
      Finding* finding = add(kUnknownRule, Severity::Error, rule.where,
                             fmt::format("'{}' is no rule{}", rule.id, did_you_mean(rule.id, ids_)));
      const auto near = nearest(rule.id, ids_);
      if (finding && near && run_.sources.text(rule.where) == rule.id)
        finding->fix = Fix{fmt::format("write {}", *near), false, {{rule.where, std::string(*near)}}};
    }
  }

  void tell_end(const WrittenSuppression& written, const std::string& known) {
    const auto left = days_left(written.until, options_.at);
    if (!left || *left > kAhead) return;
    if (left->count() < 0) {
      add(kExpired, Severity::Warning, written.where,
          fmt::format("the suppression of {} ended on {}; its findings count again", known, written.until));
      return;
    }
    const std::string holding = names(written, [](SuppressionState state) {
      return state == SuppressionState::Used || state == SuppressionState::NotAsked;
    });
    if (holding.empty()) return;
    const std::string when =
        left->count() == 0 ? "today" : fmt::format("in {} day{}", left->count(), left->count() == 1 ? "" : "s");
    add(kExpired, Severity::Info, written.where,
        fmt::format("the suppression of {} ends {}, on {}; its findings then count again", holding, when,
                    written.until));
  }

  void tell_unused(const WrittenSuppression& written) {
    const std::string unused = names(written, [](SuppressionState state) { return state == SuppressionState::Unused; });
    if (unused.empty()) return;
    if (!written.missed_path.empty()) {
      add(kUnused, Severity::Warning, written.where,
          fmt::format("the path '{}' is that of no file in this project; nothing is suppressed", written.missed_path));
      return;
    }
    Finding* finding = add(kUnused, Severity::Warning, written.where,
                           fmt::format("no finding of {} here; nothing is suppressed", unused));
    if (finding == nullptr) return;
    std::vector<Edit> edits = edits_without_unused(written);
    if (!edits.empty()) finding->fix = Fix{"remove what suppresses nothing", true, std::move(edits)};
  }

  std::vector<Edit> edits_without_unused(const WrittenSuppression& written) const {
    const auto is_unused = [](const SuppressedRule& rule) { return rule.state == SuppressionState::Unused; };
    if (std::all_of(written.rules.begin(), written.rules.end(), is_unused)) return written.removal;
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < written.rules.size(); ++i) {
      const SuppressedRule& rule = written.rules[i];
      if (run_.sources.text(rule.where) != rule.id) return {};
      // With the comma behind it, or, where nothing stays behind it, with that in front of it.
      Span gone = rule.where;
      const bool last_kept =
          std::all_of(written.rules.begin() + static_cast<std::ptrdiff_t>(i), written.rules.end(), is_unused);
      if (is_unused(rule)) {
        if (last_kept)
          gone.begin = written.rules[i - 1].where.end;
        else
          gone.end = written.rules[i + 1].where.begin;
        edits.push_back({gone, ""});
      }
    }
    return edits;
  }

  Run& run_;
  std::span<const Rule* const> rules_;
  const Options& options_;
  std::vector<std::string_view> ids_;
};

}  // namespace

bool has_ended(std::string_view until, tls::Time at) {
  const auto left = days_left(until, at);
  return left && left->count() < 0;
}

void add_suppression_findings(Run& run, std::span<const Rule* const> rules, const Options& options) {
  Teller teller(run, rules, options);
  for (const WrittenSuppression& written : run.suppressions) teller.tell(written);
}

}  // namespace tlsward::lint
