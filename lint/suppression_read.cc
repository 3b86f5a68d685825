// Comments of YAML and "@comment" members (KrakenD's habit; in JSON there is nothing else). What was meant as one and
// stands elsewhere suppresses nothing, and is told. A file that does not hold
// the word is not looked through.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "lint/edit.h"
#include "lint/suppression.h"

namespace tlsward::lint {
namespace {

constexpr std::string_view kCommentKey = "@comment";
/// How people write the name: only the first is understood, the others are told.
constexpr std::array<std::string_view, 4> kNames = {"tlsward", "TLSWARD", "Tlsward", "TLSward"};

bool may_speak(std::string_view text) {
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

/// Each takes a walk through the document; what is beyond them gets no fix.
constexpr std::size_t kRemovals = 1000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Span part(Span of, std::size_t begin, std::size_t end) {
  return {of.file, static_cast<std::uint32_t>(of.begin + begin), static_cast<std::uint32_t>(of.begin + end)};
}

Span entry_of(const Member& member) {
  Span entry = member.key_where;
  entry.end = std::max(entry.end, member.value.where.end);
  return entry;
}

/// Adds every member and item that stands in the text itself, outer ones before those that begin with them.
void add_entries(const Node& node, std::vector<Span>& entries) {
  for (const Node& item : node.items) {
    if (item.used_at.known()) continue;
    entries.push_back(item.where);
    add_entries(item, entries);
  }
  for (const Member& member : node.members) {
    if (member.merged) continue;
    entries.push_back(entry_of(member));
    if (!member.value.used_at.known()) add_entries(member.value, entries);
  }
}

bool begins_before(const Span& a, const Span& b) {
  return a.begin < b.begin;
}

class Collector {
 public:
  Collector(const SourceMap& sources, FileId file) : text_(sources.text(file)), file_(file) {}

  void read(const Document& document, bool first) {
    entries_.clear();
    for (const Comment& comment : document.comments) add_comment(document, comment, first);
    add_members(document, document.root, whole_file());
    add_block_scalars(document);
  }

  std::vector<WrittenSuppression> take() {
    std::stable_sort(found_.begin(), found_.end(), [](const WrittenSuppression& a, const WrittenSuppression& b) {
      return a.where.begin < b.where.begin;
    });
    return std::move(found_);
  }

 private:
  Span whole_file() const { return {file_, 0, static_cast<std::uint32_t>(text_.size())}; }

  /// `place`: of the text that was parsed, byte for byte, or of something round it (`exact` is false).
  WrittenSuppression& add(SuppressionText parsed, std::string_view text, Span where, Span place, bool exact) {
    WrittenSuppression& written = found_.emplace_back();
    written.where = where;
    written.whole_file = parsed.whole_file;
    for (const TextPart& id : parsed.ids)
      written.rules.push_back(
          {std::string(text.substr(id.begin, id.end - id.begin)), exact ? part(place, id.begin, id.end) : where});
    written.reason = std::move(parsed.reason);
    written.owner = std::move(parsed.owner);
    written.until = std::move(parsed.until);
    written.flaw = parsed.flaw;
    written.problem = std::move(parsed.problem);
    return written;
  }

  void add_comment(const Document& document, const Comment& comment, bool first) {
    std::string_view text = comment.text;
    while (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty()) return;
    const std::vector<std::size_t> begins = suppressions_in(text);
    if (begins.empty()) return tell_misplaced(comment, text);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const bool last = i + 1 == begins.size();
      add_suppression(document, comment, text.substr(0, last ? text.size() : begins[i + 1]), begins[i], last, first);
    }
  }

  /// Where in a comment suppressions begin with their `#`. They may stand behind another comment in the same line, or
  /// behind one another: "# legacy  # tlsward: ignore[…]".
  static std::vector<std::size_t> suppressions_in(std::string_view comment) {
    std::vector<std::size_t> begins;
    for (std::size_t begin = 0; begin != std::string_view::npos;) {
      if (parse_suppression(comment.substr(begin + 1))) begins.push_back(begin);
      begin = comment.find(" #", begin + 1);
      if (begin != std::string_view::npos) ++begin;
    }
    return begins;
  }

  void tell_misplaced(const Comment& comment, std::string_view text) {
    const std::size_t at = find_suppression(text);
    if (at == std::string_view::npos) return;
    WrittenSuppression& written = found_.emplace_back();
    written.where = part(comment.where, at, text.size());
    written.flaw = Flaw::Malformed;
    written.problem = "nothing is suppressed: 'tlsward:' does not begin a comment; write '# tlsward: ignore[…]'";
  }

  /// `text`: the comment up to the end of the suppression that begins at `begin`, which is the last one in the line or
  /// not.
  void add_suppression(const Document& document, const Comment& comment, std::string_view text, std::size_t begin,
                       bool last, bool first) {
    const std::size_t end = text.find_last_not_of(" \t\r") + 1;
    const Span where = part(comment.where, begin, end);
    WrittenSuppression& written = add(*parse_suppression(text.substr(begin + 1)), text.substr(begin + 1), where,
                                      part(comment.where, begin + 1, end), true);
    const std::size_t line = line_begin(where.begin);
    const std::string_view before = text_.substr(line, comment.where.begin - line);
    const bool own_line = before.find_first_not_of(" \t") == std::string_view::npos || before == kByteOrderMark;
    if (!last && begin == 0 && own_line)
      written.removal = {{part(comment.where, 0, text.size()), ""}};
    else if (begin == 0 && own_line && before != kByteOrderMark)
      written.removal = {{Span{file_, static_cast<std::uint32_t>(line), line_end(where.end)}, ""}};
    else
      written.removal = {{trimmed_before(where, line), ""}};
    if (written.whole_file) return cover_file(written, document, first);
    if (own_line) return cover_next(written, document);
    written.line = true;
    written.covers = {{file_, static_cast<std::uint32_t>(line), where.end}};
  }

  void cover_file(WrittenSuppression& written, const Document& document, bool first) const {
    const bool on_top = first && written.where.begin < document.root.where.begin;
    if (on_top) {
      written.covers = {whole_file()};
    } else if (written.flaw == Flaw::None) {
      written.flaw = Flaw::Malformed;
      written.problem = "ignore-file stands behind the first content, where it suppresses nothing; move it to the top";
    }
  }

  void cover_next(WrittenSuppression& written, const Document& document) {
    if (entries_.empty()) {
      add_entries(document.root, entries_);
      std::stable_sort(entries_.begin(), entries_.end(), begins_before);
    }
    const auto next =
        std::lower_bound(entries_.begin(), entries_.end(), Span{file_, written.where.end, 0}, begins_before);
    if (next != entries_.end()) written.covers = {*next};
  }

  /// `covered`: the object with its key.
  void add_members(const Document& document, const Node& node, Span covered) {
    for (const Node& item : node.items)
      if (!item.used_at.known()) add_members(document, item, item.where);
    for (const Member& member : node.members) {
      if (member.merged || member.value.used_at.known()) continue;
      if (member.key == kCommentKey) {
        add_text(document, member.value, covered);
        for (const Node& item : member.value.items) add_text(document, item, covered);
      } else {
        tell_value(member.value);
        for (const Node& item : member.value.items) tell_value(item);
        add_members(document, member.value, entry_of(member));
      }
    }
  }

  void add_text(const Document& document, const Node& value, Span covered) {
    if (!value.is_text()) return;
    auto parsed = parse_suppression(value.scalar);
    const std::size_t one = find_suppression(value.scalar);
    const bool misplaced =
        one != std::string_view::npos && (!parsed || find_suppression(value.scalar, one + 1) != std::string_view::npos);
    if (misplaced) return tell_misplaced_text(value);
    if (!parsed) return;
    const std::string_view raw = text_.substr(value.where.begin, value.where.end - value.where.begin);
    const std::size_t at = raw.find(value.scalar);
    const bool exact = at != std::string_view::npos;
    const Span place = exact ? part(value.where, at, at + value.scalar.size()) : value.where;
    WrittenSuppression& written = add(std::move(*parsed), value.scalar, value.where, place, exact);
    written.covers = {written.whole_file ? whole_file() : covered};
    if (written.whole_file && covered != whole_file() && written.flaw == Flaw::None) {
      written.flaw = Flaw::Malformed;
      written.problem =
          "ignore-file stands in an object below the first, where it suppresses nothing; move it to the top";
    }
    if (++removals_ > kRemovals) return;
    if (auto edits = removal(text_, document, {value.where})) written.removal = std::move(*edits);
  }

  void tell_misplaced_text(const Node& value) {
    WrittenSuppression& written = found_.emplace_back();
    written.where = value.where;
    written.flaw = Flaw::Malformed;
    written.problem =
        "nothing is suppressed: each text of \"@comment\" begins with 'tlsward:' and holds one suppression; for more "
        "it "
        "takes a list of texts";
  }

  /// A value that is no comment, such as that of "_comment". Block scalars are looked at by themselves.
  void tell_value(const Node& value) {
    if (!value.is_text() || value.used_at.known() || value.style == Style::Literal || value.style == Style::Folded)
      return;
    if (find_suppression(value.scalar) == std::string_view::npos) return;
    WrittenSuppression& written = found_.emplace_back();
    written.where = value.where;
    written.flaw = Flaw::NoComment;
    written.problem =
        "this is a value, no comment, and suppresses nothing; a suppression stands in \"@comment\", or in a comment of "
        "YAML";
  }

  void add_block_scalars(const Document& document) {
    walk(document.root, [&](const Node& node) {
      if ((node.style != Style::Literal && node.style != Style::Folded) || node.used_at.known()) return;
      const std::string_view raw = text_.substr(node.where.begin, node.where.end - node.where.begin);
      for (std::size_t at = raw.find('#'); at != std::string_view::npos; at = raw.find('#', at + 1)) {
        const std::size_t end = std::min(raw.find('\n', at), raw.size());
        auto parsed = parse_suppression(raw.substr(at + 1, end - at - 1));
        if (!parsed) continue;
        const Span where = part(node.where, at, end);
        WrittenSuppression& written =
            add(std::move(*parsed), raw.substr(at + 1), where, part(where, 1, end - at), true);
        written.flaw = Flaw::NoComment;
        written.problem = "this is text of a block scalar, no comment, and suppresses nothing";
      }
    });
  }

  std::size_t line_begin(std::size_t at) const {
    const std::size_t line_break = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return line_break == std::string_view::npos ? 0 : line_break + 1;
  }

  /// Behind the line break.
  std::uint32_t line_end(std::size_t at) const {
    const std::size_t line_break = text_.find('\n', at);
    return static_cast<std::uint32_t>(line_break == std::string_view::npos ? text_.size() : line_break + 1);
  }

  /// The comment with the blanks in front of it.
  Span trimmed_before(Span where, std::size_t line) const {
    while (where.begin > line && (text_[where.begin - 1] == ' ' || text_[where.begin - 1] == '\t')) --where.begin;
    return where;
  }

  std::string_view text_;
  FileId file_;
  std::vector<Span> entries_;  // of the document that is read, by their begin; filled when first needed
  std::size_t removals_ = 0;
  std::vector<WrittenSuppression> found_;
};

std::string unescaped(std::string_view token) {
  std::string result;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const std::string_view two = token.substr(i, 2);
    if (two == "~0" || two == "~1") ++i;
    result += two == "~0" ? '~' : two == "~1" ? '/' : token[i];
  }
  return result;
}

const Node* item_at(const Node& list, std::string_view token) {
  std::size_t index = 0;
  const auto [stop, problem] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (problem != std::errc() || stop != token.data() + token.size() || index >= list.items.size()) return nullptr;
  return &list.items[index];
}

}  // namespace

std::string_view name(SuppressionState state) {
  switch (state) {
    case SuppressionState::Used:
      return "used";
    case SuppressionState::Unused:
      return "unused";
    case SuppressionState::Expired:
      return "expired";
    case SuppressionState::Unknown:
      return "unknown";
    case SuppressionState::NotAsked:
      break;
  }
  return "not asked";
}

std::vector<WrittenSuppression> read_suppressions(const SourceMap& sources, FileId file,
                                                  std::span<const Document> documents) {
  if (!may_speak(sources.text(file))) return {};
  Collector collector(sources, file);
  for (const Document& document : documents) collector.read(document, document.index == 0);
  return collector.take();
}

Span at_pointer(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  Span where = root.where;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return {};
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string token = unescaped(pointer.substr(1, end - 1));
    pointer.remove_prefix(end);
    if (node->is_list()) {
      node = item_at(*node, token);
      if (node == nullptr) return {};
      where = node->where;
      continue;
    }
    const Member* member = node->find_member(token);
    if (member == nullptr) return {};
    node = &member->value;
    where = entry_of(*member);
  }
  return where;
}

}  // namespace tlsward::lint
