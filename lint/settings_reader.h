// Reads the members of our own YAML files (.tlsward.yaml, policies) and collects all that is wrong with them: a typo
// must not switch off nothing in silence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/source.h"

namespace tlsward::lint {

/// One thing that is wrong, in words: "'fail-onn' is no setting; did you mean 'fail-on'?".
struct SettingsError {
  Span where;
  std::string message;
};

/// Every function gives nullopt (or an empty list) where the member is absent, null or of the wrong kind, and notes the
/// latter in `errors`.
class SettingsReader {
 public:
  explicit SettingsReader(std::vector<SettingsError>& errors) : errors_(errors) {}

  void error(Span where, std::string message);
  /// Notes every member that is none of `keys`. `what` names a member in the message: "setting", "member of an entry of
  /// ignore".
  void only(const Node& map, std::span<const std::string_view> keys, std::string_view what);
  /// Notes members that stand twice.
  void no_duplicates(const Document& document);

  std::optional<std::string> text(const Node& map, std::string_view key);
  std::optional<bool> boolean(const Node& map, std::string_view key);
  /// `least` to `most`.
  std::optional<unsigned> number(const Node& map, std::string_view key, unsigned least, unsigned most);
  /// A list of texts; one text alone counts as a list of one.
  std::vector<const Node*> texts(const Node& map, std::string_view key);
  /// The member where it is a map or a list; else nullptr.
  const Node* map(const Node& map, std::string_view key);
  const Node* list(const Node& map, std::string_view key);

  /// The value is one of `choices`: its index; else an error with "did you mean".
  std::optional<std::size_t> choice(const Node& value, std::string_view key, std::span<const std::string_view> choices);

 private:
  const Node* member(const Node& map, std::string_view key, bool fits(const Node&), std::string_view wanted);
  std::vector<SettingsError>& errors_;
};

/// True where a file holds comments and blanks at most.
bool says_nothing(std::string_view text);

/// The first document of a file, whose root must be a map. Errors of syntax, further
/// documents and other roots are noted. The Document must outlive the nodes.
const Node* settings_root(const ReadFile& file, SettingsReader& reader);

/// "; did you mean 'fail-on'?" where a candidate is near, else nothing.
std::string did_you_mean(std::string_view text, std::span<const std::string_view> candidates);

/// Whether a path relative to the root, or a folder that it lies in, matches a glob as in .gitignore:
/// "deploy/**/*.json", "*.conf", "vendor/". "./" in front stands for the root.
bool matches_path(std::string_view glob, std::string_view path);

}  // namespace tlsward::lint
