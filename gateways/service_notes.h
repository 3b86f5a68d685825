// What of a configuration the proxy leaves aside, said once for all places that it stands at.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"

namespace tlsward::gateways {

class ServiceNotes {
 public:
  /// The same `what` at several places becomes one sentence: "GET /a, GET /b and 7 more: caching is left aside".
  void add(std::string_view place, std::string_view what);
  /// A sentence of its own; the same one is said once.
  void say(std::string sentence);
  /// In the order in which things were first said.
  std::vector<std::string> sentences() const;

 private:
  struct Note {
    std::string what;
    std::vector<std::string> places;  // empty: `what` is the sentence
  };
  std::vector<Note> notes_;
  std::map<std::string, std::size_t, std::less<>> known_;  // what to its index

  Note& note_of(std::string_view what);
};

/// True where the value switches nothing on: null, false, 0, "", an empty list, a map of such values, or one whose
/// `enabled` (or `enable`) is false. Exported configurations are full of them.
bool is_inert(const Node& node);

/// A value as notes show it: its text as written, shortened; "a list" or "a map" for those.
std::string shown(const Node& node);

}  // namespace tlsward::gateways
