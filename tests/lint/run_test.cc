#include "lint/run.h"

#include <fmt/format.h>

#include <atomic>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/lint/toy_gateway.h"

using namespace tlsward;
namespace toy = tests::toy;

namespace {

lint::InputFile file(std::string path, std::string text) {
  lint::InputFile result;
  result.path = std::move(path);
  result.text = std::move(text);
  return result;
}

lint::Rule make_rule(std::string_view id, lint::Check check, std::vector<std::string_view> replaces = {},
                     std::vector<std::string_view> replaces_in_context = {}) {
  lint::Rule rule{};
  rule.id = id;
  rule.replaces = std::move(replaces);
  rule.replaces_in_context = std::move(replaces_in_context);
  rule.check = check;
  return rule;
}

/// Calls `visit` with every text below the root of every document.
template <class Visit>
void for_each_text(const gateways::Claimed& claimed, const Visit& visit) {
  walk(claimed.document->root, [&](const Node& node) {
    if (node.is_scalar()) visit(node);
  });
}

void report_values(const gateways::Claimed& claimed, lint::Reporter& out) {
  for_each_text(claimed, [&](const Node& node) {
    out.add(node.where, fmt::format("{}{}", node.unresolved ? "?" : "", node.scalar));
  });
}

void report_bad(const gateways::Claimed& claimed, lint::Reporter& out) {
  for_each_text(claimed, [&](const Node& node) {
    if (node.scalar == "bad") out.add(node.where, "bad value", "values");
  });
}

void report_context(const tls::TlsContext& context, lint::Reporter& out) {
  out.add(context, Span{}, "a context");
}

void report_root(const gateways::Claimed& claimed, lint::Reporter& out) {
  out.add(claimed.document->root.where, "a document");
}

std::vector<std::string> messages(const lint::Run& run) {
  std::vector<std::string> result;
  for (const Finding& finding : run.findings) result.push_back(finding.message);
  return result;
}

std::vector<std::string> rules_of(const lint::Run& run) {
  std::vector<std::string> result;
  for (const Finding& finding : run.findings) result.emplace_back(finding.rule);
  return result;
}

using Strings = std::vector<std::string>;

const lint::Rule kValues = make_rule("test/values", report_values);
const lint::Rule kBad = make_rule("test/bad", report_bad);

}  // namespace

TEST_CASE("run: files that cannot be read are errors, and every other file is still linted") {
  lint::InputFile missing = file("missing.json", "");
  missing.error = "no such file or directory";
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  const auto run = lint::run({missing, file("a.toml", "a = 1"), file("b.json", R"({"k": "bad"})")}, rules, options);
  REQUIRE(run->errors.size() == 2);
  CHECK(run->errors[0].path == "missing.json");
  CHECK(run->errors[0].message == "no such file or directory");
  CHECK(run->errors[1].message == "TOML is not read; tlsward reads JSON and YAML");
  CHECK(rules_of(*run) == Strings{"test/bad"});
  CHECK(run->files == 1);
  CHECK(lint::exit_code(*run, options) == 3);
}

TEST_CASE("run: a file above the limit is an error") {
  lint::Options options = toy::options();
  options.limits.file_bytes = 5;
  const auto run = lint::run({file("a.json", "{     }")}, {}, options);
  REQUIRE(run->errors.size() == 1);
  CHECK(run->errors[0].message == "7 bytes; at most 5 bytes are read");
}

TEST_CASE("run: a syntax error is a finding and an error, and what stands before it is judged") {
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  const auto run = lint::run({file("a.json", "{\"k\": \"bad\",\n \"l\": }")}, rules, options);
  CHECK(rules_of(*run) == Strings{"test/bad", "config/syntax-error"});
  REQUIRE(run->errors.size() == 1);
  CHECK(run->sources.position(1, run->errors[0].where.begin).line == 2);
}

TEST_CASE("run: a named file that no gateway claims is a finding and an error, a walked one is passed over") {
  const lint::Options options;
  lint::InputFile walked = file("walked.json", R"({"name": "orders"})");
  walked.named = false;
  walked.set = 1;
  lint::InputFile broken = file("broken.json", R"({"name": )");
  broken.named = false;
  const auto run = lint::run({file("named.json", R"({"name": "orders"})"), walked, broken}, {}, options);
  CHECK(rules_of(*run) == Strings{"config/unknown-gateway-kind"});
  CHECK(run->errors.size() == 1);
  CHECK(run->inputs.size() == 1);
}

TEST_CASE("run: a file without any configuration says so") {
  const lint::Options options = toy::options();
  for (const char* text : {"", "# only a comment\n", "---\n---\n", "null\n"}) {
    const auto run = lint::run({file("a.yaml", text)}, {}, options);
    CHECK(run->findings.size() == 1);
    CHECK(run->errors.size() == 1);
    CHECK(run->files == 1);
  }
}

TEST_CASE("run: files of a directory without any configuration are an error in the end") {
  const lint::Options options;
  lint::InputFile walked = file("package.json", R"({"name": "orders"})");
  walked.named = false;
  const auto run = lint::run({walked}, {}, options);
  REQUIRE(run->errors.size() == 1);
  CHECK(lint::exit_code(*run, options) == 3);
}

TEST_CASE("run: the format goes by the ending, else by the first byte") {
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  CHECK(lint::run({file("a.conf", " {\"k\": \"bad\"}")}, rules, options)->findings.size() == 1);
  CHECK(lint::run({file("a.conf", "k: bad\n")}, rules, options)->findings.size() == 1);
  CHECK(lint::run({file("<stdin>", "\xEF\xBB\xBF{\"k\": \"bad\"}")}, rules, options)->findings.size() == 1);
  CHECK(lint::run({file("a.yml", "{k: bad}")}, rules, options)->findings.size() == 1);
}

TEST_CASE("run: references are unresolved until --define gives all of them") {
  lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kValues};
  const auto read = [&](const std::string& text) {
    return messages(*lint::run({file("a.yaml", text)}, rules, options));
  };
  CHECK(read("a: $NAME\nb: x-$NAME-$OTHER\nc: plain\n") == Strings{"?$NAME", "?x-$NAME-$OTHER", "plain"});
  options.defines["NAME"] = "value";
  CHECK(read("a: $NAME\nb: x-$NAME-$OTHER\n") == Strings{"value", "?x-$NAME-$OTHER"});
  options.defines["OTHER"] = "";
  CHECK(read("b: x-$NAME-$OTHER\n") == Strings{"x-value-"});
}

TEST_CASE("run: a defined template becomes what its value is, another reference stays text unless it is a boolean") {
  lint::Options options = toy::options();
  options.defines = {{"PORT", "8443"}, {"ON", "true"}};
  static std::vector<NodeKind> kinds;
  kinds.clear();
  const lint::Rule rule = make_rule(
      "test/kinds", +[](const gateways::Claimed& claimed, lint::Reporter&) {
        for_each_text(claimed, [](const Node& node) {
          CHECK(node.defined);
          kinds.push_back(node.kind);
        });
      });
  const lint::Rule* rules[] = {&rule};
  const auto run = lint::run(
      {file("a.json", R"({"a": {{ PORT }}, "b": "{{ PORT }}", "c": {{ ON }}})"), file("b.yaml", "a: $PORT\nb: $ON\n")},
      rules, options);
  CHECK(run->errors.empty());
  CHECK(kinds ==
        std::vector<NodeKind>{NodeKind::Number, NodeKind::Text, NodeKind::Bool, NodeKind::Text, NodeKind::Bool});
}

TEST_CASE("run: placeholders are unresolved") {
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kValues};
  const auto run =
      lint::run({file("a.yaml", "a: <cert-id>\nb: /path/to/key.pem\nc: '{NAME}'\nd: a<b\n")}, rules, options);
  CHECK(messages(*run) == Strings{"?<cert-id>", "?/path/to/key.pem", "?{NAME}", "a<b"});
}

TEST_CASE("run: documents of one set are judged together, other sets apart") {
  const lint::Options options = toy::options();
  std::vector<lint::InputFile> files = {file("a.yaml", "x: {}\n---\ny: {}\n"), file("b.json", "{}"),
                                        file("c.json", "{}")};
  files[2].set = 1;
  const auto run = lint::run(files, {}, options);
  REQUIRE(run->sets.size() == 2);
  CHECK(run->sets[0]->documents.size() == 3);
  CHECK(run->sets[1]->documents.size() == 1);
  CHECK_FALSE(run->sets[0]->options->read.from_directory);
  CHECK(run->sets[1]->options->read.from_directory);
  CHECK(run->sets[0]->documents[0].version.number == gateways::ProductVersion{7, 1, 0});
  CHECK(run->sets[0]->documents[0].version.guessed);
}

TEST_CASE("run: a version given by --gateway is not guessed") {
  lint::Options options = toy::options();
  options.gateways[0].version = gateways::ProductVersion{2, 9, 0};
  const auto run = lint::run({file("a.json", "{}")}, {}, options);
  REQUIRE(run->inputs.size() == 1);
  CHECK(run->inputs[0].version == "2.9");
  CHECK_FALSE(run->inputs[0].version_guessed);
  CHECK(run->inputs[0].detected_by == "--gateway toy");
}

TEST_CASE("run: findings stand in the order of files, places and rules") {
  const lint::Options options = toy::options();
  const lint::Rule root = make_rule("test/a-root", report_root);
  const lint::Rule* rules[] = {&kValues, &kBad, &root};
  const auto run = lint::run({file("b.json", R"({"k": "bad"})"), file("a.json", R"({"a": "bad"})")}, rules, options);
  CHECK(rules_of(*run) == Strings{"test/a-root", "test/bad", "test/values", "test/a-root", "test/bad", "test/values"});
  CHECK(span_of(run->findings[0]).file == 1);
}

TEST_CASE("run: a rule replaces another at the same place, inside it and round it") {
  const lint::Options options = toy::options();
  const lint::Rule root = make_rule("test/root", report_root);
  const lint::Rule inner = make_rule("test/inner", report_bad, {"test/root"});
  const lint::Rule outer = make_rule("test/outer", report_root, {"test/bad"});
  const lint::Rule unrelated = make_rule("test/unrelated", report_bad, {"test/values"});
  const std::string text = R"({"k": "bad", "l": "good"})";
  {
    const lint::Rule* rules[] = {&root, &inner};
    CHECK(rules_of(*lint::run({file("a.json", text)}, rules, options)) == Strings{"test/inner"});
  }
  {
    const lint::Rule* rules[] = {&kBad, &outer};
    CHECK(rules_of(*lint::run({file("a.json", text)}, rules, options)) == Strings{"test/outer"});
  }
  {
    const lint::Rule* rules[] = {&kValues, &unrelated};
    CHECK(messages(*lint::run({file("a.json", text)}, rules, options)) == Strings{"bad value", "good"});
  }
}

TEST_CASE("run: a rule replaces another about the same subject wherever it stands, but in the same file") {
  const lint::Options options = toy::options();
  const lint::Rule section = make_rule("test/section", report_context);
  const lint::Rule key = make_rule("test/key",
                                   +[](const tls::TlsContext& context, lint::Reporter& out) {
                                     if (context.subject == "x")
                                       out.add(context, {context.section.file, 0, 1}, "elsewhere");
                                   },
                                   {}, {"test/section"});
  const lint::Rule* rules[] = {&section, &key};
  const auto run = lint::run({file("a.json", R"({"x": {}, "y": {}})"), file("b.json", R"({"y": {}})")}, rules, options);
  CHECK(rules_of(*run) == Strings{"test/key", "test/section", "test/section"});
}

TEST_CASE("run: ignoring the rule that replaces does not bring back what it replaces") {
  lint::Options options = toy::options();
  const lint::Rule general = make_rule("general/bad", report_bad);
  const lint::Rule special = make_rule("special/bad", report_bad, {"general/bad"});
  const lint::Rule* rules[] = {&general, &special};
  const std::vector<lint::InputFile> files = {file("a.json", R"({"k": "bad"})")};
  options.ignore = {"special/bad"};
  CHECK(lint::run(files, rules, options)->findings.empty());
  options.ignore = {"special/"};
  CHECK(lint::run(files, rules, options)->findings.empty());
  options.ignore = {};
  options.select = {"general"};
  CHECK(lint::run(files, rules, options)->findings.empty());
  options.select = {"special"};
  CHECK(lint::run(files, rules, options)->findings.size() == 1);
}

TEST_CASE("run: what is newer than the pinned rule set is not there, unless it is named") {
  lint::Options options = toy::options();
  const lint::Rule general = make_rule("general/bad", report_bad);
  const lint::Rule newer = make_rule("special/bad", report_bad, {"general/bad"});
  const lint::Rule* rules[] = {&general, &newer};
  const std::vector<lint::InputFile> files = {file("a.json", R"({"k": "bad"})")};
  options.newer_rules = {"special/bad"};
  CHECK(rules_of(*lint::run(files, rules, options)) == Strings{"general/bad"});
  options.select = {"special"};
  CHECK(lint::run(files, rules, options)->findings.empty());
  options.select = {"special/bad"};
  CHECK(rules_of(*lint::run(files, rules, options)) == Strings{"special/bad"});
}

namespace {

/// What a signal does, at a moment that is known.
std::atomic<bool> stop_now = false;

void report_and_stop(const gateways::Claimed& claimed, lint::Reporter& out) {
  report_root(claimed, out);
  stop_now = true;
}

}  // namespace

TEST_CASE("run: one that is stopped has what was found by then, says so, and knows of nothing that it is absent") {
  stop_now = false;
  lint::Options options = toy::options();
  options.stop = &stop_now;
  const lint::Rule stops = make_rule("test/stops", report_and_stop);
  const lint::Rule* rules[] = {&kValues, &stops, &kBad};
  std::vector<lint::InputFile> files = {file("a.json", R"({"k": "bad"})"), file("b.json", R"({"k": "bad"})")};
  files[1].set = 1;
  const auto run = lint::run(files, rules, options);
  CHECK(rules_of(*run) == Strings{"test/stops", "test/values"});
  REQUIRE(run->errors.size() == 1);
  CHECK(run->errors[0].message == "interrupted; what was found by then is not all");
  CHECK(lint::exit_code(*run, options) == 3);
  REQUIRE(run->judged.size() == 2);
  CHECK_FALSE(run->judged[0].complete);
  const auto nothing = lint::run(files, rules, options);
  CHECK(nothing->findings.empty());
  CHECK(nothing->errors.size() == 1);
}

TEST_CASE("run: two runs put together keep their places, and only one of them needs a configuration") {
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  auto run = lint::run({file("a.json", R"({"k": "bad"})")}, rules, options);
  auto more = lint::run({file("b.json", R"({"kind": "bad"})")}, rules, options, std::move(run->sources));
  lint::append(*run, std::move(more));
  REQUIRE(run->findings.size() == 2);
  CHECK(run->sources.path(span_of(run->findings[0]).file) == "a.json");
  CHECK(run->sources.path(span_of(run->findings[1]).file) == "b.json");
  CHECK(run->sources.position(span_of(run->findings[1]).file, span_of(run->findings[1]).begin).column == 10);
  CHECK(run->files == 2);
  auto empty = lint::run({}, rules, options, std::move(run->sources));
  CHECK(empty->errors.size() == 1);
  lint::append(*run, std::move(empty));
  CHECK(run->errors.empty());
}

TEST_CASE("run: the exit code counts severity and confidence, and errors win") {
  lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  const auto run = lint::run({file("a.json", R"({"k": "bad"})")}, rules, options);
  REQUIRE(run->findings.size() == 1);
  CHECK(lint::exit_code(*run, options) == 1);
  options.fail_on = Severity::Error;
  CHECK(lint::exit_code(*run, options) == 0);
  options.fail_on = std::nullopt;
  CHECK(lint::exit_code(*run, options) == 0);
  options.fail_on = Severity::Warning;
  run->findings[0].confidence = Confidence::Low;
  CHECK(lint::exit_code(*run, options) == 0);
  options.min_confidence = Confidence::Low;
  CHECK(lint::exit_code(*run, options) == 1);
}

TEST_CASE("fingerprints: neither lines nor messages count, equal findings are told apart") {
  const lint::Options options = toy::options();
  const lint::Rule* rules[] = {&kBad};
  const auto prints = [&](const std::string& path, const std::string& text, std::string_view root = {}) {
    return lint::fingerprints(*lint::run({file(path, text)}, rules, options), root);
  };
  const Strings two = prints("a.json", R"({"k": "bad", "l": "bad"})");
  REQUIRE(two.size() == 2);
  CHECK(two[0].size() == 16);
  CHECK(two[0] != two[1]);
  CHECK(prints("a.json", "\n\n{\"moved\": 1, \"k\": \"bad\", \"l\":\n \"bad\"}") == two);
  CHECK(prints("b.json", R"({"k": "bad", "l": "bad"})") != two);
  CHECK(prints("/repo/a.json", R"({"k": "bad", "l": "bad"})", "/repo/") == two);
  CHECK(prints("/repository/a.json", R"({"k": "bad", "l": "bad"})", "/repo") != two);
}
