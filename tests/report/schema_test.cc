// The schemas of 'tlsward schema', checked with Debian's validator: tests/report/schema_check.py.
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

using Json = nlohmann::json;
using tlsward::tests::run_shell;

bool has_validator() {
  const bool there = run_shell("python3 -c 'import jsonschema, yaml'", ".").exit_code == 0;
  if (!there) std::cout << "\nSKIPPED: needs python3-jsonschema and python3-yaml, which ./test installs" << std::endl;
  return there;
}

/// Runs one check, which must have looked at `least` things and found nothing.
void check_schemas(const std::string& what, int least) {
  if (!has_validator()) return;
  const auto result = run_shell("python3 tests/report/schema_check.py " + what, TLSWARD_SOURCE_DIR);
  INFO(result.err);
  CHECK(result.exit_code == 0);
  CHECK(std::atoi(result.out.c_str()) >= least);
}

Json schema(const std::string& words) {
  const auto result = run_shell("tlsward schema " + words, ".");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  return Json::parse(result.out);
}

}  // namespace

TEST_CASE("schema: every version and form is a schema by the metaschema of 2020-12", "[schema]") {
  // Apart, because a sanitizer makes many short processes slow.
  check_schemas("metaschema flex", 70);
  check_schemas("metaschema krakend", 42);
  check_schemas("metaschema tyk", 36);
}

TEST_CASE("schema: the good example of every rule is accepted", "[schema]") {
  check_schemas("examples", 150);
}

TEST_CASE("schema: healthy configurations are accepted", "[schema]") {
  check_schemas("configs", 25);
}

TEST_CASE("schema: comments, references, other letter cases and what is not about TLS are accepted", "[schema]") {
  check_schemas("odd", 10);
}

TEST_CASE("schema: mistakes are refused where they stand", "[schema]") {
  check_schemas("bad", 20);
}

TEST_CASE("schema: a key says what it means, what its default is and since when it exists", "[schema]") {
  const Json tls = schema("krakend@2.13")["$defs"]["tls"];
  const Json& minimum = tls["properties"]["min_version"];
  CHECK(minimum["default"] == "TLS13");
  CHECK(minimum["description"].get<std::string>().find("lowest TLS version") == 0);
  CHECK(tls["properties"]["keys"]["description"].get<std::string>().find("since 2.7") != std::string::npos);
  CHECK(tls["description"].get<std::string>().find("https://www.krakend.io/") != std::string::npos);
  CHECK(tls["additionalProperties"] == false);
}

TEST_CASE("schema: keys are deprecated from the version on that says so", "[schema]") {
  const auto key = [](const std::string& version) {
    return schema("krakend@" + version)["$defs"]["tls"]["properties"]["public_key"];
  };
  CHECK_FALSE(key("2.6").contains("deprecated"));
  CHECK(key("2.7")["deprecated"] == true);
  CHECK(key("2.13")["deprecated"] == true);
}

TEST_CASE("schema: a key that is too new is left out and named with its version", "[schema]") {
  const Json old = schema("krakend@2.6")["$defs"]["tls"];
  CHECK_FALSE(old["properties"].contains("keys"));
  CHECK(old["description"].get<std::string>().find("keys (since 2.7)") != std::string::npos);
}

TEST_CASE("schema: the Community Edition lacks what only the Enterprise Edition has", "[schema]") {
  const std::string backend = "extra_config-of-a-backend";
  CHECK(schema("krakend --edition ee")["$defs"][backend]["properties"].contains("backend/grpc"));
  CHECK_FALSE(schema("krakend --edition ce")["$defs"][backend]["properties"].contains("backend/grpc"));
}

TEST_CASE("schema: wrong words are usage errors", "[schema]") {
  const auto message = [](const std::string& words) {
    const auto result = run_shell("tlsward schema " + words, ".");
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(message("kraken").find("kraken") != std::string::npos);
  CHECK(message("tyk --edition ce").find("Tyk has no editions") != std::string::npos);
  CHECK(message("tyk --document config").find("conf") != std::string::npos);
  CHECK(message("").find("GATEWAY") != std::string::npos);
}
