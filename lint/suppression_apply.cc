// A suppression that does nothing is told, but only where this run can know: a rule that was not asked, a file that was
// not read to its end or a counterpart that was not given may be why there is no finding.
#include "lint/suppression_apply.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "lint/asked.h"
#include "lint/project.h"
#include "lint/settings_reader.h"
#include "lint/suppression_findings.h"

namespace tlsward::lint {
namespace {

constexpr std::string_view kGroup = "suppress";

bool holds_glob(std::string_view path) {
  return path.empty() || path.ends_with('/') || path.find_first_of("*?[") != std::string_view::npos;
}

class Application {
 public:
  Application(Run& run, std::span<const Rule* const> rules, const Options& options)
      : run_(run), rules_(rules), options_(options) {
    for (const JudgedFile& file : run.judged) files_.emplace(file.id, file);
  }

  void add_entries() {
    std::map<FileId, std::string> paths;
    if (!options_.ignores.empty())
      for (const auto& [id, file] : files_) paths.emplace(id, below_root(run_.sources.path(id), options_.project));
    for (const IgnoreEntry& entry : options_.ignores) {
      WrittenSuppression& written = run_.suppressions.emplace_back();
      written.in_source = false;
      written.where = entry.where;
      written.whole_file = entry.at.empty();
      written.rules.push_back({entry.rule, entry.where});
      written.reason = entry.reason;
      written.owner = entry.owner;
      written.until = entry.until;
      written.removal = entry.removal;
      bool walked = false;
      for (const auto& [id, path] : paths) {
        if (!entry.path.empty() && !matches_path(entry.path, path)) continue;
        walked = walked || !files_.at(id).named;
        cover(written, id, entry.at);
        matched_[run_.suppressions.size() - 1].push_back(id);
      }
      // Beside the files of this run the entry may be about others.
      const std::size_t index = run_.suppressions.size() - 1;
      if (walked || !holds_glob(entry.path)) wholly_seen_.insert(index);
      if (!matched_.contains(index) && is_nowhere(entry.path)) written.missed_path = entry.path;
    }
  }

  void settle() {
    for (std::size_t i = 0; i < run_.suppressions.size(); ++i) {
      for (SuppressedRule& rule : run_.suppressions[i].rules) rule.state = state_before(i, rule.id);
    }
  }

  void suppress() {
    std::map<std::string_view, std::vector<Holding>> by_rule;
    for (WrittenSuppression& written : run_.suppressions)
      for (SuppressedRule& rule : written.rules)
        if (holds(rule.state) && written.flaw == Flaw::None) by_rule[rule.id].push_back({&written, &rule});
    for (Finding& finding : run_.findings) {
      const auto holding = by_rule.find(finding.rule);
      if (holding != by_rule.end()) suppress(finding, holding->second);
    }
  }

 private:
  struct Holding {
    const WrittenSuppression* written;
    SuppressedRule* rule;
  };

  /// All that cover it are used; the narrowest is the one that is told.
  static void suppress(Finding& finding, const std::vector<Holding>& holding) {
    std::uint32_t narrowest = UINT32_MAX;
    for (const Holding& one : holding) {
      const Span* covering = covering_span(*one.written, span_of(finding));
      if (covering == nullptr) continue;
      one.rule->state = SuppressionState::Used;
      if (finding.suppressed && covering->end - covering->begin >= narrowest) continue;
      narrowest = covering->end - covering->begin;
      finding.suppressed =
          Suppression{one.written->in_source, one.written->reason, one.written->owner, one.written->until};
    }
  }

  /// A file that is there may be one that searching passes over.
  bool is_nowhere(const std::string& path) const {
    if (path.empty() || !options_.whole_project) return false;
    std::error_code none;
    return holds_glob(path) || !std::filesystem::exists(std::filesystem::path(options_.project) / path, none);
  }

  static bool holds(SuppressionState state) {
    return state != SuppressionState::Expired && state != SuppressionState::Unknown;
  }

  static const Span* covering_span(const WrittenSuppression& written, Span where) {
    const auto covers = [&](const Span& span) {
      if (!written.line) return span.contains(where);
      return span.file == where.file && span.begin <= where.begin && where.begin < span.end;
    };
    const auto found = std::find_if(written.covers.begin(), written.covers.end(), covers);
    return found == written.covers.end() ? nullptr : &*found;
  }

  void cover(WrittenSuppression& written, FileId id, const std::string& pointer) const {
    if (pointer.empty()) {
      written.covers.push_back({id, 0, static_cast<std::uint32_t>(run_.sources.text(id).size())});
      return;
    }
    for (const Document& document : run_.documents) {
      if (document.file != id) continue;
      const Span where = at_pointer(document.root, pointer);
      if (where.known()) written.covers.push_back(where);
    }
  }

  /// As if nothing were found: Unused, where the run can know that.
  SuppressionState state_before(std::size_t index, std::string_view id) const {
    const WrittenSuppression& written = run_.suppressions[index];
    const Rule* rule = rule_called(rules_, id);
    if (rule == nullptr || group(id) == kGroup) return SuppressionState::Unknown;
    if (written.flaw != Flaw::None) return SuppressionState::NotAsked;
    if (has_ended(written.until, options_.at)) return SuppressionState::Expired;
    return asked(*rule, index) ? SuppressionState::Unused : SuppressionState::NotAsked;
  }

  bool asked(const Rule& rule, std::size_t index) const {
    const auto is_asked = [&](FileId id) { return would_be_found(rule, files_.at(id), options_); };
    const WrittenSuppression& written = run_.suppressions[index];
    if (!written.missed_path.empty()) return true;
    if (written.in_source) return is_asked(written.where.file);
    const auto matched = matched_.find(index);
    return matched != matched_.end() && wholly_seen_.contains(index) &&
           std::all_of(matched->second.begin(), matched->second.end(), is_asked);
  }

  Run& run_;
  std::span<const Rule* const> rules_;
  const Options& options_;
  std::map<FileId, JudgedFile> files_;
  std::map<std::size_t, std::vector<FileId>> matched_;  // by index of an entry of .tlsward.yaml
  std::set<std::size_t> wholly_seen_;
};

}  // namespace

void apply_suppressions(Run& run, std::span<const Rule* const> rules, const Options& options) {
  Application application(run, rules, options);
  application.add_entries();
  application.settle();
  application.suppress();
  add_suppression_findings(run, rules, options);
}

}  // namespace tlsward::lint
