// yaml-cpp tells in events what it reads and gives the place where each node starts, in bytes from where its input
// starts (measured with 0.7.0). This turns the events into a tree with exact spans: where a node ends is found in the
// text (yaml_scan.h), the rest follows from the order of things.
//
// Each document of a file is given to yaml-cpp on its own, so a broken one does not hide those behind it.
#include "core/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <utility>

#include "core/template.h"
#include "core/template_places.h"
#include "core/text_check.h"
#include "core/tree_builder.h"
#include "core/yaml_anchors.h"
#include "core/yaml_error.h"
#include "core/yaml_scan.h"

namespace tlsward {
namespace {

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

class DocumentReader : public YAML::EventHandler {
 public:
  /// With `cut_off` the document goes on behind its extent, but what follows cannot be read.
  DocumentReader(const YamlInput& input, DocumentExtent extent, bool cut_off, const Limits& limits, AliasBudget& budget,
                 Document& document, std::vector<SyntaxError>& errors)
      : input_(input),
        text_(input.parsed.substr(0, extent.end)),
        extent_(extent),
        cut_off_(cut_off),
        limits_(limits),
        document_(document),
        errors_(errors),
        anchors_(budget),
        builder_(document, std::clamp<std::size_t>(extent.end - extent.begin, 1024, std::size_t{1} << 20)),
        cursor_(extent.begin) {
    if (input.templates) templates_.emplace(*input.templates, input.original);
  }

  /// Reads the document. Where it stops at an error, gives the place of that error.
  std::optional<std::size_t> read() {
    ViewBuffer buffer(text_.substr(extent_.begin));
    std::istream stream(&buffer);
    std::optional<std::size_t> stopped_at;
    try {
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(*this)) continue;
    } catch (const Stop&) {
      stopped_at = errors_.back().where.begin;
    } catch (const YAML::Exception& exception) {
      note(exception);
      stopped_at = errors_.back().where.begin;
    }
    if (stopped_at) abandon(*stopped_at);
    look_between(stopped_at ? std::min(cursor_, *stopped_at) : extent_.end);
    return stopped_at;
  }

  /// True where there is a root; the null of a document that was cut off before it began is none.
  bool found_something() const { return builder_.has_root() && !(cut_off_ && document_.root.is_null()); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!builder_.has_root()) {
      if (text_.substr(place(mark)).starts_with("---")) cursor_ = place(mark) + 3;
      return;
    }
    fail(span_at(input_.file, place(mark), 1), "found more after the end of the document, expected '---' or nothing");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Head at = head(mark, "?", anchor);
    if (is_written_null(mark, at.begin)) return plain(at.begin, text_at_null(at.begin), "?", anchor);
    empty(at, NodeKind::Null, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Head at = head(mark, tag, anchor);
    const char first = at.begin < text_.size() ? text_[at.begin] : '\n';
    const bool is_quoted = (first == '"' || first == '\'') && (!value.empty() || is_quoted_nothing(at.begin));
    const bool is_block = first == '|' || first == '>';
    if (tag != "?" && is_quoted) return quoted(at.begin, value, tag, anchor);
    if (tag != "?" && is_block) return block(at.begin, value, tag, anchor);
    if (value.empty()) return empty(at, kind_of_tag(tag, ""), anchor);
    plain(at.begin, value, tag, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = place(mark);
    const Span where = span_at(input_.file, begin, alias_end(text_, begin) - begin);
    cursor_ = where.end;
    const Closed copy = anchors_.copy(anchor, where, written(where), errors_);
    put(copy.node, copy.size, where);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(head(mark, tag, anchor), NodeKind::List, anchor, style);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(head(mark, tag, anchor), NodeKind::Map, anchor, style);
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
  std::string_view written(Span where) const { return input_.original.substr(where.begin, where.end - where.begin); }
  bool wants_key() { return builder_.depth() > 0 && builder_.top().is_map() && !builder_.awaits_value(); }

  /// Where a node starts: its own anchor and tag come first, those of what follows an empty node do not belong to it.
  struct Head {
    std::size_t mark = 0;            // where yaml-cpp says that it starts
    std::size_t properties_end = 0;  // behind the anchor and the tag; `mark` where it has none
    std::size_t begin = 0;           // the value itself, or what comes next
  };

  /// `tag` and `anchor` are as yaml-cpp reports them: "?" or "!" also where no tag is written.
  Head head(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    Head found{.mark = place(mark), .properties_end = place(mark), .begin = place(mark)};
    bool anchor_left = anchor != 0;
    bool tag_left = tag != "?";
    while (found.begin < text_.size()) {
      const char c = text_[found.begin];
      if (!(c == '&' && anchor_left) && !(c == '!' && tag_left)) break;
      (c == '&' ? anchor_left : tag_left) = false;
      found.properties_end = property_end(text_, found.begin);
      found.begin = skip_gap(text_, found.properties_end);
    }
    return found;
  }

  /// True for `""`, or nothing but white space and escaped line breaks in quotes.
  bool is_quoted_nothing(std::size_t begin) const {
    const std::size_t end = quoted_end(text_, begin).value_or(text_.size());
    return text_.substr(begin + 1, end - begin - 2).find_first_not_of(" \t\r\n\\") == std::string_view::npos;
  }

  // ---- scalars

  void quoted(std::size_t begin, const std::string& value, const std::string& tag, YAML::anchor_t anchor) {
    const std::optional<std::size_t> end = quoted_end(text_, begin);
    if (!end) {
      fail(span_at(input_.file, begin, 1), unclosed(begin, "the document ends"));
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
    node.unresolved = templates_ && holds_template(input_.original.substr(begin, end - begin));
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
  void empty(const Head& head, NodeKind kind, YAML::anchor_t anchor) {
    const std::size_t at = place_of_empty(head);
    cursor_ = at;
    Node node{.kind = kind, .where = span_at(input_.file, at)};
    take_template_for(node);
    if (cut_off_ && skip_gap(text_, cursor_) >= text_.size()) distrust(node);
    finish(node, anchor);
  }

  /// What stands last in a text that was cut off may have been something else.
  void distrust(Node& node) {
    node.unresolved = true;
    // At the end of the text yaml-cpp takes the last word in open brackets for a key.
    const bool in_brackets = std::any_of(frames_.begin(), frames_.end(), [](const Frame& f) { return f.bracketed; });
    if (in_brackets) builder_.top().unresolved = true;
  }

  std::size_t place_of_empty(const Head& head) const {
    if (head.properties_end != head.mark) return head.properties_end;
    const std::size_t next = skip_gap(text_, cursor_);
    const char c = next < text_.size() ? text_[next] : '\n';
    if (builder_.depth() == 0) return cursor_;
    if (builder_.awaits_value()) return c == ':' ? next + 1 : cursor_;
    const bool in_block_list = !frames_.back().bracketed && builder_.top().is_list();
    if (in_block_list && c == '-') return next + 1;
    return std::clamp(head.mark, cursor_, text_.size());
  }

  /// `key:` with nothing behind it but a template on a line of its own: the template is the value.
  void take_template_for(Node& node) {
    if (!templates_ || !builder_.awaits_value()) return;
    const TemplateUse use = templates_->value_between(cursor_, skip_gap(text_, cursor_));
    if (use.end == 0) return;
    node = {.kind = NodeKind::Text, .unresolved = true, .where = span_at(input_.file, use.begin, use.end - use.begin)};
    node.scalar = written(node.where);
    cursor_ = use.end;
  }

  // ---- containers

  void start(const Head& head, NodeKind kind, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    const std::size_t begin = head.begin;
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
    cursor_ = begin + (bracketed ? 1 : 0);
  }

  void end() {
    const Frame frame = frames_.back();
    if (frame.bracketed) cursor_ = behind_bracket(cursor_);
    if (frame.merges) merge();
    frames_.pop_back();
    const Closed closed = builder_.close(offset(cursor_), ending(frame));
    remember(frame.anchor, closed);
    if (frame.is_key) key_of(closed.node, closed.node.where);
  }

  Ending ending(const Frame& frame) {
    if (!templates_ && !cut_off_) return Ending::Whole;
    const std::size_t next = skip_gap(text_, cursor_);
    if (templates_ && templates_->open(frame.begin, cursor_, next)) return Ending::Templated;
    return cut_off_ && next >= text_.size() ? Ending::CutOff : Ending::Whole;
  }

  void merge() {
    const MergedMembers result = merged(builder_.pending_members(), text_);
    builder_.replace_members(result.members);
    builder_.top().open = builder_.top().open || result.open;
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
    if (builder_.nodes() >= limits_.nodes) {
      fail(node.where, fmt::format("file has more values than the limit of {}", limits_.nodes));
    }
    remember(anchor, {.node = node, .size = 1});
    put(node, 1, node.where);
  }

  void put(const Node& node, std::size_t size, Span where) {
    if (wants_key()) return key_of(node, where);
    builder_.value(node, size);
  }

  void key_of(const Node& node, Span where) {
    const bool is_text = node.is_scalar();
    const std::string_view key = is_text ? node.scalar : written(where);
    builder_.key({.key = key, .key_where = where, .key_unresolved = node.unresolved});
    if (node.is_text() && node.style == Style::Plain && key == "<<") frames_.back().merges = true;
  }

  void remember(YAML::anchor_t anchor, const Closed& value) {
    if (anchor != 0) anchors_.remember(anchor, value);
  }

  // ---- errors and what stands between nodes

  [[noreturn]] void fail(Span where, std::string message) {
    errors_.push_back({where, std::move(message)});
    throw Stop{};
  }

  void abandon(std::size_t stopped_at) {
    // A text whose closing quote is missing has swallowed what follows it.
    const bool swallowed = !scalars_.empty() && scalars_.back().begin == stopped_at && !builder_.awaits_value();
    if (swallowed) builder_.drop_last_value();
    builder_.abandon(offset(swallowed ? stopped_at : cursor_));
  }

  void note(const YAML::Exception& exception) {
    const std::size_t at = place(exception.mark);
    if (note_tab_before(at) || note_unclosed_quote_before(at)) return;
    const std::size_t length = std::max<std::size_t>(utf8_length(text_, at), at < text_.size() ? 1 : 0);
    errors_.push_back({span_at(input_.file, at, length), yaml_error_text(text_, at, exception.msg)});
  }

  /// A tab in front of the place where the parser gave up is why it did.
  bool note_tab_before(std::size_t at) {
    const std::size_t line = at - static_cast<std::size_t>(column_of(text_, at));
    const std::size_t tab = std::min(text_.find_first_not_of(' ', line), text_.size());
    if (tab >= at || text_[tab] != '\t') return false;
    note_tab(span_at(input_.file, tab, 1));
    return true;
  }

  void note_tab(Span tab) {
    if (!errors_.empty() && errors_.back().where == tab) return;
    errors_.push_back({tab, "found a tab used for indentation, expected spaces"});
  }

  /// A quote that was forgotten makes the text run on to the next quote, and what follows that makes no sense.
  bool note_unclosed_quote_before(std::size_t at) {
    std::size_t next = skip_gap(text_, skip_colon(cursor_));
    for (std::size_t end = property_end(text_, next); end != next; end = property_end(text_, next)) {
      next = skip_gap(text_, end);
    }
    for (const std::size_t begin : {next, scalars_.empty() ? next : std::size_t{scalars_.back().begin}}) {
      if (begin >= at || (text_[begin] != '"' && text_[begin] != '\'')) continue;
      const std::size_t end = quoted_end(text_, begin).value_or(text_.size());
      if (end > at && end < text_.size()) continue;
      const bool runs_on = text_.substr(begin, end - begin).find('\n') != std::string_view::npos;
      const bool ends_on_same_line = text_.substr(end, std::max(at, end) - end).find('\n') == std::string_view::npos;
      if (!runs_on || !ends_on_same_line) continue;
      errors_.push_back({span_at(input_.file, begin, 1), unclosed(begin, "the line ends")});
      return true;
    }
    return false;
  }

  std::size_t skip_colon(std::size_t at) const {
    const std::size_t next = skip_gap(text_, at);
    return next < text_.size() && (text_[next] == ':' || text_[next] == '-') ? next + 1 : next;
  }

  std::string unclosed(std::size_t begin, std::string_view before) const {
    return fmt::format("{}-quoted text is not closed, expected {} before {}", text_[begin] == '"' ? "double" : "single",
                       text_[begin], before);
  }

  void look_between(std::size_t end) {
    GapFindings found = scan_gaps(text_, input_.file, extent_.begin, end, scalars_);
    document_.comments = std::move(found.comments);
    for (Comment& comment : document_.comments) {
      comment.text = input_.original.substr(comment.where.begin, comment.where.end - comment.where.begin);
    }
    for (const Span& tab : found.indenting_tabs) note_tab(tab);
  }

  const YamlInput& input_;
  std::string_view text_;
  DocumentExtent extent_;
  bool cut_off_;
  const Limits& limits_;
  Document& document_;
  std::vector<SyntaxError>& errors_;
  AnchorTable anchors_;
  TreeBuilder builder_;
  std::size_t cursor_;  // behind what was read last
  std::vector<Frame> frames_;
  std::vector<Span> scalars_;
  std::optional<TemplatePlaces> templates_;
};

}  // namespace

YamlAttempt read_yaml_document(const YamlInput& input, DocumentExtent extent, bool cut_off, const Limits& limits,
                               AliasBudget& budget) {
  YamlAttempt result{.document = {.file = input.file, .format = Format::Yaml}, .errors = {}, .stopped_at = {}};
  DocumentReader reader(input, extent, cut_off, limits, budget, result.document, result.errors);
  result.stopped_at = reader.read();
  result.found_something = reader.found_something();
  return result;
}

}  // namespace tlsward
