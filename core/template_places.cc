// In YAML a block template may stand at any column (`{{ include "x" | indent 4 }}`), so its column does not tell to
// which container it belongs. One between two entries of a container belongs to that container; one behind the last
// entry may belong to every container that ends there.
#include "core/template_places.h"

#include <algorithm>

namespace tlsward {

std::span<const TemplateUse> TemplatePlaces::between(std::size_t begin, std::size_t end) const {
  const auto before = [](const TemplateUse& use, std::size_t at) { return use.begin < at; };
  const auto first = std::lower_bound(uses_.begin(), uses_.end(), begin, before);
  return {first, std::lower_bound(first, uses_.end(), std::max(begin, end), before)};
}

bool TemplatePlaces::writes(const TemplateUse& use) const {
  return use.role == TemplateRole::Block && !is_control_template(text_.substr(use.begin, use.end - use.begin));
}

bool TemplatePlaces::open(std::size_t begin, std::size_t end, std::size_t next) {
  bool found = false;
  for (const TemplateUse& use : between(begin, end)) {
    found = found || (use.role == TemplateRole::Block && !claimed_[static_cast<std::size_t>(&use - uses_.data())]);
    claim(use);
  }
  const std::span<const TemplateUse> behind = between(end, next);
  return found || std::any_of(behind.begin(), behind.end(), [this](const TemplateUse& use) { return writes(use); });
}

TemplateUse TemplatePlaces::value_between(std::size_t begin, std::size_t end) {
  const std::span<const TemplateUse> found = between(begin, end);
  const auto first = std::find_if(found.begin(), found.end(), [this](const TemplateUse& use) { return writes(use); });
  if (first == found.end()) return {};
  for (const TemplateUse& use : found) claim(use);
  return {.begin = first->begin, .end = found.back().end, .role = TemplateRole::Value};
}

}  // namespace tlsward
