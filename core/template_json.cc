// JSON with templates is no JSON, and what the templates will write is not known. But where they stand tells what they
// stand for, so a scan that follows the nesting of brackets can put something harmless in the place of each:
//
//   "port": {{ .port }},            ->   "port": "xxxxxxxxx",         a value: a string
//   {{ range .list }} {…}, {{ end }} ->   spaces, {…}, spaces          control: what it rules stays, its comma goes
//   {{ include "x" }},              ->   spaces                       members or items: gone with their comma
//
// The list or map round a block is noted as open, since it holds more or less than can be seen.
#include <algorithm>
#include <utility>

#include "core/template.h"

namespace tlsward {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_punctuation(char c) {
  return std::string_view("{}[]:,\"").find(c) != kNone;
}

struct Action {
  std::size_t begin = 0;
  std::size_t end = 0;
  TemplateAction kind = TemplateAction::Output;
  /// Number of the `{{ end }}` of an Open, Define or Else; kNone where there is none.
  std::size_t close = kNone;
};

/// All actions of `text` up to the first one that is not closed, with those that belong together.
std::vector<Action> actions_of(std::string_view text) {
  std::vector<Action> found;
  std::vector<std::size_t> waiting;  // numbers of those without their end yet; 0 before each Open marks its start
  std::vector<std::size_t> first_waiting;
  for (std::size_t at = text.find("{{"); at != kNone; at = text.find("{{", at)) {
    const std::optional<std::size_t> end = template_end(text, at);
    if (!end) break;
    const TemplateAction kind = template_action(text.substr(at, *end - at));
    const std::size_t number = found.size();
    found.push_back({.begin = at, .end = *end, .kind = kind});
    if (kind == TemplateAction::Open || kind == TemplateAction::Define) first_waiting.push_back(waiting.size());
    const bool waits = kind == TemplateAction::Open || kind == TemplateAction::Define || kind == TemplateAction::Else;
    if (waits) waiting.push_back(number);
    if (kind == TemplateAction::End && !first_waiting.empty()) {
      for (std::size_t i = first_waiting.back(); i < waiting.size(); ++i) found[waiting[i]].close = number;
      waiting.resize(first_waiting.back());
      first_waiting.pop_back();
    }
    at = *end;
  }
  return found;
}

/// What the innermost list, map or the file may be followed by.
enum class Expect : std::uint8_t { Key, Colon, Value, Next };

struct Level {
  char bracket = '\0';  // '{', '[', or nothing for the file itself
  std::uint32_t begin = 0;
  Expect expect = Expect::Value;
  std::size_t comma = kNone;  // a comma that nothing has followed yet
  std::size_t block = kNone;  // a block since the last member or item
  bool open = false;
};

/// An `{{ if }}` or the like whose `{{ end }}` is still to come.
struct Control {
  std::size_t depth = 0;        // levels where it stands
  bool drops_branches = false;  // only its first branch is kept
};

class Masking {
 public:
  explicit Masking(std::string_view text) : text_(text), actions_(actions_of(text)) {
    masked_.text = text;
    levels_.push_back({});
  }

  MaskedText run() {
    while (at_ < text_.size()) step();
    for (const Level& level : levels_) note_open(level);
    std::sort(masked_.open_containers.begin(), masked_.open_containers.end());
    return std::move(masked_);
  }

 private:
  Level& level() { return levels_.back(); }
  bool at_action() const { return next_ < actions_.size() && actions_[next_].begin == at_; }

  void step() {
    if (at_action()) return on_action();
    const char c = text_[at_];
    if (is_space(c)) {
      ++at_;
    } else if (c == '"') {
      string();
    } else if (c == '{' || c == '[') {
      open(c);
    } else if (c == '}' || c == ']') {
      close();
    } else if (c == ',') {
      comma();
    } else if (c == ':') {
      if (level().expect == Expect::Colon) level().expect = Expect::Value;
      ++at_;
    } else {
      bare();
    }
  }

  // ---- what stands in the text besides templates

  void string() {
    begin_entry();
    std::size_t at = at_ + 1;
    while (at < text_.size() && text_[at] != '"' && text_[at] != '\n') {
      if (next_ < actions_.size() && actions_[next_].begin == at) {
        at = actions_[next_++].end;
        fill(actions_[next_ - 1].begin, at, 'x', TemplateRole::InText);
      } else {
        at += text_[at] == '\\' ? 2 : 1;
      }
    }
    at_ = std::min(at + 1, text_.size());
    end_scalar();
  }

  void open(char bracket) {
    begin_entry();
    const Expect first = bracket == '{' ? Expect::Key : Expect::Value;
    levels_.push_back({.bracket = bracket,
                       .begin = static_cast<std::uint32_t>(at_),
                       .expect = first,
                       .open = std::exchange(next_is_open_, false)});
    ++at_;
  }

  void close() {
    ++at_;
    if (levels_.size() == 1) return;
    if (level().comma != kNone && level().block != kNone) blank(level().comma, level().comma + 1);
    note_open(level());
    levels_.pop_back();
    end_entry();
  }

  void comma() {
    Level& here = level();
    const bool follows_entry = here.expect == Expect::Next;
    if (follows_entry) {
      here.comma = at_;
      here.expect = here.bracket == '{' ? Expect::Key : Expect::Value;
    } else if (here.block != kNone) {
      blank(at_, at_ + 1);
    }
    ++at_;
  }

  /// A number or a word, with the templates that touch it.
  void bare() {
    const std::size_t begin = at_;
    const std::size_t end = run_end(begin);
    if (std::find(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.begin() + static_cast<std::ptrdiff_t>(end),
                  '{') == text_.begin() + static_cast<std::ptrdiff_t>(end)) {
      begin_entry();
      at_ = end;
      return end_scalar();
    }
    stand_in(begin, end);
  }

  // ---- entries: members and items

  /// Something that belongs to a member or an item starts here. Where only a block separates it from the one before,
  /// the comma that the block would have written is put in its place.
  void begin_entry() {
    Level& here = level();
    if (here.expect != Expect::Next || here.bracket == '\0' || here.block == kNone) return;
    masked_.text[here.block] = ',';
    here.expect = here.bracket == '{' ? Expect::Key : Expect::Value;
  }

  void end_scalar() {
    if (level().expect == Expect::Key) {
      level().expect = Expect::Colon;
    } else {
      end_entry();
    }
  }

  void end_entry() {
    level().expect = Expect::Next;
    level().comma = kNone;
    level().block = kNone;
  }

  // ---- templates

  void on_action() {
    const Action& action = actions_[next_];
    switch (action.kind) {
      case TemplateAction::Define:
        return block(action.close == kNone ? action.end : actions_[action.close].end, /*changes_container=*/false);
      case TemplateAction::Silent:
        return block(action.end, /*changes_container=*/false);
      case TemplateAction::End:
        return on_end(action);
      case TemplateAction::Else:
        return on_else(action);
      case TemplateAction::Open:
        return on_open(action);
      case TemplateAction::Output:
      case TemplateAction::Include:
        return on_output(action);
    }
  }

  void on_end(const Action& action) {
    const bool round_value = !controls_.empty() && controls_.back().drops_branches;
    if (!controls_.empty()) controls_.pop_back();
    block(action.end, /*changes_container=*/!round_value);
  }

  void on_else(const Action& action) {
    const bool round_value = !controls_.empty() && controls_.back().drops_branches;
    const bool unbalanced = !controls_.empty() && controls_.back().depth != levels_.size();
    if (action.close == kNone || !(round_value || unbalanced)) return block(action.end);
    controls_.pop_back();
    block(actions_[action.close].end, /*changes_container=*/!round_value);
  }

  void on_open(const Action& action) {
    const bool stands_for_value = level().expect == Expect::Value && level().bracket != '[';
    if (!stands_for_value || action.close == kNone) {
      controls_.push_back({.depth = levels_.size()});
      return block(action.end);
    }
    if (starts_container(action.end)) {
      controls_.push_back({.depth = levels_.size(), .drops_branches = true});
      next_is_open_ = true;
      return block(action.end, /*changes_container=*/false);
    }
    stand_in(action.begin, run_end(actions_[action.close].end));
  }

  bool starts_container(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    const std::string_view rest = text_.substr(at, 2);
    return rest != "{{" && (rest.starts_with('{') || rest.starts_with('['));
  }

  void on_output(const Action& action) {
    const Expect expect = level().expect;
    const bool in_list = level().bracket == '[';
    const std::size_t end = run_end(action.begin);
    const bool is_key = expect == Expect::Key && is_followed_by_colon(end);
    const bool is_value = expect == Expect::Value && !(in_list && action.kind == TemplateAction::Include);
    if (!is_key && !is_value) return block(action.end);
    if (in_list) level().open = true;
    stand_in(action.begin, end);
  }

  bool is_followed_by_colon(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at < text_.size() && text_[at] == ':';
  }

  /// End of the word that starts at `at`: characters and templates that write something, without anything in between.
  std::size_t run_end(std::size_t at) const {
    std::size_t number = next_;
    while (at < text_.size()) {
      while (number < actions_.size() && actions_[number].begin < at) ++number;
      const bool action = number < actions_.size() && actions_[number].begin == at;
      if (action && is_control_template(text_.substr(at, actions_[number].end - at))) return at;
      if (action) {
        at = actions_[number].end;
        continue;
      }
      if (is_space(text_[at]) || is_punctuation(text_[at])) return at;
      ++at;
    }
    return at;
  }

  /// Puts a string in the place of [begin, end), a value or a key.
  void stand_in(std::size_t begin, std::size_t end) {
    begin_entry();
    fill(begin, end, 'x', level().expect == Expect::Key ? TemplateRole::Key : TemplateRole::Value);
    masked_.text[begin] = '"';
    masked_.text[end - 1] = '"';
    move_to(end);
    end_scalar();
  }

  /// Puts spaces in the place of the template that ends at `end`.
  void block(std::size_t end, bool changes_container = true) {
    level().block = at_;
    level().open = level().open || changes_container;
    fill(at_, end, ' ', TemplateRole::Block);
    move_to(end);
  }

  void fill(std::size_t begin, std::size_t end, char c, TemplateRole role) {
    std::fill(masked_.text.begin() + static_cast<std::ptrdiff_t>(begin),
              masked_.text.begin() + static_cast<std::ptrdiff_t>(end), c);
    masked_.uses.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), role});
  }

  void blank(std::size_t begin, std::size_t end) {
    std::fill(masked_.text.begin() + static_cast<std::ptrdiff_t>(begin),
              masked_.text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }

  void move_to(std::size_t end) {
    at_ = end;
    while (next_ < actions_.size() && actions_[next_].begin < end) ++next_;
  }

  void note_open(const Level& level) {
    if (level.open && level.bracket != '\0') masked_.open_containers.push_back(level.begin);
  }

  std::string_view text_;
  std::vector<Action> actions_;
  std::size_t next_ = 0;  // number of the next action
  std::size_t at_ = 0;
  std::vector<Level> levels_;
  std::vector<Control> controls_;
  bool next_is_open_ = false;  // the next list or map is what one branch of several has
  MaskedText masked_;
};

}  // namespace

std::optional<MaskedText> mask_json_templates(std::string_view text) {
  if (text.find("{{") == std::string_view::npos) return std::nullopt;
  return Masking(text).run();
}

}  // namespace tlsward
