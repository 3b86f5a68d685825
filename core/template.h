// Go templates in configuration files: where they are, and a copy of the text that a strict parser can read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward {

/// What a template stands for in the text round it.
enum class TemplateRole : std::uint8_t {
  Value,   // a whole value, or a part of a bare one: `"port": {{ .port }}`
  Key,     // a key, or a part of a bare one: `{{ .name }}: 1`
  InText,  // a part of a quoted string or a block scalar
  Block,   // whole members or items, or control: `{{ include "x" }}`, `{{ range .list }}`, `{{ end }}`, `{{/* */}}`
};

/// One `{{ … }}` with its braces, or what several of them make together.
struct TemplateUse {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TemplateRole role = TemplateRole::Block;
  friend bool operator==(const TemplateUse&, const TemplateUse&) = default;
};

/// A text whose templates are neutralised byte for byte.
struct MaskedText {
  /// As long as the original, with everything else at the same offset. A bare template became a string or a word, one
  /// in a string letters, a block spaces; commas that only made sense with a block are spaces as well.
  std::string text;
  /// In file order.
  std::vector<TemplateUse> uses;
  /// Offsets of the `{` and `[` (JSON) of containers that a block stands in, ascending.
  std::vector<std::uint32_t> open_containers;
};

/// End (behind `}}`) of the template whose `{{` stands at `begin`; nothing where it is not closed. Quoted and
/// backquoted strings and comments inside are skipped as text/template does (https://pkg.go.dev/text/template,
/// Go 1.22).
std::optional<std::size_t> template_end(std::string_view text, std::size_t begin);

/// True where `text` holds a closed template.
bool holds_template(std::string_view text);

/// What a template does.
enum class TemplateAction : std::uint8_t {
  Output,   // writes a value: `{{ .port }}`, `{{ env "X" }}`
  Include,  // writes text of any shape: `{{ include "x" }}`, `{{ template "x" . }}`
  Open,     // `{{ if … }}`, `{{ range … }}`, `{{ with … }}`, `{{ block … }}`
  Define,   // `{{ define … }}`: what stands up to its end is used elsewhere
  Else,     // `{{ else }}`, `{{ else if … }}`
  End,      // `{{ end }}`
  Silent,   // comment, assignment, `{{ break }}`, `{{ continue }}`
};

/// What the template `text`, braces included, does.
TemplateAction template_action(std::string_view text);

/// True for a template that writes nothing itself: `{{ if … }}`, `{{ range … }}`, `{{ end }}`, `{{ $x := 1 }}`,
/// `{{/* … */}}` and the like. `text` is the template with its braces.
bool is_control_template(std::string_view text);

/// The copy for a reader of JSON; nothing where the text holds no `{{`.
std::optional<MaskedText> mask_json_templates(std::string_view text);

/// The copy for a reader of YAML; nothing where the text holds no `{{`.
std::optional<MaskedText> mask_yaml_templates(std::string_view text);

}  // namespace tlsward
