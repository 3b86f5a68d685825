#include "lint/baseline.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "lint/asked.h"
#include "lint/project.h"

namespace tlsward::lint {
namespace {

/// Whether a run that does not find an entry's finding may say that it is mended.
class Knowledge {
 public:
  Knowledge(const Run& run, std::span<const Rule* const> rules, const Options& options)
      : rules_(rules), options_(options) {
    for (const JudgedFile& file : run.judged)
      files_.emplace(below_root(run.sources.path(file.id), options.project), file);
    if (run.endpoints == 0) return;
    for (const ObservedEndpoint& one : options.observed)
      if (one.gap.empty()) endpoints_.insert(one.place.endpoint);
  }

  bool knows_absent(const BaselineEntry& entry) const {
    // What is not shown is not seen here either.
    if (options_.min_severity && *options_.min_severity != Severity::Info) return false;
    const Rule* rule = rule_called(rules_, entry.rule);
    if (rule == nullptr) return true;
    if (entry.endpoint) return endpoints_.contains(entry.path) && was_asked(*rule, options_);
    const auto file = files_.find(entry.path);
    if (file != files_.end()) return would_be_found(*rule, file->second, options_);
    std::error_code problem;
    return !std::filesystem::exists(std::filesystem::path(options_.project) / entry.path, problem) && !problem;
  }

 private:
  std::span<const Rule* const> rules_;
  const Options& options_;
  std::map<std::string, JudgedFile> files_;
  std::set<std::string> endpoints_;
};

}  // namespace

BaselineOutcome apply_baseline(Run& run, std::vector<BaselineEntry> entries, std::span<const Rule* const> rules,
                               const Options& options) {
  std::map<std::pair<std::string, std::string>, bool> found;  // by rule and fingerprint
  for (const BaselineEntry& entry : entries) found.emplace(std::pair(entry.rule, entry.fingerprint), false);
  const std::vector<Identity> all = identities(run, options.project);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto known = found.find({std::string(all[i].rule), all[i].fingerprint});
    if (known == found.end()) continue;
    known->second = true;
    run.findings[i].baseline = !run.findings[i].suppressed;
  }
  const Knowledge knowledge(run, rules, options);
  BaselineOutcome outcome;
  for (BaselineEntry& entry : entries) {
    const bool there = found.at({entry.rule, entry.fingerprint});
    auto& side = there || !knowledge.knows_absent(entry) ? outcome.kept : outcome.left_over;
    side.push_back(std::move(entry));
  }
  return outcome;
}

}  // namespace tlsward::lint
