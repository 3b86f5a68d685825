#include "lint/settings_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "core/spelling.h"
#include "lint/ignore_file.h"

namespace tlsward::lint {
namespace {

constexpr std::size_t kMostShown = 60;

std::string shortened(std::string_view text) {
  if (text.size() <= kMostShown) return std::string(text);
  return std::string(text.substr(0, kMostShown)) + "…";
}

std::string what_it_is(const Node& value) {
  if (value.is_list()) return "a list";
  if (value.is_map()) return "a map";
  return fmt::format("'{}'", shortened(value.scalar));
}

bool is_word(const Node& value) {
  return value.is_scalar() && !value.is_null();
}

}  // namespace

void SettingsReader::error(Span where, std::string message) {
  errors_.push_back({where, std::move(message)});
}

void SettingsReader::only(const Node& map, std::span<const std::string_view> keys, std::string_view what) {
  for (const Member& member : map.members) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    const std::string hint = did_you_mean(member.key, keys);
    const std::string known = hint.empty() ? fmt::format("; known are {}", fmt::join(keys, ", ")) : hint;
    error(member.key_where, fmt::format("'{}' is no {}{}", shortened(member.key), what, known));
  }
}

void SettingsReader::no_duplicates(const Document& document) {
  for (const DuplicateKey& twice : document.duplicates)
    error(twice.second, fmt::format("'{}' stands twice", shortened(twice.key)));
}

const Node* SettingsReader::member(const Node& map, std::string_view key, bool fits(const Node&),
                                   std::string_view wanted) {
  const Node* value = map.find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  if (fits(*value)) return value;
  error(value->where, fmt::format("{} is {}, not {}", key, what_it_is(*value), wanted));
  return nullptr;
}

std::optional<std::string> SettingsReader::text(const Node& map, std::string_view key) {
  const Node* value = member(map, key, is_word, "a text");
  if (value == nullptr) return std::nullopt;
  return std::string(value->scalar);
}

std::optional<bool> SettingsReader::boolean(const Node& map, std::string_view key) {
  const Node* value = member(
      map, key, [](const Node& node) { return node.kind == NodeKind::Bool; }, "true or false");
  if (value == nullptr) return std::nullopt;
  return value->is_true();
}

std::optional<unsigned> SettingsReader::number(const Node& map, std::string_view key, unsigned least, unsigned most) {
  const std::string wanted = fmt::format("a number from {} to {}", least, most);
  const Node* value = member(map, key, is_word, wanted);
  if (value == nullptr) return std::nullopt;
  unsigned number = 0;
  const char* end = value->scalar.data() + value->scalar.size();
  const auto [stop, problem] = std::from_chars(value->scalar.data(), end, number);
  if (problem == std::errc() && stop == end && number >= least && number <= most) return number;
  error(value->where, fmt::format("{} is {}, not {}", key, what_it_is(*value), wanted));
  return std::nullopt;
}

std::vector<const Node*> SettingsReader::texts(const Node& map, std::string_view key) {
  const Node* value = member(
      map, key, [](const Node& node) { return node.is_list() || is_word(node); }, "a list of texts");
  if (value == nullptr) return {};
  if (!value->is_list()) return {value};
  std::vector<const Node*> result;
  for (const Node& item : value->items) {
    if (is_word(item))
      result.push_back(&item);
    else
      error(item.where, fmt::format("an entry of {} is {}, not a text", key, what_it_is(item)));
  }
  return result;
}

const Node* SettingsReader::map(const Node& map, std::string_view key) {
  return member(
      map, key, [](const Node& node) { return node.is_map(); }, "a map");
}

const Node* SettingsReader::list(const Node& map, std::string_view key) {
  return member(
      map, key, [](const Node& node) { return node.is_list(); }, "a list");
}

std::optional<std::size_t> SettingsReader::choice(const Node& value, std::string_view key,
                                                  std::span<const std::string_view> choices) {
  const auto found = std::find(choices.begin(), choices.end(), value.scalar);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  error(value.where, fmt::format("{} is {}, not one of {}{}", key, what_it_is(value), fmt::join(choices, ", "),
                                 did_you_mean(value.scalar, choices)));
  return std::nullopt;
}

bool says_nothing(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t first = text.substr(0, end).find_first_not_of(" \t\r");
    if (first != std::string_view::npos && text[first] != '#') return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

const Node* settings_root(const ReadFile& file, SettingsReader& reader) {
  for (const SyntaxError& error : file.errors) reader.error(error.where, error.message);
  if (!file.errors.empty() || file.documents.empty()) return nullptr;
  const Document& first = file.documents.front();
  reader.no_duplicates(first);
  if (file.documents.size() > 1) reader.error(file.documents[1].root.where, "a second document; only one is read");
  if (first.root.is_map()) return &first.root;
  reader.error(first.root.where, fmt::format("{} where a map of settings is wanted", what_it_is(first.root)));
  return nullptr;
}

std::string did_you_mean(std::string_view text, std::span<const std::string_view> candidates) {
  const auto near = intended(text, candidates);
  return near ? fmt::format("; did you mean '{}'?", *near) : std::string();
}

bool matches_path(std::string_view glob, std::string_view path) {
  if (glob.starts_with("./")) glob.remove_prefix(1);
  const IgnoreFile pattern(glob);
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    if (pattern.ignores(path.substr(0, slash), true).value_or(false)) return true;
  }
  return pattern.ignores(path, false).value_or(false);
}

}  // namespace tlsward::lint
