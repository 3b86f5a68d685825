#include "lint/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace tlsward::lint {
namespace {

constexpr std::size_t kShownBytes = 60;

bool holds_word(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); }) != text.end();
}

bool may_be_secret(std::string_view value, std::string_view key) {
  constexpr std::array<std::string_view, 4> kWords = {"secret", "password", "passphrase", "token"};
  if (value.find("-----BEGIN") != std::string_view::npos) return true;
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return holds_word(key, word); });
}

/// Cut in front of a code point, not inside one.
std::string_view shortened(std::string_view text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string FieldPlace::path() const {
  std::string path = gateways::join_path(object->path, member->key);
  if (index) path = gateways::join_path(path, *index);
  if (!entry.empty()) path = gateways::join_path(path, entry);
  return path;
}

void for_each_unresolved(const InputSet& set, const std::function<void(const Node&, const FieldPlace&)>& visit) {
  for (const gateways::KnownObject& object : set.reading.objects) {
    if (!object.document->may_hold_unresolved) continue;
    for (const Member& member : object.node->members) {
      FieldPlace place{&object, &member, gateways::find_key(*object.type, member.key), std::nullopt};
      if (!place.row && !object.type->closed) continue;
      if (member.value.is_scalar()) visit(member.value, place);
      for (std::size_t i = 0; i < member.value.items.size(); ++i) {
        place.index = i;
        if (member.value.items[i].is_scalar()) visit(member.value.items[i], place);
      }
      place.index.reset();
      const bool objects_below = place.row && place.row->type == gateways::KeyType::Object;
      if (objects_below) continue;
      for (const Member& entry : member.value.members) {
        place.entry = entry.key;
        if (entry.value.is_scalar()) visit(entry.value, place);
      }
    }
  }
}

Span place_of(const Node& value) {
  return value.used_at.known() ? value.used_at : value.where;
}

std::string spelled(std::string_view word, Span where, const Reporter& out) {
  const gateways::Claimed* claimed = out.set().claimed(where);
  const bool json = claimed && claimed->document->format == Format::Json;
  return json ? fmt::format("\"{}\"", word) : std::string(word);
}

std::string shown(const Node& value, std::string_view key) {
  if (may_be_secret(value.scalar, key)) return "a value that is not shown";
  const std::string_view text = shortened(value.scalar);
  const bool cut = text.size() < value.scalar.size();
  std::string result = value.is_text() ? "'" : "";
  result += text;
  if (cut) result += "…";
  if (value.is_text()) result += '\'';
  // A line ending inside would break the message in two.
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

}  // namespace tlsward::lint
