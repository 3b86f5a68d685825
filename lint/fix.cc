#include "lint/fix.h"

#include <algorithm>
#include <map>
#include <utility>

#include "lint/edit.h"

namespace tlsward::lint {
namespace {

bool is_wanted(const Finding& finding, bool unsafe) {
  if (!counts(finding) || !finding.fix || finding.fix->edits.empty()) return false;
  return unsafe || (finding.fix->safe && finding.confidence == Confidence::High);
}

/// True also where they only touch: two insertions at one place do not know of each other.
bool touch(const Span& a, const Span& b) {
  return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

bool is_free(const Fix& fix, const std::map<FileId, std::vector<Edit>>& taken) {
  return std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    const auto edits = taken.find(edit.where.file);
    return edits != taken.end() && std::any_of(edits->second.begin(), edits->second.end(),
                                               [&](const Edit& other) { return touch(edit.where, other.where); });
  });
}

}  // namespace

FixRound make_fixes(const Run& run, bool unsafe) {
  FixRound round;
  std::map<FileId, std::vector<Edit>> edits;
  for (const Finding& finding : run.findings) {
    if (!is_wanted(finding, unsafe) || !is_free(*finding.fix, edits)) continue;
    for (const Edit& edit : finding.fix->edits) edits[edit.where.file].push_back(edit);
    ++round.fixes;
  }
  for (auto& [file, of_file] : edits) {
    const std::string_view before = run.sources.text(file);
    std::optional<std::string> after = apply_edits(before, std::move(of_file));
    if (after && *after != before) round.files.push_back({run.sources.path(file), std::move(*after)});
  }
  return round;
}

}  // namespace tlsward::lint
