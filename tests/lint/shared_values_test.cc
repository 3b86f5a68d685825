#include <set>
#include <string>
#include <vector>

#include "lint/run.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/example.h"

using namespace tlsward;

namespace {

/// The rules whose findings have a fix, for a KrakenD file.
std::set<std::string> fixable(const std::string& text) {
  lint::InputFile file;
  file.path = "krakend.yaml";
  file.text = text;
  const lint::Options options;
  const auto run = lint::run({file}, rules::all(), options);
  INFO(text);
  CHECK(run->errors.empty());
  std::set<std::string> result;
  for (const Finding& finding : run->findings) {
    if (finding.fix) result.emplace(finding.rule);
  }
  return result;
}

/// The texts under the labels of the first finding of tls/obsolete-version, with the byte where each begins.
std::vector<std::string> uses(const std::string& text) {
  lint::InputFile file;
  file.path = "krakend.yaml";
  file.text = "version: 3\nendpoints: []\n" + text;
  const lint::Options options;
  const auto run = lint::run({file}, rules::all(), options);
  INFO(text);
  std::vector<std::string> result;
  for (const Finding& finding : run->findings) {
    if (finding.rule != "tls/obsolete-version") continue;
    for (const Label& label : finding.related) {
      CHECK(label.text == "used here");
      result.emplace_back(run->sources.text(label.where));
    }
    return result;
  }
  return {"no finding"};
}

bool fixes_version(const std::string& text) {
  return fixable(text).contains("tls/obsolete-version");
}

}  // namespace

TEST_CASE("shared values: what only one place uses is fixed") {
  CHECK(fixes_version("version: 3\nendpoints: []\ntls:\n  min_version: TLS10\n"));
  CHECK(fixes_version("version: 3\nendpoints: []\ntls:\n  min_version: &minimum TLS10\n"));
  // The alias gives way to the value.
  CHECK(fixes_version("version: 3\nendpoints: []\nx: &minimum TLS10\ntls:\n  min_version: *minimum\n"));
  CHECK(fixes_version("version: 3\nendpoints: []\nx: &other TLS12\ny: *other\ntls:\n  min_version: TLS10\n"));
}

TEST_CASE("shared values: an alias, one round it, and a merged map are left alone") {
  CHECK_FALSE(fixes_version("version: 3\nendpoints: []\ntls:\n  min_version: &minimum TLS10\nx: *minimum\n"));
  CHECK_FALSE(fixes_version("version: 3\nendpoints: []\ntls: &tls\n  min_version: TLS10\nx: *tls\n"));
  CHECK_FALSE(fixes_version("version: 3\nendpoints: []\nx: &base\n  min_version: TLS10\ntls:\n  <<: *base\n"));
  CHECK_FALSE(fixes_version("version: 3\nendpoints: []\ntls: &base\n  min_version: TLS10\nx:\n  <<: *base\n  a: b\n"));
}

TEST_CASE("shared values: an alias for a whole map gives way to no single value") {
  const std::string base = "version: 3\nendpoints: []\nx: &base\n  disabled: \"false\"\n  min_version: TLS12\n";
  CHECK(fixable(base + "tls:\n  disabled: \"false\"\n").contains("config/wrong-type"));
  CHECK_FALSE(fixable(base + "tls:\n  <<: *base\n").contains("config/wrong-type"));
  CHECK_FALSE(fixable(base + "tls:\n  <<: [*base]\n").contains("config/wrong-type"));
  CHECK_FALSE(fixable(base + "tls: *base\n").contains("config/wrong-type"));
  CHECK(fixable("version: 3\nendpoints: []\nx: &no \"false\"\ntls:\n  disabled: *no\n").contains("config/wrong-type"));
}

TEST_CASE("shared values: what would take an anchor away is left alone") {
  const std::string text =
      "version: 3\nendpoints: []\ntls:\n  min_version: TLS13\n  cipher_suites: &suites [4865]\nclient_tls:\n"
      "  cipher_suites: {}\n";
  const auto alone = fixable(text.substr(0, text.find("{}")) + "[49199]\n");
  const auto shared = fixable(text.substr(0, text.find("{}")) + "*suites\n");
  CHECK(alone.contains("krakend/ignored-cipher-suites"));
  CHECK_FALSE(shared.contains("krakend/ignored-cipher-suites"));
}

TEST_CASE("shared values: a finding inside one is labelled with the places that use it") {
  using Texts = std::vector<std::string>;
  CHECK(uses("tls:\n  min_version: TLS10\n").empty());
  CHECK(uses("x: &other TLS12\ny: *other\ntls:\n  min_version: TLS10\n").empty());
  // The finding stands at the alias itself.
  CHECK(uses("x: &minimum TLS10\ntls:\n  min_version: *minimum\n").empty());
  CHECK(uses("x: &tls\n  min_version: TLS10\ntls: *tls\ny: *tls\n") == Texts{"*tls", "*tls"});
  CHECK(uses("x: &base\n  min_version: TLS10\ntls:\n  <<: *base\n") == Texts{"*base"});
}
