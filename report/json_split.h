// The first level of a JSON text, as slices of it: what a file of results is made of, without building all of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward::report {

/// Walks the members of one object, or the elements of one array. Brackets and quotes are followed, nothing else is
/// checked: a parser sees each slice later.
class JsonSplitter {
 public:
  struct Part {
    std::string_view key;    // as written between its quotes; empty in an array
    std::string_view value;  // without blanks around it
  };
  /// `text` is one array or object, perhaps with blanks around it; it must outlive the splitter.
  explicit JsonSplitter(std::string_view text);
  /// The next part; nullopt at the end and where the text is broken.
  std::optional<Part> next();
  /// The text is no whole array or object, or is nested more than 64 deep. Known when `next` has given nullopt.
  bool broken() const { return broken_; }
  /// How far it was read, in bytes.
  std::size_t offset() const { return at_; }

 private:
  bool skip_string();
  bool skip_value();
  void skip_blanks();
  std::optional<Part> fail();

  std::string_view text_;
  std::size_t at_ = 0;
  char close_ = '\0';
  bool first_ = true, ended_ = false, broken_ = false;
};

/// The JSON text on one line: without the blanks and line endings that stand outside of its strings.
std::string compact_json(std::string_view text);

}  // namespace tlsward::report
