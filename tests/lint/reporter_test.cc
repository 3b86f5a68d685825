#include <string>
#include <vector>

#include "lint/run.h"
#include "tests/catch.h"
#include "tests/lint/toy_gateway.h"

using namespace tlsward;
namespace toy = tests::toy;

namespace {

/// A set of one toy file with two contexts, and a reporter on it.
class Fixture {
 public:
  explicit Fixture(std::string text = "{\"a\": {\"v\": 1}, \"b\": {}}") : options_(toy::options()) {
    lint::InputFile file;
    file.path = "a.json";
    file.text = std::move(text);
    run_ = lint::run({file}, {}, options_);
  }
  const lint::InputSet& set() const { return *run_->sets[0]; }
  const tls::TlsContext& context(std::size_t index) const { return set().reading.contexts.at(index); }
  const lint::Rule& rule() const { return rule_; }

  std::vector<Finding> findings;

 private:
  lint::Rule rule_{.id = "test/rule", .summary = {}, .why = {}, .cites = {}, .bad = {}, .good = {}, .check = {}};
  lint::Options options_;
  std::unique_ptr<lint::Run> run_;
};

}  // namespace

TEST_CASE("reporter: findings of several contexts at one place are one") {
  Fixture fixture;
  lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  const Span where = fixture.set().documents[0].document->root.where;
  out.add(fixture.context(0), where, "first");
  out.add(fixture.context(0), where, "first of another kind");
  out.add(fixture.context(1), where, "second").notes.push_back("lost");
  REQUIRE(fixture.findings.size() == 2);
  CHECK(fixture.findings[0].message == "first");
  CHECK(fixture.findings[0].subject == "a");
  CHECK(fixture.findings[1].message == "first of another kind");
}

TEST_CASE("reporter: the most severe of several contexts stays") {
  Fixture fixture;
  lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  const Span where = fixture.set().documents[0].document->root.where;
  out.add(Severity::Info, fixture.context(0), where, "first");
  out.add(Severity::Error, fixture.context(1), where, "second");
  REQUIRE(fixture.findings.size() == 1);
  CHECK(fixture.findings[0].severity == Severity::Error);
  CHECK(fixture.findings[0].subject == "b");
}

TEST_CASE("reporter: the same message at the same place is reported once") {
  Fixture fixture;
  lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  out.add({1, 0, 1}, "one");
  out.add({1, 0, 1}, "one");
  out.add({1, 0, 1}, "two");
  out.add({1, 0, 2}, "one");
  CHECK(fixture.findings.size() == 3);
}

TEST_CASE("reporter: a finding of a context without a place points at its key") {
  Fixture fixture;
  lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  const Finding& finding = out.add(fixture.context(1), Span{}, "no key");
  CHECK(out.text(span_of(finding)) == "\"b\"");
}

TEST_CASE("reporter: confidence only goes down, and a guessed version makes it medium") {
  Fixture fixture;
  lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  Finding& finding = out.add(fixture.context(0), Span{}, "guess");
  lint::Reporter::by_version(finding, fixture.context(0));
  CHECK(finding.confidence == Confidence::Medium);
  lint::Reporter::lower(finding, Confidence::Low);
  lint::Reporter::lower(finding, Confidence::High);
  CHECK(finding.confidence == Confidence::Low);
}

TEST_CASE("reporter: fixes name the file and the bytes") {
  Fixture fixture;
  const lint::Reporter out(fixture.set(), fixture.rule(), fixture.findings);
  const Node& value = fixture.set().documents[0].document->root.find("a")->members[0].value;
  const Fix version = out.set_version(value.where, tls::kTls12, false);
  CHECK(version.title == "set to TLS 1.2");
  CHECK(version.edits[0].text == "1.2");
  const auto removed = out.remove(value.where, "remove it", true);
  REQUIRE(removed.has_value());
  CHECK(removed->safe);
  CHECK(out.text(removed->edits[0].where) == "\"v\": 1");
  const auto inserted = out.insert(fixture.context(1).section, "k", "true", false);
  REQUIRE(inserted.has_value());
  CHECK(inserted->edits[0].text == "\"k\": true");
  CHECK_FALSE(out.remove({1, 0, 3}, "nothing there", false).has_value());
}

TEST_CASE("a place belongs to the document round it") {
  lint::Options options = toy::options();
  lint::InputFile file;
  file.path = "a.yaml";
  file.text = "# first\na: 1\n---\nb: 2\n---\nc: 3\n";
  const auto run = lint::run({file}, {}, options);
  const lint::InputSet& set = *run->sets[0];
  REQUIRE(set.documents.size() == 3);
  const auto index_at = [&](const std::string& text) {
    const auto at = static_cast<std::uint32_t>(file.text.find(text));
    return set.claimed({1, at, at + 1})->document->index;
  };
  CHECK(index_at("# first") == 0);
  CHECK(index_at("1") == 0);
  CHECK(index_at("2") == 1);
  CHECK(index_at("3") == 2);
  CHECK(set.claimed({2, 0, 1}) == nullptr);
}

TEST_CASE("dates are read with and without a time") {
  using namespace std::chrono;
  CHECK(*lint::parse_time("2026-11-22") == tls::Time{sys_days{2026y / November / 22}});
  CHECK(*lint::parse_time("2026-11-22T10:00:30Z") == tls::Time{sys_days{2026y / November / 22}} + 10h + 30s);
  for (const char* text :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "22.11.2026 "})
    CHECK_FALSE(lint::parse_time(text));
}
