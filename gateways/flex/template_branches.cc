#include "gateways/flex/template_branches.h"

#include <optional>
#include <string_view>

#include "core/template.h"

namespace tlsward::gateways::flex {
namespace {

constexpr std::string_view kOpening = "{{";

}  // namespace

std::size_t TemplateBranches::at(Span where) {
  if (where.file != file_ || where.begin < offset_) {
    file_ = where.file;
    offset_ = 0;
    open_.clear();
    next_ = sources_.text(file_).find(kOpening);
  }
  const std::string_view text = sources_.text(file_);
  while (next_ < where.begin) {
    const std::optional<std::size_t> end = template_end(text, next_);
    offset_ = end ? *end : text.size();
    const TemplateAction action = template_action(text.substr(next_, offset_ - next_));
    next_ = text.find(kOpening, offset_);
    const bool closes = action == TemplateAction::End || action == TemplateAction::Else;
    if (closes && !open_.empty()) open_.pop_back();
    if (action == TemplateAction::Open || action == TemplateAction::Define || action == TemplateAction::Else)
      open_.push_back(++last_);
  }
  return open_.empty() ? 0 : open_.back();
}

}  // namespace tlsward::gateways::flex
