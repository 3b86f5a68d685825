#include "report/snippet.h"

#include "report/secret.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;
using report::snippet;

Span span_in(const SourceMap& sources, FileId file, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(sources.text(file).find(part));
  return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

}  // namespace

TEST_CASE("snippet: the caret stands under the value behind a tab and wide characters") {
  SourceMap sources;
  const FileId file = sources.add("a.json", "\t\"日本\": \"TLS10\"\n");
  const auto shown = snippet(sources, span_in(sources, file, "\"TLS10\""), "old");
  REQUIRE(shown.rows.size() == 2);
  CHECK(shown.rows[0].text == "    \"日本\": \"TLS10\"");
  CHECK(shown.rows[1].text == "            ^^^^^^^ old");
}

TEST_CASE("snippet: a long line is cut round the place") {
  SourceMap sources;
  const FileId file = sources.add("a.json", std::string(5000, 'x') + "VALUE" + std::string(5000, 'y'));
  const auto shown = snippet(sources, span_in(sources, file, "VALUE"), "");
  REQUIRE(shown.rows.size() == 2);
  CHECK(shown.rows[0].text.size() < 300);
  CHECK(shown.rows[0].text.find("VALUE") != std::string::npos);
  CHECK(shown.rows[1].text.find("^^^^^") == 61);
}

TEST_CASE("snippet: a value of several lines is underlined on its first") {
  SourceMap sources;
  const FileId file = sources.add("a.yaml", "a: |\n  one\n  two\nb: 1\n");
  const auto shown = snippet(sources, span_in(sources, file, "|\n  one\n  two\n"), "");
  REQUIRE(shown.rows.size() == 2);
  CHECK(shown.rows[1].text == "   ^");
}

TEST_CASE("secret: bodies of private keys are hidden wherever they stand") {
  const std::string pem = "k: |\n  -----BEGIN PRIVATE KEY-----\n  MIIEvQ\n  -----END PRIVATE KEY-----\nc: x\n";
  const std::size_t body = pem.find("  MIIEvQ");
  CHECK(report::masked_line(pem, body, body + 8) == "  ******");
  const std::string json = R"("key": "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n")";
  const std::string masked = report::masked_line(json, 0, json.size());
  CHECK(masked.size() == json.size());
  CHECK(masked.find("MHcC") == std::string::npos);
  CHECK(masked.find("BEGIN EC PRIVATE KEY") != std::string::npos);
}

TEST_CASE("secret: values of secret keys are hidden, flags are not") {
  const auto masked = [](const std::string& line) { return report::masked_line(line, 0, line.size()); };
  CHECK(masked(R"(  "secret": "hunter2", "port": 1)") == R"(  "secret": "*******", "port": 1)");
  CHECK(masked("node_secret: hunter2 # why") == "node_secret: ******* # why");
  CHECK(masked(R"("allow_unsafe_dynamic_mtls_token": true)") == R"("allow_unsafe_dynamic_mtls_token": true)");
  CHECK(masked(R"("private_key": "/etc/key.pem")") == R"("private_key": "/etc/key.pem")");
}

TEST_CASE("secret: values that YAML writes below their key, lists, and keys that lost their BEGIN") {
  const auto last_line = [](const std::string& text) {
    const std::size_t begin = text.rfind('\n') + 1;
    return report::masked_line(text, begin, text.size());
  };
  CHECK(last_line("password: |\n  hunter2") == "  *******");
  CHECK(last_line("a:\n  password: >-\n\n    one: two\n    three") == "    *****");
  CHECK(last_line("password:\n  hunter2") == "  *******");
  CHECK(last_line("tokens:\n  - hunter2") == "  - *******");
  CHECK(last_line("password: hunter2\nport: 1") == "port: 1");
  CHECK(last_line("token:\n  enabled: yes") == "  enabled: yes");
  CHECK(last_line("other: |\n  hunter2") == "  hunter2");
  CHECK(last_line(R"("tokens": ["hunter2"])").find("hunter2") == std::string::npos);
  const std::string base64(70, 'M');
  CHECK(last_line("key: " + base64) == "key: " + std::string(70, '*'));
  CHECK(last_line("key: |\n  " + base64) == "  " + std::string(70, '*'));
  CHECK(last_line("crt: " + base64) == "crt: " + base64);
  CHECK(last_line("public_key: " + std::string(64, 'a')) == "public_key: " + std::string(64, 'a'));
  // An API key may have as many hexadecimal digits as the id of a certificate.
  CHECK(last_line("key: " + std::string(64, 'a')) == "key: " + std::string(64, '*'));
  CHECK(last_line("key: swordfish") == "key: *********");
  CHECK(last_line("key: a+b/c=") == "key: ******");
  for (const std::string shown : {"key: /etc/api.key", "key: $API_KEY", "key: ${API_KEY}", "key: true", "key: |"})
    CHECK(last_line(shown) == shown);
}

TEST_CASE("secret: passwords in a map of users") {
  const auto masked = [](const std::string& text, std::string_view line) {
    const std::size_t begin = text.find(line);
    return report::masked_line(text, begin, begin + line.size());
  };
  const std::string json =
      "{\"auth/basic\": {\"users\": {\n\"admin\": \"a}b:c\",\n\"users\": \"hunter2\"\n},\n\"realm\": \"x\"\n}}";
  CHECK(masked(json, R"("admin": "a}b:c",)") == R"("admin": "*****",)");
  CHECK(masked(json, R"("users": "hunter2")") == R"("users": "*******")");
  CHECK(masked(json, R"("realm": "x")") == R"("realm": "x")");
  const std::string one = R"({"users": {"a": "one", "b": "two"}, "port": "x"})";
  CHECK(masked(one, one) == R"({"users": {"a": "***", "b": "***"}, "port": "x"})");
  const std::string several = R"([{"users": {"users": {"a": "one"}, "b": "two"}, "c": "x"}, {"users": {"d": "four"}}])";
  CHECK(masked(several, several) ==
        R"([{"users": {"users": {"a": "***"}, "b": "***"}, "c": "x"}, {"users": {"d": "****"}}])");
  const std::string yaml = "auth/basic:\n  users:\n    admin: hunter2\n    bob: two\n  realm: x\n";
  CHECK(masked(yaml, "    admin: hunter2") == "    admin: *******");
  CHECK(masked(yaml, "    bob: two") == "    bob: ***");
  CHECK(masked(yaml, "  realm: x") == "  realm: x");
  CHECK(masked("users: {a: one}", "users: {a: one}") == "users: {a: ***}");
  CHECK(masked(R"({"end_users": {"a": "one"}})", R"({"end_users": {"a": "one"}})") == R"({"end_users": {"a": "one"}})");
}

TEST_CASE("secret: user names and passwords in addresses") {
  const auto masked = [](const std::string& line) { return report::masked_line(line, 0, line.size()); };
  CHECK(masked(R"("host": ["https://me:hunter2@a.example:443/x@y"])") ==
        R"("host": ["https://**********@a.example:443/x@y"])");
  CHECK(masked("address: http://token@b") == "address: http://*****@b");
  CHECK(masked("address: http://b/a@c") == "address: http://b/a@c");
}

TEST_CASE("secret: texts that hold some") {
  CHECK(report::holds_secret("a: 1\npassword: x1y2z3\n"));
  CHECK(report::holds_secret("|\n  -----BEGIN PRIVATE KEY-----\n  MIIE\n  -----END PRIVATE KEY-----\n"));
  CHECK_FALSE(report::holds_secret("|\n  -----BEGIN CERTIFICATE-----\n  MIIE\n  -----END CERTIFICATE-----\n"));
  CHECK_FALSE(report::holds_secret(""));
}

TEST_CASE("secret: a certificate is no secret") {
  const std::string pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const std::size_t body = pem.find("MIIB");
  CHECK(report::masked_line(pem, body, body + 4) == "MIIB");
}
