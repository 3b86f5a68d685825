// Broken input: small changes to sound texts, with a fixed seed. The readers must come back, with every place inside of
// the text; under the sanitizers this also finds reads that go astray.
#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.h"
#include "tests/core/reading.h"

namespace tlsward {
namespace {

using testing::Reading;

const std::vector<std::string> kJsonTexts = {
    R"({"version": 3, "tls": {"min_version": "TLS12", "cipher_suites": [4865, 49199], "private_key": "/k.pem"},
 "endpoints": [{"endpoint": "/a\n\u00e9", "backend": [{"host": ["https://b:8443"], "allow": []}], "timeout": -1.5e3}]})",
    R"({"port": {{ .port }}, {{ include "x" }}, "a": "{{ env "X" }}",
 "l": [{{ range $i, $e := .l }}{{ if $i }},{{ end }}{"e": "{{ $e }}"}{{ end }}], "b": {{ if .y }}true{{ else }}false{{ end }}})",
    "{ // comment\n \"a\": [1, 2, /* x */ ], \"a\": null, \"b\": {\"c\": true,}, \"d\": \"\\ud83d\\udd12\" }",
};

const std::vector<std::string> kYamlTexts = {
    "# top\napiVersion: v1\nkind: PolicyBinding # c\nspec: &s\n  min: \"1.1\"\n  max: 'it''s'\n  list:\n  - a\n  - b: "
    "1\n"
    "    c:\n  -\nuse: *s\nmore:\n  <<: *s\n  x: {y: [1, 2], z: }\n---\na: |\n  one\n   two\n\nb: >-\n  f\n  g\n...\n",
    "port: {{ .port }}\nname: \"{{ env \"X\" }}\"\ntls:\n  {{ include \"t\" }}\nlist:\n{{- range .l }}\n- {{ . }}\n{{- "
    "end }}\n"
    "text: |\n  a {{ .b }}\n{{ if .x }}\nz: 1\n{{ end }}\n",
    "? [a, b]\n: c\nd: !!str 1\ne: &x ~\nf: *x\ng: one\n  two\nh: \"esc \\x41 \\u00e9\n  next\"\nnull: null\ni: {a, b: "
    ", ? c : d}\n",
};

/// Makes one to three small changes to a text.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string mutate(std::string text, const std::vector<std::string>& others) {
    const std::size_t changes = 1 + pick(3);
    for (std::size_t i = 0; i < changes; ++i) change(text, others[pick(others.size())]);
    return text;
  }

  std::size_t pick(std::size_t below) { return below == 0 ? 0 : random_() % below; }

 private:
  void change(std::string& text, const std::string& other) {
    static const std::vector<std::string> kPieces = {
        "{",   "}",    "[",       "]",       ",",    ":",  "\"", "'",    "\\",   "\n",           "\r",
        "\t",  " ",    "{{",      "}}",      "#",    "- ", "? ", ": ",   "&a ",  "*a",           "<<: ",
        "|\n", ">+\n", "---",     "..",      "0",    "-",  "e9", "\x01", "\xC3", "\xEF\xBB\xBF", "!t",
        "%",   "/* ",  "{{/*",    "*/}}",    "null", "~",  "`",  "\n\n", "//",   "}]",           "\\u",
        "@",   "? {",  "{{end}}", "{{if x}}"};
    const std::size_t at = pick(text.size() + 1);
    const std::size_t length = std::min(pick(8), text.size() - at);
    switch (pick(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.resize(at);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, other.substr(pick(other.size()), pick(20)));
        break;
      case 4:
        text.replace(at, length, kPieces[pick(kPieces.size())]);
        break;
      default:
        text.insert(at, kPieces[pick(kPieces.size())]);
    }
  }

  std::mt19937 random_;
};

/// Touches every byte that a node points to, and says whether all places lie inside of the text.
bool is_sound(const Reading& reading) {
  const std::size_t size = reading.sources.text(reading.file).size();
  const auto inside = [&](Span span) { return span.begin <= span.end && span.end <= size; };
  bool sound = true;
  std::size_t bytes = 0;
  const auto touch = [&bytes](std::string_view text) {
    bytes += static_cast<std::size_t>(std::count(text.begin(), text.end(), 'x'));
  };
  for (const SyntaxError& error : reading.read.errors) sound = sound && inside(error.where) && !error.message.empty();
  for (const Document& document : reading.read.documents) {
    walk(document.root, [&](const Node& node) {
      touch(node.scalar);
      sound = sound && inside(node.where) && inside(node.used_at);
      for (const Member& member : node.members) {
        touch(member.key);
        sound = sound && inside(member.key_where);
      }
    });
    for (const Comment& comment : document.comments) {
      touch(comment.text);
      sound = sound && inside(comment.where) && reading.sources.text(comment.where) == comment.text;
    }
    for (const DuplicateKey& key : document.duplicates) sound = sound && inside(key.first) && inside(key.second);
  }
  return sound && bytes <= size * 20000;
}

TEST_CASE("mutations: the JSON reader comes back from anything, with places inside of the text") {
  Mutator mutator(5);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = mutator.mutate(kJsonTexts[mutator.pick(kJsonTexts.size())], kJsonTexts);
    const Reading reading = testing::json(text);
    if (!is_sound(reading) || (reading.read.errors.empty() && reading.read.documents.size() != 1)) {
      INFO(text);
      REQUIRE(is_sound(reading));
      REQUIRE(reading.read.documents.size() == 1);
    }
  }
}

TEST_CASE("mutations: the YAML reader comes back from anything, with places inside of the text") {
  Mutator mutator(6);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = mutator.mutate(kYamlTexts[mutator.pick(kYamlTexts.size())], kYamlTexts);
    const Reading reading = testing::yaml(text);
    if (!is_sound(reading)) {
      INFO(text);
      REQUIRE(is_sound(reading));
    }
  }
}

TEST_CASE("mutations: in a YAML text without errors every place lies inside of its parent") {
  Mutator mutator(7);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = mutator.mutate(kYamlTexts[mutator.pick(kYamlTexts.size())], kYamlTexts);
    const Reading reading = testing::yaml(text);
    if (!reading.read.errors.empty()) continue;
    for (const Document& document : reading.read.documents) {
      if (testing::spans_nest(document.root)) continue;
      INFO(text);
      REQUIRE(testing::spans_nest(document.root));
    }
  }
}

}  // namespace
}  // namespace tlsward
