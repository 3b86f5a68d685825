// Which containers of a YAML document a template on a line of its own may add to.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/template.h"

namespace tlsward {

/// Asked for each container when it closes, so the inner ones come first.
class TemplatePlaces {
 public:
  /// `uses` are those of the whole file `text`, in file order; both must outlive this.
  TemplatePlaces(std::span<const TemplateUse> uses, std::string_view text)
      : uses_(uses), text_(text), claimed_(uses.size()) {}

  /// True where a block stands between `begin` and `end` of a container, or behind it up to `next`, where the text goes
  /// on, and writes something that may belong to it. A block inside of an inner container counts for that one only.
  bool open(std::size_t begin, std::size_t end, std::size_t next);

  /// The templates from the first to the last block between `begin` and `end`, where one of them writes something;
  /// `{{ include "x" }}` on the line below `key:`, for example. Otherwise an empty use. They open no container then.
  TemplateUse value_between(std::size_t begin, std::size_t end);

 private:
  std::span<const TemplateUse> between(std::size_t begin, std::size_t end) const;
  void claim(const TemplateUse& use) { claimed_[static_cast<std::size_t>(&use - uses_.data())] = true; }
  bool writes(const TemplateUse& use) const;

  std::span<const TemplateUse> uses_;
  std::string_view text_;
  std::vector<bool> claimed_;
};

}  // namespace tlsward
