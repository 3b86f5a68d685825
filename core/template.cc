#include "core/template.h"
namespace tlsward {
std::optional<std::size_t> template_end(std::string_view text, std::size_t begin) {
  const auto e = text.find("}}", begin);
  if (e == std::string_view::npos) return std::nullopt;
  return e + 2;
}
bool holds_template(std::string_view text) {
  const auto b = text.find("{{");
  return b != std::string_view::npos && template_end(text, b).has_value();
}
bool is_control_template(std::string_view) {
  return false;
}
std::optional<MaskedText> mask_json_templates(std::string_view) {
  return std::nullopt;
}
std::optional<MaskedText> mask_yaml_templates(std::string_view) {
  return std::nullopt;
}
}  // namespace tlsward
