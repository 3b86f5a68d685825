#include "lint/fix.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/yaml.h"
#include "lint/edit.h"
#include "lint/text_scan.h"

namespace tlsward::lint {
namespace {

/// False where every edit writes what stands there.
bool changes_something(const Fix& fix, const SourceMap& sources) {
  return std::any_of(fix.edits.begin(), fix.edits.end(),
                     [&](const Edit& edit) { return sources.text(edit.where) != edit.text; });
}

bool is_wanted(const Finding& finding, bool unsafe) {
  if (!counts(finding) || !finding.fix || finding.fix->edits.empty()) return false;
  return unsafe || finding.fix->safe;
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

bool is_within(const Fix& fix, const std::set<FileId>& files) {
  return std::all_of(fix.edits.begin(), fix.edits.end(),
                     [&](const Edit& edit) { return files.contains(edit.where.file); });
}

bool is_left_over(const Finding& finding, FileId file) {
  return finding.rule == "suppress/unused" && span_of(finding).file == file && is_wanted(finding, false);
}

/// A comment on a line of its own between the entries: it may be about more than the next one.
bool stands_between(const Comment& comment, const Node& list, const std::vector<Span>& entries, const Scanner& scan) {
  const auto is_in = [&](const Span& span) {
    return span.begin <= comment.where.begin && comment.where.begin < span.end;
  };
  const bool above = comment.where.begin < list.where.begin;
  return scan.starts_line(comment.where.begin) && (above || is_in(list.where)) &&
         std::none_of(entries.begin(), entries.end(), is_in);
}

/// The entries; where they are all of `ignore`, that member, so that no empty list stays, unless comments would go with
/// it. As the only member it keeps its list: a file without any would be no map.
std::vector<Span> what_goes(const Document& document, std::vector<Span> entries, const Scanner& scan) {
  const Node& root = document.root;
  const Member* ignore = root.find_member("ignore");
  if (ignore == nullptr || root.members.size() == 1 || ignore->value.items.size() != entries.size()) return entries;
  const bool commented = std::any_of(document.comments.begin(), document.comments.end(), [&](const Comment& comment) {
    return ignore->key_where.end <= comment.where.begin && stands_between(comment, ignore->value, entries, scan);
  });
  if (commented) return entries;
  return {ignore->key_where};
}

}  // namespace

FixRound make_fixes(const Run& run, bool unsafe) {
  FixRound round;
  std::set<FileId> judged;
  for (const JudgedFile& file : run.judged) judged.insert(file.id);
  std::map<FileId, std::vector<Edit>> edits;
  for (const Finding& finding : run.findings) {
    if (!is_wanted(finding, unsafe) || !is_within(*finding.fix, judged) || !is_free(*finding.fix, edits) ||
        !changes_something(*finding.fix, run.sources))
      continue;
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

std::optional<FixedFile> fix_configuration(Run& run, FileId file) {
  std::vector<Span> entries;
  for (const Finding& finding : run.findings) {
    if (is_left_over(finding, file)) entries.push_back(span_of(finding));
  }
  if (entries.empty()) return std::nullopt;
  const ReadFile read = read_yaml(run.sources, file);
  if (read.documents.empty()) return std::nullopt;
  const std::string_view before = run.sources.text(file);
  const Document& document = read.documents.front();
  std::optional<std::vector<Edit>> edits =
      removal(before, document, what_goes(document, std::move(entries), Scanner(before)));
  if (!edits) return std::nullopt;
  std::optional<std::string> after = apply_edits(before, std::move(*edits));
  if (!after) return std::nullopt;
  std::erase_if(run.findings, [&](const Finding& finding) { return is_left_over(finding, file); });
  return FixedFile{run.sources.path(file), std::move(*after)};
}

}  // namespace tlsward::lint
