#include <algorithm>

#include "lint/policy_read.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;

std::optional<tls::Policy> read(std::string text, std::string& problems) {
  SourceMap sources;
  std::vector<lint::SettingsError> errors;
  const FileId file = sources.add("policy.yaml", std::move(text));
  auto policy = lint::read_policy(sources, file, errors);
  for (const auto& error : errors)
    problems += std::to_string(sources.position(file, error.where.begin).line) + " " + error.message + "\n";
  return policy;
}

std::vector<std::string> of_kind(tls::SuiteKind kind) {
  std::vector<std::string> names;
  for (const auto& facts : tls::cipher_suites()) {
    if (tls::is_kind(facts.suite, kind)) names.emplace_back(facts.name);
  }
  return names;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("policy: all that are part of the program can be read, and say where they are from") {
  std::vector<std::string_view> names;
  for (const lint::BuiltInPolicy& built_in : lint::built_in_policies()) {
    std::string problems;
    const auto policy = read(std::string(built_in.text), problems);
    INFO(built_in.name << ": " << problems);
    REQUIRE(policy);
    CHECK(policy->name == built_in.name);
    CHECK(policy->url.starts_with("https://"));
    CHECK(policy->date.size() == 10);
    CHECK_FALSE(policy->clauses.empty());
    names.push_back(built_in.name);
  }
  CHECK(names == std::vector<std::string_view>{"mozilla-intermediate", "mozilla-modern", "mozilla-old", "rfc-9325"});
}

TEST_CASE("policy: what is wrong with a file is told") {
  std::string problems;
  CHECK_FALSE(
      read("name: x\ntitle: x\nclauses:\n  - clause: a\n    versions: [TLS 9]\n    sutes: [a]\n"
           "  - level: may\n    forbidden: [RC5]\n    groups: [P-257]\n",
           problems));
  CHECK(problems.find("5 'TLS 9' is no version\n") != std::string::npos);
  CHECK(problems.find("6 'sutes' is no member of a clause; did you mean 'suites'?\n") != std::string::npos);
  CHECK(problems.find("7 'clause' is missing\n") != std::string::npos);
  CHECK(problems.find("7 level is 'may', not one of must, should\n") != std::string::npos);
  CHECK(problems.find("8 forbidden is 'RC5', not one of ") != std::string::npos);
  CHECK(problems.find("9 'P-257' is no group\n") != std::string::npos);
  problems.clear();
  CHECK_FALSE(read("name: x\ntitle: x\nurl: https://a.example\ndate: 2026-11-26\n", problems));
  CHECK(problems == "1 a policy needs 'clauses', a list with at least one\n");
}

TEST_CASE("policy: where a guideline is from must be an address, and of when a day") {
  std::string problems;
  CHECK_FALSE(read("name: x\ntitle: x\nurl: foo\ndate: 2026-13-01\nclauses: [{clause: a}]\n", problems));
  CHECK(problems ==
        "3 url is 'foo', no address like https://example.com/tls\n4 date is '2026-13-01', no date like 2026-11-26\n");
  problems.clear();
  CHECK(read("name: x\ntitle: x\nurl: https://a.example\ndate: 2026-11-26\nclauses: [{clause: a}]\n", problems));
  CHECK_FALSE(read("name: x\ntitle: Rules of the house\nclauses: [{clause: a}]\n", problems));
  CHECK(problems == "1 'url' is missing\n1 'date' is missing\n");
}

TEST_CASE("policy: kinds of suites") {
  const auto weak = of_kind(tls::SuiteKind::Below112);
  CHECK(has(weak, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"));
  CHECK(has(weak, "TLS_RSA_WITH_DES_CBC_SHA"));
  CHECK_FALSE(has(weak, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
  CHECK_FALSE(has(weak, "TLS_RSA_WITH_NULL_SHA"));
  const auto below = of_kind(tls::SuiteKind::Below128);
  CHECK(has(below, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
  CHECK_FALSE(has(below, "TLS_AES_128_GCM_SHA256"));
  const auto plain = of_kind(tls::SuiteKind::NoEncryption);
  CHECK(has(plain, "TLS_RSA_WITH_NULL_SHA"));
  CHECK(has(plain, "TLS_SHA256_SHA256"));
  CHECK_FALSE(has(plain, "TLS_AES_128_GCM_SHA256"));
  const auto rsa = of_kind(tls::SuiteKind::RsaKeyExchange);
  CHECK(has(rsa, "TLS_RSA_WITH_AES_128_GCM_SHA256"));
  CHECK_FALSE(has(rsa, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
  CHECK(has(of_kind(tls::SuiteKind::Dhe), "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"));
  CHECK(has(of_kind(tls::SuiteKind::StaticDh), "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256"));
  CHECK(has(of_kind(tls::SuiteKind::Rc4), "TLS_RSA_WITH_RC4_128_SHA"));
  CHECK(has(of_kind(tls::SuiteKind::Anonymous), "TLS_DH_anon_WITH_AES_128_CBC_SHA"));
  CHECK(has(of_kind(tls::SuiteKind::Cbc), "TLS_RSA_WITH_AES_128_CBC_SHA"));
}
