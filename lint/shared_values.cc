#include "lint/shared_values.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace tlsward::lint {
namespace {

using Spans = std::vector<Span>;

/// The texts in documents that several places share.
class SharedSpans {
 public:
  void add(const Node& root) {
    look_at(root);
    for (const auto& [used_at, hull] : merged_) texts.push_back(hull);
    merged_.clear();
  }

  Spans texts;
  /// Each `*name` that stands for a list or a map, also behind `<<`.
  Spans whole;

 private:
  void look_at(const Node& node) {
    if (node.used_at.known()) texts.push_back(node.where);
    if (node.used_at.known() && !node.is_scalar()) whole.push_back(node.used_at);
    for (const Node& item : node.items) look_at(item);
    for (const Member& member : node.members) {
      if (member.merged) add_merged(member);
      look_at(member.value);
    }
  }

  /// All that one `<<` brings in, so that a member that is added to it is seen too.
  void add_merged(const Member& member) {
    const Span written{member.key_where.file, member.key_where.begin,
                       std::max(member.key_where.end, member.value.where.end)};
    whole.push_back(member.value.used_at);
    const auto [hull, added] = merged_.try_emplace(member.value.used_at.begin, written);
    if (added) return;
    hull->second.begin = std::min(hull->second.begin, written.begin);
    hull->second.end = std::max(hull->second.end, written.end);
  }

  std::map<std::uint32_t, Span> merged_;  // by the place of the `<<`
};

bool is_before(const Span& a, const Span& b) {
  return std::tie(a.file, a.begin) < std::tie(b.file, b.begin);
}

/// A text that is written once, and a place that uses it.
struct Use {
  Span text;
  Span used_at;
};

void add_uses(const Node& node, std::vector<Use>& uses) {
  if (node.used_at.known()) uses.push_back({node.where, node.used_at});
  for (const Node& item : node.items) add_uses(item, uses);
  for (const Member& member : node.members) {
    if (member.merged)
      uses.push_back(
          {{member.key_where.file, member.key_where.begin, std::max(member.key_where.end, member.value.where.end)},
           member.value.used_at});
    add_uses(member.value, uses);
  }
}

constexpr std::size_t kMostUses = 3;

/// A text of one file with the first places that use it.
struct SharedText {
  Span text;
  Spans used_at;
  std::optional<std::size_t> round;  // the nearest shared text that it lies in
};

/// In the order of the file, what lies round before what lies inside.
std::vector<SharedText> nested(std::vector<Use> uses) {
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
    return std::tie(a.text.begin, b.text.end, a.used_at.begin) < std::tie(b.text.begin, a.text.end, b.used_at.begin);
  });
  std::vector<SharedText> texts;
  std::vector<std::size_t> open;
  for (const Use& use : uses) {
    if (!use.used_at.known()) continue;
    if (texts.empty() || !(texts.back().text == use.text)) {
      while (!open.empty() && texts[open.back()].text.end < use.text.end) open.pop_back();
      texts.push_back({use.text, {}, open.empty() ? std::nullopt : std::optional(open.back())});
      open.push_back(texts.size() - 1);
    }
    Spans& used_at = texts.back().used_at;
    const bool again = !used_at.empty() && used_at.back() == use.used_at;
    if (!again && used_at.size() < kMostUses) used_at.push_back(use.used_at);
  }
  return texts;
}

void label_uses(Finding& finding, const std::vector<SharedText>& texts) {
  const Span where = span_of(finding);
  const auto behind = std::partition_point(texts.begin(), texts.end(),
                                           [&](const SharedText& shared) { return shared.text.begin <= where.begin; });
  if (behind == texts.begin()) return;
  std::set<std::uint32_t> labelled;
  for (std::optional<std::size_t> at = static_cast<std::size_t>(behind - texts.begin()) - 1; at;
       at = texts[*at].round) {
    if (where.end > texts[*at].text.end) continue;
    for (const Span& used_at : texts[*at].used_at) {
      if (labelled.size() == kMostUses) return;
      if (labelled.insert(used_at.begin).second) finding.related.push_back({used_at, "used here"});
    }
  }
}

/// In order, none inside another.
Spans united(Spans spans) {
  std::sort(spans.begin(), spans.end(), is_before);
  Spans result;
  for (const Span& span : spans) {
    const bool meets = !result.empty() && result.back().file == span.file && span.begin <= result.back().end;
    if (meets)
      result.back().end = std::max(result.back().end, span.end);
    else
      result.push_back(span);
  }
  return result;
}

/// Also where it ends right before one or begins right behind it.
bool touches(const Edit& edit, const Spans& shared) {
  const auto next = std::partition_point(shared.begin(), shared.end(), [&](const Span& span) {
    return std::tie(span.file, span.end) < std::tie(edit.where.file, edit.where.begin);
  });
  return next != shared.end() && next->file == edit.where.file && next->begin <= edit.where.end;
}

/// Puts one value in the place of an alias for many.
bool flattens(const Edit& edit, const Spans& whole) {
  const auto found = std::lower_bound(whole.begin(), whole.end(), edit.where, is_before);
  return !edit.text.empty() && found != whole.end() && *found == edit.where;
}

}  // namespace

void drop_fixes_of_shared_values(std::vector<Finding>& findings, const std::deque<Document>& documents) {
  std::set<FileId> fixed;
  for (const Finding& finding : findings) {
    if (!finding.fix) continue;
    for (const Edit& edit : finding.fix->edits) fixed.insert(edit.where.file);
  }
  SharedSpans shared;
  for (const Document& document : documents) {
    if (document.format == Format::Yaml && fixed.contains(document.file)) shared.add(document.root);
  }
  if (shared.texts.empty()) return;
  const Spans texts = united(std::move(shared.texts));
  std::sort(shared.whole.begin(), shared.whole.end(), is_before);
  for (Finding& finding : findings) {
    const auto is_shared = [&](const Edit& edit) { return touches(edit, texts) || flattens(edit, shared.whole); };
    if (finding.fix && std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(), is_shared))
      finding.fix.reset();
  }
}

void label_uses_of_shared_values(std::vector<Finding>& findings, const std::deque<Document>& documents) {
  std::map<FileId, std::vector<Use>> uses;
  for (const Document& document : documents) {
    if (document.format == Format::Yaml) add_uses(document.root, uses[document.file]);
  }
  std::map<FileId, std::vector<SharedText>> texts;
  for (auto& [file, of_file] : uses) texts.emplace(file, nested(std::move(of_file)));
  for (Finding& finding : findings) {
    const auto of_file = texts.find(span_of(finding).file);
    if (of_file != texts.end() && span_of(finding).known()) label_uses(finding, of_file->second);
  }
}

}  // namespace tlsward::lint
