#include "gateways/service_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tlsward::gateways {
namespace {

constexpr std::size_t kShownPlaces = 3;
constexpr std::size_t kShownText = 60;

bool is_off(const Node* node) {
  return node != nullptr && !node->unresolved && node->kind == NodeKind::Bool && !node->is_true();
}

}  // namespace

ServiceNotes::Note& ServiceNotes::note_of(std::string_view what) {
  const auto [found, added] = known_.try_emplace(std::string(what), notes_.size());
  if (added) notes_.push_back({std::string(what), {}});
  return notes_[found->second];
}

void ServiceNotes::add(std::string_view place, std::string_view what) {
  auto& places = note_of(what).places;
  if (std::find(places.begin(), places.end(), place) == places.end()) places.emplace_back(place);
}

void ServiceNotes::say(std::string sentence) {
  note_of(sentence);
}

std::vector<std::string> ServiceNotes::sentences() const {
  std::vector<std::string> result;
  for (const Note& note : notes_) {
    if (note.places.empty()) {
      result.push_back(note.what);
      continue;
    }
    const std::size_t shown = std::min(note.places.size(), kShownPlaces);
    std::string places;
    for (std::size_t i = 0; i < shown; ++i) places += (i == 0 ? "" : ", ") + note.places[i];
    if (shown < note.places.size()) places += fmt::format(" and {} more", note.places.size() - shown);
    result.push_back(fmt::format("{}: {}", places, note.what));
  }
  return result;
}

bool is_inert(const Node& node) {
  if (node.unresolved || node.open) return false;
  if (node.is_list()) return node.items.empty();
  if (node.is_map()) {
    if (is_off(node.find("enabled")) || is_off(node.find("enable"))) return true;
    return std::all_of(node.members.begin(), node.members.end(),
                       [](const Member& member) { return is_inert(member.value); });
  }
  if (node.is_null() || node.scalar.empty()) return true;
  if (node.kind == NodeKind::Bool) return !node.is_true();
  return node.kind == NodeKind::Number && node.scalar == "0";
}

std::string shown(const Node& node) {
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  if (node.is_null()) return "null";
  if (node.scalar.size() <= kShownText) return std::string(node.scalar);
  return std::string(node.scalar.substr(0, kShownText)) + "...";
}

}  // namespace tlsward::gateways
