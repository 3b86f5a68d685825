#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lint/edit.h"
#include "lint/run.h"
#include "lint/suppression_text.h"
#include "tests/catch.h"
#include "tests/lint/toy_gateway.h"

using namespace tlsward;
namespace toy = tests::toy;
using Strings = std::vector<std::string>;

namespace {

lint::Rule make_rule(std::string_view id, lint::Check check) {
  lint::Rule rule{};
  rule.id = id;
  rule.check = check;
  return rule;
}

/// At every text "bad", and at the key of every map that has none called "good".
void report_bad(const gateways::Claimed& claimed, lint::Reporter& out) {
  walk(claimed.document->root, [&](const Node& node) {
    if (node.is_scalar() && node.scalar == "bad") out.add(node.where, "bad value", "values");
    for (const Member& member : node.members)
      if (member.value.is_map() && member.value.find("good") == nullptr) out.add(member.key_where, "no good", "maps");
  });
}

const lint::Rule kBad = make_rule("test/bad", report_bad);
const lint::Rule kOther =
    make_rule("test/other", lint::DocumentCheck([](const gateways::Claimed&, lint::Reporter&) {}));
const lint::Rule kCertificate = make_rule("cert/test", std::monostate{});
const lint::Rule kProbe = [] {
  lint::Rule rule = make_rule("test/probe", std::monostate{});
  rule.needs_probe = true;
  return rule;
}();
const lint::Rule kExpired = make_rule("suppress/expired", std::monostate{});
const lint::Rule kNoReason = make_rule("suppress/no-reason", std::monostate{});
const lint::Rule kUnknown = make_rule("suppress/unknown-rule", std::monostate{});
const lint::Rule kUnused = make_rule("suppress/unused", std::monostate{});
const lint::Rule* const kRules[] = {&kCertificate, &kExpired, &kNoReason, &kUnknown, &kUnused, &kBad, &kOther, &kProbe};

lint::Options options_of_today() {
  lint::Options options = toy::options();
  options.at = lint::parse_time("2026-11-22T23:59:00Z").value();
  return options;
}

std::unique_ptr<lint::Run> run(std::string path, std::string text, const lint::Options& options) {
  lint::InputFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  return lint::run({std::move(file)}, kRules, options);
}

/// "3 test/bad", in brackets where it is suppressed.
Strings lines_of(const lint::Run& run) {
  Strings result;
  for (const Finding& finding : run.findings) {
    const Span where = span_of(finding);
    const std::string text = fmt::format("{} {}", run.sources.position(where.file, where.begin).line, finding.rule);
    result.push_back(finding.suppressed ? "[" + text + "]" : text);
  }
  return result;
}

Strings lines_of(std::string path, std::string text) {
  const lint::Options options = options_of_today();
  return lines_of(*run(std::move(path), std::move(text), options));
}

Strings messages(const lint::Run& run, std::string_view rule) {
  Strings result;
  for (const Finding& finding : run.findings)
    if (finding.rule == rule) result.push_back(finding.message);
  return result;
}

std::string fixed(const lint::Run& run, std::string_view rule) {
  for (const Finding& finding : run.findings)
    if (finding.rule == rule && finding.fix)
      return lint::apply_edits(run.sources.text(span_of(finding).file), finding.fix->edits).value_or("overlapping");
  return "no fix";
}

}  // namespace

TEST_CASE("suppressions: a comment on its own line covers the next key and all below it") {
  CHECK(lines_of("a.yaml",
                 "# tlsward: ignore[test/bad] why\n"
                 "first:\n  x: bad\n  y:\n    z: bad\n"
                 "second: {x: bad}\n") ==
        Strings{"[2 test/bad]", "[3 test/bad]", "[4 test/bad]", "[5 test/bad]", "6 test/bad", "6 test/bad"});
}

TEST_CASE("suppressions: a comment on its own line covers the next item of a list, other comments between them") {
  CHECK(lines_of("a.yaml",
                 "list:\n- bad\n# tlsward: ignore[test/bad] why\n# more words\n\n- name: bad\n  more: bad\n- bad\n") ==
        Strings{"2 test/bad", "[6 test/bad]", "[7 test/bad]", "8 test/bad"});
}

TEST_CASE("suppressions: a comment at the end of a line covers what begins in that line") {
  CHECK(lines_of("a.yaml",
                 "first: # tlsward: ignore[test/bad] why\r\n  x: bad\r\n  y: bad # tlsward: ignore[test/bad]\r\n") ==
        Strings{"[1 test/bad]", "2 test/bad", "[3 test/bad]"});
}

TEST_CASE("suppressions: ignore-file covers every document where it stands above the first content") {
  CHECK(lines_of("a.yaml", "\xEF\xBB\xBF# tlsward: ignore-file[test/bad] why\n---\na: bad\n---\nb: bad\n") ==
        Strings{"[3 test/bad]", "[5 test/bad]"});
  CHECK(lines_of("a.yaml", "a: bad\n# tlsward: ignore-file[test/bad] why\nb: bad\n") ==
        Strings{"1 test/bad", "2 suppress/unknown-rule", "3 test/bad"});
}

TEST_CASE("suppressions: an @comment covers the object that it stands in, with its key") {
  CHECK(lines_of("a.json",
                 "{\"a\": {\n\"@comment\": \"tlsward: ignore[test/bad] why\",\n\"x\": \"bad\"},\n\"b\": \"bad\"}") ==
        Strings{"[1 test/bad]", "[3 test/bad]", "4 test/bad"});
  CHECK(
      lines_of("a.json", "{\"@comment\": [\"some words\", \"tlsward: ignore-file[test/bad] why\"],\n\"b\": \"bad\"}") ==
      Strings{"[2 test/bad]"});
}

TEST_CASE("suppressions: a text under another name than @comment is none, and is told") {
  for (const std::string key : {"_comment", "$comment", "c"}) {
    INFO(key);
    CHECK(lines_of("a.json", "{\"" + key + "\": \"tlsward: ignore[test/bad] why\",\n\"b\": \"bad\"}") ==
          Strings{"1 suppress/unused", "2 test/bad"});
    CHECK(lines_of("a.json", "{\"" + key + "\": \"what tlsward ignores\",\n\"b\": \"bad\"}") == Strings{"2 test/bad"});
  }
  CHECK(lines_of("a.json", "{\"_comment\": [\"some words\",\n\"# tlsward: ignore[test/bad]\"],\n\"b\": \"bad\"}") ==
        Strings{"2 suppress/unused", "3 test/bad"});
  CHECK(lines_of("a.yaml", "c: 'x # tlsward: ignore[test/bad]'\nb: bad\n") ==
        Strings{"1 suppress/unused", "2 test/bad"});
}

TEST_CASE("suppressions: one that does not begin the text of an @comment, and a second one in it, are told") {
  for (const std::string text :
       {"# tlsward: ignore[test/bad] why", "note. tlsward: ignore[test/bad]", "words\\ntlsward: ignore-file[test/bad]",
        "tlsward: ignore[test/other] why\\ntlsward: ignore[test/bad]"}) {
    INFO(text);
    CHECK(lines_of("a.json", "{\"@comment\": \"" + text + "\",\n\"b\": \"bad\"}") ==
          Strings{"1 suppress/unknown-rule", "2 test/bad"});
  }
  CHECK(lines_of("a.json", "{\"@comment\": \" tlsward: ignore[test/bad] why\",\n\"b\": \"bad\"}") ==
        Strings{"[2 test/bad]"});
}

TEST_CASE("suppressions: several may stand in one comment, and one in the middle of a comment is told") {
  const std::string both = "# tlsward: ignore[test/other] old  # tlsward: ignore[test/bad] new";
  CHECK(lines_of("a.yaml", both + "\r\na: bad\r\n") == Strings{"1 suppress/unused", "[2 test/bad]"});
  CHECK(lines_of("a.yaml", "a: bad " + both + "\n") == Strings{"[1 test/bad]", "1 suppress/unused"});
  const lint::Options options = options_of_today();
  const auto judged = run("a.yaml", both + "\na: bad\n", options);
  CHECK(judged->findings.back().suppressed->reason == "new");
  CHECK(fixed(*judged, "suppress/unused") == "# tlsward: ignore[test/bad] new\na: bad\n");
  CHECK(fixed(*run("a.yaml", "a: bad # tlsward: ignore[test/bad] new # tlsward: ignore[test/other]\n", options),
              "suppress/unused") == "a: bad # tlsward: ignore[test/bad] new\n");
  CHECK(lines_of("a.yaml", "a: bad # note. tlsward: ignore[test/bad]\n") ==
        Strings{"1 test/bad", "1 suppress/unknown-rule"});
  CHECK(lines_of("a.yaml", "a: bad # what tlsward: ignore says\n") == Strings{"1 test/bad"});
}

TEST_CASE("suppressions: what looks like one in a block scalar is none, and is told") {
  const lint::Options options = options_of_today();
  const auto judged = run("a.yaml", "script: |\n  # tlsward: ignore[test/bad] why\n  x\nb: bad\n", options);
  CHECK(lines_of(*judged) == Strings{"2 suppress/unused", "4 test/bad"});
  CHECK(judged->findings[0].severity == Severity::Info);
}

TEST_CASE("suppressions: what they say stands in the finding, the narrower one counts, and neither fails the run") {
  const lint::Options options = options_of_today();
  const auto judged =
      run("a.yaml",
          "# tlsward: ignore-file[test/bad] everything\n"
          "# tlsward: ignore[ test/bad ,test/other ] until=2027-01-31 legacy  terminals owner=net-team\n"
          "a: bad\n",
          options);
  const auto bad = std::find_if(judged->findings.begin(), judged->findings.end(),
                                [](const Finding& finding) { return finding.rule == "test/bad"; });
  REQUIRE(bad != judged->findings.end());
  REQUIRE(bad->suppressed);
  CHECK(bad->suppressed->in_source);
  CHECK(bad->suppressed->reason == "legacy terminals");
  CHECK(bad->suppressed->owner == "net-team");
  CHECK(bad->suppressed->until == "2027-01-31");
  CHECK_FALSE(counts(*bad));
  lint::Options strict = options;
  strict.ignore = {"suppress"};
  CHECK(lint::exit_code(*run("a.yaml", "a: bad # tlsward: ignore[test/bad] why\n", strict), strict) == 0);
  strict.no_ignores = true;
  CHECK(lint::exit_code(*run("a.yaml", "a: bad # tlsward: ignore[test/bad] why\n", strict), strict) == 1);
}

TEST_CASE("suppressions: a date holds through its day, is told fourteen days ahead, and ends") {
  const auto on = [](std::string_view until) {
    const lint::Options options = options_of_today();
    const auto judged =
        run("a.yaml", fmt::format("# tlsward: ignore[test/bad] until={} why\na: bad\n", until), options);
    Strings result = lines_of(*judged);
    for (const std::string& message : messages(*judged, "suppress/expired")) result.push_back(message);
    return result;
  };
  CHECK(on("2026-11-21") == Strings{"1 suppress/expired", "2 test/bad",
                                    "the suppression of test/bad ended on 2026-11-21; its findings count again"});
  CHECK(on("2026-11-22") ==
        Strings{"1 suppress/expired", "[2 test/bad]",
                "the suppression of test/bad ends today, on 2026-11-22; its findings then count again"});
  CHECK(on("2026-12-06").size() == 3);
  CHECK(on("2026-12-07") == Strings{"[2 test/bad]"});
}

TEST_CASE("suppressions: an unknown rule, a group and a rule about suppressions are told, with the likely id") {
  const lint::Options options = options_of_today();
  const auto judged = run("a.yaml", "# tlsward: ignore[test/bda, test, suppress/unused]\na: bad\n", options);
  CHECK(messages(*judged, "suppress/unknown-rule") ==
        Strings{"'test/bda' is no rule; did you mean 'test/bad'?",
                "'test' is a group of rules; a suppression names each rule by its id",
                "suppress/unused is about suppressions and cannot be suppressed itself"});
  CHECK(fixed(*judged, "suppress/unknown-rule") == "# tlsward: ignore[test/bad, test, suppress/unused]\na: bad\n");
  CHECK_FALSE(judged->findings[0].fix->safe);
}

TEST_CASE("suppressions: malformed ones are told and suppress nothing") {
  for (const std::string text :
       {"ignore", "ignore all", "ignore[]", "ignore[test/bad", "ignore[test/bad,]", "ignore[test/bad] until=soon",
        "ignore[test/bad] why until=2027-02-30", "ignore[test/bad] until= why", "ignore[test/bad] until=2027-01-31,",
        "ignore[test/bad] owner= x", "ignore[test/bad] until=2027-01-31 until=2028-01-31",
        "ignore[test/bad] owner=a why owner=b"}) {
    INFO(text);
    CHECK(lines_of("a.yaml", "a: bad # tlsward: " + text + "\n") == Strings{"1 test/bad", "1 suppress/unknown-rule"});
  }
  CHECK(lines_of("a.yaml", "a: bad # tlsward ignore[test/bad]\n") == Strings{"1 test/bad", "1 suppress/unknown-rule"});
  CHECK(lines_of("a.yaml", "a: bad # tlsward is a linter\n") == Strings{"1 test/bad"});
}

TEST_CASE("suppressions: a misspelt end is told and suppresses nothing, for it would never come") {
  const lint::Options options = options_of_today();
  const auto problem = [&](const std::string& rest) {
    const auto judged = run("a.yaml", "a: bad # tlsward: ignore[test/bad] " + rest + "\n", options);
    CHECK(lines_of(*judged) == Strings{"1 test/bad", "1 suppress/unknown-rule"});
    return messages(*judged, "suppress/unknown-rule").at(0);
  };
  CHECK(problem("untill=2027-01-31 why") ==
        "nothing is suppressed: 'untill=' is not known; did you mean until=2027-01-31?");
  CHECK(problem("untill=2027-02-01 why").ends_with("did you mean until=2027-02-01?"));
  CHECK(problem("until 2027-02-01, then not").ends_with("write until=2027-02-01, without blanks"));
  for (const std::string rest :
       {"untl=2027-01-31", "Until=2027-01-31", "why until:2027-01-31", "until: 2027-01-31", "until 2027-01-31",
        "holds until 2027-01-31, then not", "until = 2027-01-31", "onwer=net-team", "Owner=net-team"}) {
    INFO(rest);
    problem(rest);
  }
  for (const std::string rest :
       {"see ADR: x=y", "until the migration ends", "owner: net-team", "a=until b:c", "until"}) {
    INFO(rest);
    const auto judged = run("a.yaml", "a: bad # tlsward: ignore[test/bad] " + rest + "\n", options);
    CHECK(messages(*judged, "suppress/unknown-rule").empty());
    CHECK(judged->findings.at(0).suppressed.has_value());
  }
}

TEST_CASE("suppressions: one may follow another comment in its line, and tlsward is written small") {
  CHECK(lines_of("a.yaml", "a: bad # legacy # tlsward: ignore[test/bad] why\n") == Strings{"[1 test/bad]"});
  CHECK(lines_of("a.yaml", "# legacy # tlsward: ignore[test/bad] why\na: bad\n") == Strings{"[2 test/bad]"});
  CHECK(lines_of("a.yaml", "a: bad # see docs#tlsward: ignore[test/bad]\n") ==
        Strings{"1 test/bad", "1 suppress/unknown-rule"});
  CHECK(lines_of("a.yaml", "a: bad # TLSward: ignore[test/bad]\n") == Strings{"1 test/bad", "1 suppress/unknown-rule"});
  const lint::Options options = options_of_today();
  CHECK(fixed(*run("a.yaml", "a: 1 # legacy # tlsward: ignore[test/bad] why\n", options), "suppress/unused") ==
        "a: 1 # legacy\n");
  CHECK(fixed(*run("a.yaml", "# legacy # tlsward: ignore[test/bad] why\na: 1\n", options), "suppress/unused") ==
        "# legacy\na: 1\n");
}

TEST_CASE("suppressions: an unused one is told where the rule was asked, with a safe fix") {
  const lint::Options options = options_of_today();
  const auto whole = run("a.yaml", "x: 1\n  # c\n# tlsward: ignore[test/other] why\na: 1\n", options);
  CHECK(lines_of(*whole) == Strings{"3 suppress/unused"});
  CHECK(fixed(*whole, "suppress/unused") == "x: 1\n  # c\na: 1\n");
  CHECK(whole->findings[0].fix->safe);
  CHECK(fixed(*run("a.yaml", "a: 1  # tlsward: ignore[test/other]\r\nb: 1\r\n", options), "suppress/unused") ==
        "a: 1\r\nb: 1\r\n");
  CHECK(fixed(*run("a.yaml", "a: bad  # tlsward: ignore[test/other, test/bad] w\n", options), "suppress/unused") ==
        "a: bad  # tlsward: ignore[test/bad] w\n");
  CHECK(fixed(*run("a.yaml", "a: bad  # tlsward: ignore[test/bad,  test/other] w\n", options), "suppress/unused") ==
        "a: bad  # tlsward: ignore[test/bad] w\n");
  CHECK(fixed(*run("a.json", "{\"@comment\": \"tlsward: ignore[test/other] w\", \"b\": 1}", options),
              "suppress/unused") == "{\"b\": 1}");
}

TEST_CASE("suppressions: what this run did not ask is not called unused") {
  lint::Options options = options_of_today();
  const std::string text = "a: 1  # tlsward: ignore[test/bad] why\n";
  options.ignore = {"test"};
  CHECK(lines_of(*run("a.yaml", text, options)).empty());
  options.ignore = {};
  options.read.follow_files = false;
  CHECK(lines_of(*run("a.yaml", "a: 1  # tlsward: ignore[cert/test] why\n", options)).empty());
  CHECK(lines_of(*run("a.yaml", text, options)) == Strings{"1 suppress/unused"});
  CHECK(lines_of("a.yaml", "a: 1  # tlsward: ignore[test/probe] why\n").empty());
  CHECK(lines_of("a.yaml", text) == Strings{"1 suppress/unused"});
}

TEST_CASE("suppressions: of one that ends it is told where another one covers the same for longer") {
  lint::Options options = options_of_today();
  const auto told = [&](const std::string& first, const std::string& second) {
    return messages(*run("a.yaml",
                         "# tlsward: ignore-file[test/bad] " + first + " why\n# tlsward: ignore[test/bad] " + second +
                             " why\na: bad\n",
                         options),
                    "suppress/expired");
  };
  CHECK(told("", "until=2026-11-21") ==
        Strings{"the suppression of test/bad ended on 2026-11-21; another one still covers its findings"});
  CHECK(
      told("until=2027-11-21", "until=2026-11-23") ==
      Strings{"the suppression of test/bad ends in 1 day, on 2026-11-23; another one then still covers its findings"});
  CHECK(told("until=2026-11-20", "until=2026-11-21") ==
        Strings{"the suppression of test/bad ended on 2026-11-20; its findings count again",
                "the suppression of test/bad ended on 2026-11-21; its findings count again"});
  CHECK(messages(*run("a.yaml",
                      "# tlsward: ignore-file[test/bad] until=2026-11-21 why\n"
                      "a: bad  # tlsward: ignore[test/bad] why\nb: bad\n",
                      options),
                 "suppress/expired") ==
        Strings{"the suppression of test/bad ended on 2026-11-21; its findings count again"});
}

TEST_CASE("suppressions: a reason is asked for where the project wants one") {
  lint::Options options = options_of_today();
  const std::string text = "a: bad  # tlsward: ignore[test/bad] owner=net-team\n";
  CHECK(lines_of(*run("a.yaml", text, options)) == Strings{"[1 test/bad]"});
  options.require_reason = true;
  CHECK(lines_of(*run("a.yaml", text, options)) == Strings{"[1 test/bad]", "1 suppress/no-reason"});
}

TEST_CASE("suppressions: entries of the project hold for the files and the place that they name") {
  lint::Options options = options_of_today();
  options.project = "/project";
  lint::IgnoreEntry entry;
  entry.rule = "test/bad";
  entry.path = "deploy/*.json";
  entry.at = "/a~1b/1";
  entry.reason = "why";
  options.ignores = {entry};
  const std::string text = "{\"a/b\": [\"bad\",\n\"bad\"]}";
  CHECK(lines_of(*run("/project/deploy/x.json", text, options)) == Strings{"1 test/bad", "[2 test/bad]"});
  CHECK(lines_of(*run("/project/x.json", text, options)) == Strings{"1 test/bad", "2 test/bad"});
  options.ignores[0].at = "/absent/0";
  CHECK(lines_of(*run("/project/deploy/x.json", text, options)) == Strings{"1 test/bad", "2 test/bad"});
  options.ignores[0].at = "";
  const auto judged = run("/project/deploy/x.json", text, options);
  CHECK(lines_of(*judged) == Strings{"[1 test/bad]", "[2 test/bad]"});
  CHECK_FALSE(judged->findings[0].suppressed->in_source);
  options.ignores[0].until = "2026-11-21";
  CHECK(lines_of(*run("/project/deploy/x.json", text, options)) == Strings{"1 test/bad", "2 test/bad"});
}

TEST_CASE("suppressions: findings about an entry of the project stand in its file") {
  SourceMap sources;
  const std::string text = "ignore:\n  - rule: test/other\n    path: a.json\n  - rule: test/bad\n";
  const FileId file = sources.add(".tlsward.yaml", text);
  lint::Options options = options_of_today();
  options.project = "/project";
  lint::IgnoreEntry entry;
  entry.rule = "test/other";
  entry.path = "a.json";
  entry.where = {file, static_cast<std::uint32_t>(text.find("rule")),
                 static_cast<std::uint32_t>(text.find("a.json") + 6)};
  options.ignores = {entry};
  lint::InputFile input;
  input.path = "/project/a.json";
  input.text = "{}";
  const auto judged = lint::run({input}, kRules, options, std::move(sources));
  CHECK(lines_of(*judged) == Strings{"2 suppress/unused"});
  CHECK(judged->sources.path(span_of(judged->findings[0]).file) == ".tlsward.yaml");
  CHECK(messages(*judged, "suppress/unused") == Strings{"no finding of test/other here; nothing is suppressed"});
  // Others may be meant by a glob.
  options.ignores[0].path = "*.json";
  CHECK(lines_of(*run("/project/a.json", "{}", options)).empty());
}

TEST_CASE("suppressions: a file full of them is judged in good time") {
  std::string yaml, json = "{\"a\": [\n";
  for (int i = 0; i < 20000; ++i) {
    yaml += fmt::format("# tlsward: ignore[test/bad]\nk{}: bad\n", i);
    json += fmt::format("{{\"@comment\": \"tlsward: ignore[test/other]\", \"good\": {}}},\n", i);
  }
  json += "{}]}";
  lint::Options options = options_of_today();
  options.select = {"test/other", "suppress"};
  CHECK(lines_of(*run("a.yaml", yaml, options)).empty());
  CHECK(run("a.json", json, options)->findings.size() == 20000);
}
