#include "gateways/flex/template_branches.h"

#include "core/template.h"

namespace tlsward::gateways::flex {

std::size_t TemplateBranches::at(Span where) {
  if (where.file != file_ || where.begin < offset_) {
    file_ = where.file;
    offset_ = 0;
    open_.clear();
  }
  const std::string_view text = sources_.text(file_);
  for (std::size_t begin = text.find("{{", offset_); begin < where.begin; begin = text.find("{{", offset_)) {
    const std::optional<std::size_t> end = template_end(text, begin);
    if (!end) break;
    offset_ = *end;
    const TemplateAction action = template_action(text.substr(begin, *end - begin));
    const bool closes = action == TemplateAction::End || action == TemplateAction::Else;
    if (closes && !open_.empty()) open_.pop_back();
    if (action == TemplateAction::Open || action == TemplateAction::Define || action == TemplateAction::Else)
      open_.push_back(++last_);
  }
  return open_.empty() ? 0 : open_.back();
}

}  // namespace tlsward::gateways::flex
