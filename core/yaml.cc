// yaml-cpp tells in events what it reads and gives the place where each node starts, in bytes from where its input
// starts (measured with 0.7.0). This turns the events into a tree with exact spans: where a node ends is found in the
// text (yaml_scan.h), the rest follows from the order of things.
//
// Each document of a file is given to yaml-cpp on its own, so a broken one does not hide those behind it.
#include "core/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/json.h"
#include "core/template.h"
#include "core/text_check.h"
#include "core/tree_builder.h"
#include "core/yaml_error.h"
#include "core/yaml_scan.h"

namespace tlsward {
namespace {

/// What one reading works on. `parsed` is `original`, or a copy of the same length without templates.
struct Input {
  FileId file = 0;
  std::string_view original;
  std::string_view parsed;
  const std::vector<TemplateUse>* templates = nullptr;
};

/// Lets yaml-cpp read a text without a copy of it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // the get area of a streambuf is not const, but never written to
    setg(begin, begin, begin + text.size());
  }
};

/// Leaves yaml-cpp's parser; the error is recorded already.
struct Stop {};

/// Nodes that aliases of this file have added so far.
struct AliasBudget {
  std::size_t used = 0;
  bool exceeded = false;
};

class DocumentReader : public YAML::EventHandler {
 public:
  DocumentReader(const Input& input, DocumentExtent extent, const Limits& limits, AliasBudget& budget,
                 Document& document, std::vector<SyntaxError>& errors)
      : input_(input),
        text_(input.parsed.substr(0, extent.end)),
        extent_(extent),
        limits_(limits),
        budget_(budget),
        document_(document),
        errors_(errors),
        builder_(document, std::clamp<std::size_t>(extent.end - extent.begin, 1024, std::size_t{1} << 20)),
        cursor_(extent.begin) {}

  void read() {
    ViewBuffer buffer(text_.substr(extent_.begin));
    std::istream stream(&buffer);
    bool whole = true;
    try {
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(*this)) continue;
    } catch (const Stop&) {
      whole = false;
    } catch (const YAML::Exception& exception) {
      whole = false;
      note(exception);
    }
    if (!whole) builder_.abandon(offset(cursor_));
    look_between(whole ? extent_.end : cursor_);
  }

  bool found_something() const { return builder_.has_root(); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!builder_.has_root()) {
      if (text_.substr(place(mark)).starts_with("---")) cursor_ = place(mark) + 3;
      return;
    }
    fail(span_at(input_.file, place(mark), 1), "found more after the end of the document, expected '---' or nothing");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = behind_properties(place(mark));
    if (is_written_null(mark, begin)) return plain(begin, text_at_null(begin), "?", anchor);
    empty(mark, NodeKind::Null, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t begin = behind_properties(place(mark));
    const char first = begin < text_.size() ? text_[begin] : '\n';
    const bool is_plain = tag == "?" || (tag != "!" && first != '"' && first != '\'' && first != '|' && first != '>');
    if (is_plain && value.empty()) return empty(mark, kind_of_tag(tag, ""), anchor);
    if (first == '"' || first == '\'') return quoted(begin, value, tag, anchor);
    if (first == '|' || first == '>') return block(begin, value, tag, anchor);
    plain(begin, value, tag, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = place(mark);
    const Span where = span_at(input_.file, begin, alias_end(text_, begin) - begin);
    cursor_ = where.end;
    Closed copy = anchored(where, anchor);
    put(copy.node, copy.size, where);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(mark, NodeKind::List, anchor, style);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(mark, NodeKind::Map, anchor, style);
  }
  void OnMapEnd() override { end(); }

 private:
  /// What this adds to the builder's idea of an open container.
  struct Frame {
    std::size_t begin = 0;
    YAML::anchor_t anchor = 0;
    bool bracketed = false;
    bool is_key = false;
    bool merges = false;
  };

  std::size_t place(const YAML::Mark& mark) const {
    if (mark.pos < 0) return cursor_;
    return std::min(extent_.begin + static_cast<std::size_t>(mark.pos), text_.size());
  }
  std::uint32_t offset(std::size_t at) const { return static_cast<std::uint32_t>(at); }
  bool wants_key() { return builder_.depth() > 0 && builder_.top().is_map() && !builder_.awaits_value(); }

  std::size_t behind_properties(std::size_t at) const {
    for (std::size_t end = property_end(text_, at); end != at; end = property_end(text_, at)) at = skip_gap(text_, end);
    return at;
  }

  // ---- scalars

  void quoted(std::size_t begin, const std::string& value, const std::string& tag, YAML::anchor_t anchor) {
    const std::optional<std::size_t> end = quoted_end(text_, begin);
    if (!end) {
      const std::string_view name = text_[begin] == '"' ? "double" : "single";
      fail(span_at(input_.file, begin, 1),
           fmt::format("{}-quoted text is not closed, expected {} before the end of the document", name, text_[begin]));
    }
    const Style style = text_[begin] == '"' ? Style::DoubleQuoted : Style::SingleQuoted;
    const std::string_view written = input_.original.substr(begin, *end - begin);
    Node node = scalar(begin, *end, style, written.substr(1, written.size() - 2), value);
    node.kind = kind_of_tag(tag, node.scalar, NodeKind::Text);
    scalars_.push_back(node.where);
    finish(node, anchor);
  }

  void block(std::size_t begin, const std::string& value, const std::string& tag, YAML::anchor_t anchor) {
    const std::size_t end = block_scalar_end(text_, begin, block_column());
    const Style style = text_[begin] == '|' ? Style::Literal : Style::Folded;
    Node node = scalar(begin, end, style, value, value);
    node.kind = kind_of_tag(tag, node.scalar, NodeKind::Text);
    // The comment that may stand behind the indicators is outside of the text.
    const std::size_t content = std::min(text_.find('\n', begin), end);
    scalars_.push_back(span_at(input_.file, content, end - content));
    finish(node, anchor);
  }

  void plain(std::size_t begin, const std::string& value, const std::string& tag, YAML::anchor_t anchor) {
    const std::size_t end = plain_end(text_, begin, value);
    Node node = scalar(begin, end, Style::Plain, input_.original.substr(begin, end - begin), value);
    node.kind = node.unresolved ? NodeKind::Text : kind_of_tag(tag, node.scalar, core_schema_kind(node.scalar));
    scalars_.push_back(node.where);
    finish(node, anchor);
  }

  /// A scalar between two offsets. `raw` is its text as written, `value` as yaml-cpp has decoded it.
  Node scalar(std::size_t begin, std::size_t end, Style style, std::string_view raw, const std::string& value) {
    cursor_ = end;
    Node node{.kind = NodeKind::Text, .style = style, .where = span_at(input_.file, begin, end - begin)};
    node.unresolved = input_.templates && holds_template(input_.original.substr(begin, end - begin));
    const bool in_block = style == Style::Literal || style == Style::Folded;
    if (node.unresolved && !in_block) {
      node.scalar = raw;
    } else {
      node.scalar = !in_block && raw == value ? raw : builder_.keep(value);
    }
    return node;
  }

  /// Column of the innermost block collection, -1 for none.
  int block_column() const {
    const auto frame = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& f) { return !f.bracketed; });
    return frame == frames_.rend() ? -1 : column_of(text_, frame->begin);
  }

  /// The kind that an explicit tag asks for; `otherwise` where there is none.
  static NodeKind kind_of_tag(const std::string& tag, std::string_view text, NodeKind otherwise = NodeKind::Text) {
    if (tag == "?" || (tag == "!" && otherwise == NodeKind::Text)) return otherwise;
    if (tag == "tag:yaml.org,2002:null") return NodeKind::Null;
    if (tag == "tag:yaml.org,2002:bool") return NodeKind::Bool;
    const bool number = tag == "tag:yaml.org,2002:int" || tag == "tag:yaml.org,2002:float";
    return number && is_core_schema_number(text) ? NodeKind::Number : NodeKind::Text;
  }

  // ---- nulls

  /// yaml-cpp reports a null that stands there and one that does not in the same way, the latter with the place of what
  /// comes next. It stands there if the text says so, and if what stands there is not the next key.
  bool is_written_null(const YAML::Mark& mark, std::size_t begin) {
    if (place(mark) < cursor_ || !spells_null(text_, begin)) return false;
    if (wants_key()) return true;
    return !is_followed_by_colon(text_, begin + text_at_null(begin).size());
  }

  std::string text_at_null(std::size_t begin) const {
    return text_[begin] == '~' ? "~" : std::string(text_.substr(begin, 4));
  }

  /// A node of which nothing is written.
  void empty(const YAML::Mark& mark, NodeKind kind, YAML::anchor_t anchor) {
    const std::size_t at = place_of_empty(place(mark));
    cursor_ = at;
    Node node{.kind = kind, .where = span_at(input_.file, at)};
    take_template_for(node);
    finish(node, anchor);
  }

  std::size_t place_of_empty(std::size_t mark) const {
    if (mark >= cursor_ && property_end(text_, mark) != mark) return end_of_properties(mark);
    const std::size_t next = skip_gap(text_, cursor_);
    const char c = next < text_.size() ? text_[next] : '\n';
    if (builder_.depth() == 0) return cursor_;
    if (builder_.awaits_value()) return c == ':' ? next + 1 : cursor_;
    const bool in_block_list = !frames_.back().bracketed && builder_.top().is_list();
    if (in_block_list && c == '-') return next + 1;
    return std::clamp(mark, cursor_, text_.size());
  }

  std::size_t end_of_properties(std::size_t at) const {
    std::size_t end = at;
    while (property_end(text_, at) != at) {
      end = property_end(text_, at);
      at = skip_gap(text_, end);
    }
    return end;
  }

  /// `key:` with nothing behind it but a template on a line of its own: the template is the value.
  void take_template_for(Node& node) {
    if (!input_.templates || !builder_.awaits_value()) return;
    const auto uses = uses_between(cursor_, skip_gap(text_, cursor_));
    const auto first =
        std::find_if(uses.begin(), uses.end(), [&](const TemplateUse& use) { return writes_output(use); });
    if (first == uses.end()) return;
    node = {.kind = NodeKind::Text,
            .unresolved = true,
            .where = span_at(input_.file, first->begin, uses.back().end - first->begin)};
    node.scalar = input_.original.substr(node.where.begin, node.where.end - node.where.begin);
    cursor_ = node.where.end;
  }

  // ---- templates

  std::span<const TemplateUse> uses_between(std::size_t begin, std::size_t end) const {
    const auto before = [](const TemplateUse& use, std::size_t at) { return use.begin < at; };
    const auto& all = *input_.templates;
    const auto first = std::lower_bound(all.begin(), all.end(), begin, before);
    const auto last = std::lower_bound(first, all.end(), end, before);
    return {first, last};
  }

  bool writes_output(const TemplateUse& use) const {
    return use.role == TemplateRole::Block &&
           !is_control_template(input_.original.substr(use.begin, use.end - use.begin));
  }

  /// True where a block template stands in the container between `begin` and `end`, or behind it where it may still
  /// belong to it. One that stands inside of an inner container counts for that one only.
  bool holds_block(std::size_t begin, std::size_t end) {
    if (!input_.templates) return false;
    claimed_.resize(input_.templates->size());
    bool found = false;
    for (const TemplateUse& use : uses_between(begin, end)) {
      const auto number = static_cast<std::size_t>(&use - input_.templates->data());
      found = found || (use.role == TemplateRole::Block && !claimed_[number]);
      claimed_[number] = true;
    }
    const auto behind = uses_between(end, skip_gap(text_, end));
    return found ||
           std::any_of(behind.begin(), behind.end(), [&](const TemplateUse& use) { return writes_output(use); });
  }

  // ---- containers

  void start(const YAML::Mark& mark, NodeKind kind, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    const std::size_t begin = behind_properties(place(mark));
    const char c = begin < text_.size() ? text_[begin] : '\n';
    // `[{a: 1}: 2]` is a list of one map without brackets of its own, whose first key is a map with them.
    const bool bracketed = style == YAML::EmitterStyle::Flow && (c == '{' || c == '[');
    if (bracketed && !frames_.empty() && frames_.back().begin == begin) frames_.back().bracketed = false;
    if (builder_.depth() >= limits_.nesting) {
      fail(span_at(input_.file, begin, 1),
           fmt::format("nesting is deeper than the limit of {} levels", limits_.nesting));
    }
    const bool is_key = wants_key();
    builder_.open({.kind = kind, .where = span_at(input_.file, begin)}, is_key);
    frames_.push_back({.begin = begin, .anchor = anchor, .bracketed = bracketed, .is_key = is_key});
    if (anchor != 0) anchors_.resize(std::max(anchors_.size(), anchor + 1));
    if (bracketed) cursor_ = begin + 1;
  }

  void end() {
    const Frame frame = frames_.back();
    if (frame.bracketed) cursor_ = behind_bracket(cursor_);
    if (frame.merges) merge();
    const bool open = holds_block(frame.begin, cursor_);
    frames_.pop_back();
    const Closed closed = builder_.close(offset(std::max(cursor_, frame.begin)), open);
    remember(frame.anchor, closed);
    if (frame.is_key) key_of(closed.node, closed.node.where);
  }

  std::size_t behind_bracket(std::size_t at) const {
    while (at < text_.size()) {
      at = skip_gap(text_, at);
      if (at < text_.size() && (text_[at] == ']' || text_[at] == '}')) return at + 1;
      ++at;
    }
    return std::min(at, text_.size());
  }

  // ---- where finished nodes go

  void finish(const Node& node, YAML::anchor_t anchor) {
    remember(anchor, {.node = node, .size = 1});
    put(node, 1, node.where);
  }

  void put(const Node& node, std::size_t size, Span where) {
    if (wants_key()) return key_of(node, where);
    builder_.value(node, size);
  }

  void key_of(const Node& node, Span where) {
    const bool is_text = node.is_scalar();
    const std::string_view key = is_text ? node.scalar : input_.original.substr(where.begin, where.end - where.begin);
    builder_.key({.key = key, .key_where = where, .key_unresolved = node.unresolved});
    if (node.is_text() && node.style == Style::Plain && key == "<<") frames_.back().merges = true;
  }

  // ---- anchors and merges

  void remember(YAML::anchor_t anchor, const Closed& value) {
    if (anchor == 0) return;
    anchors_.resize(std::max(anchors_.size(), anchor + 1));
    anchors_[anchor] = value;
  }

  /// The copy that an alias at `where` stands for.
  Closed anchored(Span where, YAML::anchor_t anchor) {
    const bool complete = anchor < anchors_.size() && anchors_[anchor].has_value();
    const std::string_view written = input_.original.substr(where.begin, where.end - where.begin);
    Closed copy{.node = {.kind = NodeKind::Text, .unresolved = true, .where = where, .scalar = written}};
    if (!complete) {
      errors_.push_back({where, fmt::format("alias '{}' stands inside the node that it names", written)});
      return copy;
    }
    if (budget_.exceeded) return copy;
    budget_.used += anchors_[anchor]->size;
    if (budget_.used > limits_.alias_nodes) {
      budget_.exceeded = true;
      errors_.push_back({where, fmt::format("aliases add {} nodes or more, more than the limit of {}", budget_.used,
                                            limits_.alias_nodes)});
      return copy;
    }
    copy = *anchors_[anchor];
    copy.node.used_at = where;
    return copy;
  }

  /// Replaces each `<<` of the map that ends by the members that it brings in.
  void merge() {
    std::vector<Member> own;
    std::vector<Member> merges;
    for (const Member& member : builder_.pending_members()) {
      const bool is_merge = member.key == "<<" && text_[member.key_where.begin] == '<' && can_merge(member.value);
      (is_merge ? merges : own).push_back(member);
    }
    std::unordered_set<std::string_view> taken;
    for (const Member& member : own) taken.insert(member.key);
    const auto bring_in = [&](const Node& map, Span used_at) {
      for (Member member : map.members) {
        if (!taken.insert(member.key).second) continue;
        member.merged = true;
        member.value.used_at = map.used_at.known() ? map.used_at : used_at;
        own.push_back(member);
      }
      if (map.open) builder_.top().open = true;
    };
    for (const Member& member : merges) {
      if (member.value.is_map()) bring_in(member.value, member.value.used_at);
      for (const Node& map : member.value.items) bring_in(map, member.value.used_at);
    }
    builder_.replace_members(own);
  }

  static bool can_merge(const Node& node) {
    if (node.is_map()) return true;
    return node.is_list() &&
           std::all_of(node.items.begin(), node.items.end(), [](const Node& n) { return n.is_map(); });
  }

  // ---- errors and what stands between nodes

  [[noreturn]] void fail(Span where, std::string message) {
    errors_.push_back({where, std::move(message)});
    throw Stop{};
  }

  void note(const YAML::Exception& exception) {
    const std::size_t at = place(exception.mark);
    const std::size_t line = at - static_cast<std::size_t>(column_of(text_, at));
    const std::size_t tab = std::min(text_.find_first_not_of(' ', line), text_.size());
    if (tab < at && text_[tab] == '\t') {
      errors_.push_back({span_at(input_.file, tab, 1), "found a tab used for indentation, expected spaces"});
      tab_reported_ = tab;
      return;
    }
    const std::size_t length = std::max<std::size_t>(utf8_length(text_, at), at < text_.size() ? 1 : 0);
    errors_.push_back({span_at(input_.file, at, length), yaml_error_text(text_, at, exception.msg)});
  }

  void look_between(std::size_t end) {
    GapFindings found = scan_gaps(text_, input_.file, extent_.begin, end, scalars_);
    document_.comments = std::move(found.comments);
    for (Comment& comment : document_.comments) {
      comment.text = input_.original.substr(comment.where.begin, comment.where.end - comment.where.begin);
    }
    for (const Span& tab : found.indenting_tabs) {
      if (tab.begin != tab_reported_) errors_.push_back({tab, "found a tab used for indentation, expected spaces"});
    }
  }

  const Input& input_;
  std::string_view text_;
  DocumentExtent extent_;
  const Limits& limits_;
  AliasBudget& budget_;
  Document& document_;
  std::vector<SyntaxError>& errors_;
  TreeBuilder builder_;
  std::size_t cursor_;  // behind what was read last
  std::vector<Frame> frames_;
  std::vector<std::optional<Closed>> anchors_;
  std::vector<Span> scalars_;
  std::vector<bool> claimed_;  // templates that stand inside a container that is complete
  std::size_t tab_reported_ = std::string_view::npos;
};

}  // namespace

namespace {

/// The first byte of a document that no YAML may hold: not UTF-8, or a control character (YAML 1.2.2, 5.1).
std::optional<SyntaxError> unprintable(std::string_view text, DocumentExtent extent, FileId file) {
  const std::string_view part = text.substr(0, extent.end);
  for (std::size_t at = extent.begin; at < extent.end; ++at) {
    const auto byte = static_cast<unsigned char>(part[at]);
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    if (control) {
      return SyntaxError{span_at(file, at, 1),
                         fmt::format("found control character U+{:04X}, expected text", static_cast<unsigned>(byte))};
    }
    if (byte < 0x80) continue;
    const std::size_t length = utf8_length(part, at);
    if (length == 0) {
      return SyntaxError{span_at(file, at, 1),
                         fmt::format("found byte 0x{:02X}, expected UTF-8", static_cast<unsigned>(byte))};
    }
    at += length - 1;
  }
  return std::nullopt;
}

void read_document(const Input& input, DocumentExtent extent, std::size_t index, const Limits& limits,
                   AliasBudget& budget, ReadFile& result) {
  if (std::optional<SyntaxError> problem = unprintable(input.original, extent, input.file)) {
    result.errors.push_back(std::move(*problem));
    return;
  }
  Document document{.file = input.file, .format = Format::Yaml, .index = index};
  DocumentReader reader(input, extent, limits, budget, document, result.errors);
  reader.read();
  if (reader.found_something()) result.documents.push_back(std::move(document));
}

/// A file that holds templates and nothing else, such as one that only includes another.
Document only_templates(const Input& input) {
  Document document{.file = input.file, .format = Format::Yaml};
  const std::uint32_t begin = input.templates->front().begin;
  const Span where = span_at(input.file, begin, input.templates->back().end - begin);
  document.root = {.kind = NodeKind::Text, .unresolved = true, .where = where};
  document.root.scalar = input.original.substr(where.begin, where.end - where.begin);
  return document;
}

/// The file read as JSON, which is YAML too. yaml-cpp knows fewer escapes and shorter keys than JSON has.
std::optional<ReadFile> read_as_json(const SourceMap& sources, FileId file, const Limits& limits) {
  const std::string_view text = sources.text(file);
  const std::size_t begin = text.find_first_not_of(" \t\r\n", byte_order_mark(text));
  const std::string_view start = text.substr(std::min(begin, text.size()), 2);
  if (start == "{{" || !(start.starts_with('{') || start.starts_with('['))) return std::nullopt;
  ReadFile result = read_json(sources, file, limits);
  if (!result.errors.empty()) return std::nullopt;
  for (Document& document : result.documents) document.format = Format::Yaml;
  return result;
}

}  // namespace

ReadFile read_yaml(const SourceMap& sources, FileId file, const Limits& limits) {
  const std::string_view text = sources.text(file);
  if (std::optional<SyntaxError> problem = unreadable(text, file, limits))
    return {.documents = {}, .errors = {*problem}};
  if (std::optional<ReadFile> json = read_as_json(sources, file, limits)) return std::move(*json);

  const std::optional<MaskedText> masked = mask_yaml_templates(text);
  Input input{.file = file, .original = text, .parsed = text};
  if (masked) input.parsed = masked->text;
  if (masked) input.templates = &masked->uses;

  ReadFile result;
  AliasBudget budget;
  const std::vector<DocumentExtent> extents = split_documents(input.parsed, byte_order_mark(text));
  for (std::size_t i = 0; i < extents.size(); ++i) read_document(input, extents[i], i, limits, budget, result);
  if (!extents.empty()) return result;
  if (masked && !masked->uses.empty()) {
    result.documents.push_back(only_templates(input));
  } else {
    result.errors.push_back({span_at(file, 0), "file is empty, it holds comments only"});
  }
  return result;
}

}  // namespace tlsward
