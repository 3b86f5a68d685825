#include "core/template.h"

#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/core/reading.h"

namespace tlsward {
namespace {

using testing::json;
using testing::shape;
using testing::yaml;

/// The tree of a text without errors.
std::string json_tree(const std::string& text) {
  const auto reading = json(text);
  return reading.errors().empty() && reading.read.documents.size() == 1 ? shape(reading.root())
                                                                        : "broken: " + reading.errors().at(0);
}
std::string yaml_tree(const std::string& text) {
  const auto reading = yaml(text);
  return reading.errors().empty() && reading.read.documents.size() == 1 ? shape(reading.root())
                                                                        : "broken: " + reading.errors().at(0);
}

TEST_CASE("template: text without templates is not copied") {
  CHECK_FALSE(mask_json_templates(R"({"a": {"b": 1}})"));
  CHECK_FALSE(mask_yaml_templates("a: {b: 1}\n"));
}

TEST_CASE("template: an action ends at its own braces") {
  const auto end = [](std::string_view text) { return template_end(text, 0).value_or(0); };
  CHECK(end("{{ .x }} }}") == 8);
  CHECK(end("{{- .x -}}") == 10);
  CHECK(end(R"({{ env "}}" }})") == 14);
  CHECK(end("{{ `}}` }}") == 10);
  CHECK(end("{{/* }} */}}") == 12);
  CHECK(end("{{- /* }} */ -}}") == 16);
  CHECK(end(R"({{ index .a \"b\" }})") == 20);
  CHECK(end("{{ .x\n}}") == 8);
  CHECK(end("{{ .x }") == 0);
  CHECK(end("{{/* x }}") == 0);
}

TEST_CASE("template: actions are told apart") {
  CHECK(template_action("{{ .x }}") == TemplateAction::Output);
  CHECK(template_action("{{ $x }}") == TemplateAction::Output);
  CHECK(template_action("{{ $x.y | upper }}") == TemplateAction::Output);
  CHECK(template_action("{{- include \"x\" }}") == TemplateAction::Include);
  CHECK(template_action("{{if .x}}") == TemplateAction::Open);
  CHECK(template_action("{{ else if .x }}") == TemplateAction::Else);
  CHECK(template_action("{{- end -}}") == TemplateAction::End);
  CHECK(template_action("{{ endpoint }}") == TemplateAction::Output);
  CHECK(template_action("{{/* x */}}") == TemplateAction::Silent);
  CHECK(template_action("{{ $x := 1 }}") == TemplateAction::Silent);
  CHECK(template_action("{{ $x = 1 }}") == TemplateAction::Silent);
  CHECK(template_action("{{ define \"x\" }}") == TemplateAction::Define);
  CHECK(is_control_template("{{ range .x }}"));
  CHECK_FALSE(is_control_template("{{ template \"x\" . }}"));
}

TEST_CASE("template: the masked copy is as long as the text") {
  const std::string text = "{\"a\": {{ .x }}, {{ include \"y\" }}, \"b\": \"{{ .z }}\"}";
  const auto masked = mask_json_templates(text);
  REQUIRE(masked);
  CHECK(masked->text == "{\"a\": \"xxxxxx\",                    \"b\": \"xxxxxxxx\"}");
  REQUIRE(masked->uses.size() == 3);
  CHECK(masked->uses[0] == TemplateUse{6, 14, TemplateRole::Value});
  CHECK(masked->uses[1] == TemplateUse{16, 33, TemplateRole::Block});
  CHECK(masked->uses[2] == TemplateUse{41, 49, TemplateRole::InText});
  CHECK(masked->open_containers == std::vector<std::uint32_t>{0});
}

TEST_CASE("json template: a value that is a template is unresolved text as written") {
  const auto reading = json(R"({"port": {{ .port }}, "n": 80{{ .n }}, "m": {{ .a }}{{ .b }}})");
  REQUIRE(reading.errors().empty());
  const Node& port = *reading.root().find("port");
  CHECK(port.unresolved);
  CHECK(port.kind == NodeKind::Text);
  CHECK(port.style == Style::Plain);
  CHECK(port.scalar == "{{ .port }}");
  CHECK(reading.text(port.where) == "{{ .port }}");
  CHECK(reading.root().find("n")->scalar == "80{{ .n }}");
  CHECK(reading.root().find("m")->scalar == "{{ .a }}{{ .b }}");
  CHECK_FALSE(reading.root().open);
}

TEST_CASE("json template: quotes inside a template in a string do not end the string") {
  CHECK(json_tree(R"({"a": "x-{{ env "NAME" }}-y", "b": "{{ `q"q` }}"})") ==
        R"({a: ~"x-{{ env "NAME" }}-y", b: ~"{{ `q"q` }}"})");
}

TEST_CASE("json template: a text that is JSON with its templates is read as it stands") {
  CHECK(json_tree(R"({"a": "{{ index .x \"y\" }}", "b": "\n{{ not closed", "c": "}}"})") ==
        "{a: ~\"{{ index .x \\\"y\\\" }}\", b: \"\n{{ not closed\", c: \"}}\"}");
}

TEST_CASE("json template: keys may be templates") {
  const auto reading = json(R"({"{{ .a }}": 1, {{ .b }}: 2, "x{{ .c }}": 3})");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == "{~{{ .a }}: 1, ~{{ .b }}: 2, ~x{{ .c }}: 3}");
}

TEST_CASE("json template: an include of members leaves no comma behind, wherever it stands") {
  for (const std::string text :
       {R"({ {{ include "x" }}, "a": 1, "b": 2 })", R"({ "a": 1, {{ include "x" }}, "b": 2 })",
        R"({ "a": 1, "b": 2, {{ include "x" }} })", R"({ "a": 1, "b": 2 {{ include "x" }} })",
        R"({ "a": 1 {{ include "x" }}, "b": 2 })", R"({ {{ include "x" }} "a": 1, {{ include "y" }} "b": 2 })"}) {
    CHECK(json_tree(text) == "+{a: 1, b: 2}");
  }
  CHECK(json_tree(R"({ {{ include "x" }} })") == "+{}");
  CHECK(json_tree(R"([ {{ include "x" }}, {{ include "y" }} ])") == "+[]");
}

TEST_CASE("json template: an include may also be a value") {
  CHECK(json_tree(R"({"tls": {{ include "tls.json" }}, "a": 1})") == R"({tls: ~"{{ include "tls.json" }}", a: 1})");
  CHECK(json_tree(R"({{ include "all.json" }})") == R"(~"{{ include "all.json" }}")");
}

TEST_CASE("json template: items that are templates are unresolved, and there may be more of them") {
  CHECK(json_tree(R"([{{ .a }}, 1, "{{ .b }}"])") == R"(+[~"{{ .a }}", 1, ~"{{ .b }}"])");
}

TEST_CASE("json template: a loop over items keeps what it repeats") {
  CHECK(json_tree(R"({"endpoints": [
    {{ range $i, $e := .list }}
      {{ if $i }},{{ end }}
      {"endpoint": "{{ $e }}", "timeout": "3s"}
    {{ end }}
  ], "a": 1})") == R"({endpoints: +[{endpoint: ~"{{ $e }}", timeout: "3s"}], a: 1})");
  CHECK(json_tree(R"([{{ range .x }} {"a": 1}, {{ end }} {"b": 2}])") == "+[{a: 1}, {b: 2}]");
  CHECK(json_tree(R"([{{ range .x }} {"a": 1}, {{ end }}])") == "+[{a: 1}]");
}

TEST_CASE("json template: branches are all kept, and equal keys in them are no duplicates") {
  const auto reading = json(R"({"z": 0 {{ if .x }}, "a": 1 {{ else }}, "a": 2 {{ end }}})");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == "+{z: 0, a: 1, a: 2}");
  CHECK(reading.read.documents[0].duplicates.empty());
  CHECK(json_tree(R"([{{ if .x }} {"a": 1} {{ else }} {"a": 2} {{ end }}])") == "+[{a: 1}, {a: 2}]");
}

TEST_CASE("json template: a value with branches is its first map or list, else unresolved") {
  CHECK(json_tree(R"({"a": {{ if .x }}true{{ else }}false{{ end }}, "b": 1})") ==
        R"({a: ~"{{ if .x }}true{{ else }}false{{ end }}", b: 1})");
  CHECK(json_tree(R"({"a": {{ if .x }}{"b": 1}{{ else }}null{{ end }}, "c": 2})") == "{a: +{b: 1}, c: 2}");
  CHECK(json_tree(R"({"a": {{ if .x }}{{ if .y }}1{{ end }}{{ end }}})") ==
        R"({a: ~"{{ if .x }}{{ if .y }}1{{ end }}{{ end }}"})");
}

TEST_CASE("json template: a branch that opens a container of its own is dropped after the first") {
  CHECK(json_tree(R"({ {{ if .x }} "a": { "b": 1, {{ else }} "a": { "c": 2, {{ end }} "d": 3 } })") ==
        "+{a: +{b: 1, d: 3}}");
}

TEST_CASE("json template: definitions, assignments and comments are no part of the tree") {
  CHECK(json_tree("{{/* about \"x\" */}}\n{{ $a := \"{\" }}\n{{ define \"t\" }}{\"x\": 1}{{ end }}\n{\"a\": 1}\n") ==
        "{a: 1}");
  CHECK(json_tree(R"({"a": 1, {{/* c */}} "b": {{- /* d */ -}} 2})") == "{a: 1, b: 2}");
}

TEST_CASE("json template: what is broken without the templates is an error at its place") {
  CHECK(json(R"({"a": {{ .x }} "b": 1})").errors().at(0) == "1:16 found a string, expected ',' or '}'");
  CHECK(json(R"({"a": {{ .x }, "b": 1})").errors().at(0) == "1:7 template '{{' is not closed, expected '}}'");
  CHECK(shape(json(R"({"a": 1, "b": {{ .x })").root()) == "+{a: 1, b: ~+{}}");
}

TEST_CASE("yaml template: values and keys") {
  CHECK(
      yaml_tree("port: {{ .port }}\nurl: http://{{ .h }}:{{ .p }}/x # c\n{{ .k }}: 1\nlist:\n- {{ .i }}\n- [{{ .j }}, "
                "2]\n") ==
      R"({port: ~"{{ .port }}", url: ~"http://{{ .h }}:{{ .p }}/x", ~{{ .k }}: 1, list: [~"{{ .i }}", [~"{{ .j }}", 2]]})");
  CHECK(yaml_tree("a: {{ if .x }}true{{ else }}false{{ end }}\n") ==
        R"({a: ~"{{ if .x }}true{{ else }}false{{ end }}"})");
}

TEST_CASE("yaml template: quoted strings") {
  CHECK(yaml_tree("a: \"{{ env \"X\" }}\"\nb: '{{ .y }}'\n\"{{ .k }}\": \"x\\ty\"\n") ==
        "{a: ~\"{{ env \"X\" }}\", b: ~\"{{ .y }}\", ~{{ .k }}: \"x\ty\"}");
}

TEST_CASE("yaml template: a line of templates only opens the container that it stands in") {
  CHECK(yaml_tree("a:\n  b: 1\n  {{ include \"x\" }}\n  c: 2\nd:\n  e: 3\n") == "{a: +{b: 1, c: 2}, d: {e: 3}}");
  CHECK(yaml_tree("a:\n{{- range .list }}\n- x\n- y\n{{- end }}\nb: 1\n") == "+{a: [\"x\", \"y\"], b: 1}");
  CHECK(yaml_tree("{{/* c */}}\na: 1\n{{ if .x }}\na: 2\n{{ end }}\n") == "+{a: 1, a: 2}");
  CHECK(yaml_tree("a:\n  b: 1\n  {{ include \"x\" }}\n") == "+{a: +{b: 1}}");
}

TEST_CASE("yaml template: a key with nothing but a template below it has that template as its value") {
  const auto reading = yaml("tls:\n  {{ include \"tls\" | indent 2 }}\na: 1\n");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == "{tls: ~\"{{ include \"tls\" | indent 2 }}\", a: 1}");
  CHECK(testing::spans_nest(reading.root()));
}

TEST_CASE("yaml template: block scalars and comments keep their templates as text") {
  const auto reading = yaml("# {{ not closed\na: |\n  x {{ .y }} \"\n  z\nb: 1 # {{ .c }}\n");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == "{a: ~\"x {{ .y }} \"\nz\n\", b: 1}");
  CHECK(reading.read.documents[0].comments.at(0).text == "# {{ not closed");
  CHECK(reading.read.documents[0].comments.at(1).text == "# {{ .c }}");
}

TEST_CASE("yaml template: a line that holds for a condition only is left out") {
  CHECK(yaml_tree("a: 1\n{{ if .x }}b: 2{{ end }}\nc: 3\n") == "+{a: 1, c: 3}");
}

TEST_CASE("yaml template: a file of templates only is one unresolved value") {
  CHECK(yaml_tree("{{ include \"a\" }}\n# c\n{{ include \"b\" }}\n") ==
        "~\"{{ include \"a\" }}\n# c\n{{ include \"b\" }}\"");
}

TEST_CASE("yaml template: JSON with templates is read as such") {
  CHECK(yaml_tree("{\"a\": {{ .x }}, {{ include \"y\" }}}\n") == "+{a: ~\"{{ .x }}\"}");
}

}  // namespace
}  // namespace tlsward
