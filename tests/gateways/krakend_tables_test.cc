// KrakenD: whose a file is, which release it names, and the tables behind it.
#include "gateways/krakend/krakend.h"

#include <string>

#include "core/json.h"
#include "core/yaml.h"
#include "gateways/krakend/ciphers.h"
#include "gateways/krakend/keys.h"
#include "gateways/krakend/versions.h"
#include "tests/catch.h"
#include "tls/preference.h"

namespace {

using namespace tlsward;
using gateways::krakend::gateway;

}  // namespace

TEST_CASE("krakend: a document is KrakenD's by its schema, or by version with endpoints, tls or client_tls") {
  const auto strength = [](const std::string& text) {
    SourceMap sources;
    const FileId id = sources.add("x.json", text);
    const ReadFile file = text.front() == '{' ? read_json(sources, id) : read_yaml(sources, id);
    const auto found = gateway.detect(file.documents.at(0));
    return found ? found->strength : 0;
  };
  CHECK(strength(R"({"$schema": "https://www.krakend.io/schema/v2.6/krakend.json"})") == 3);
  CHECK(strength(R"({"version": 3, "endpoints": [{"endpoint": "/", "backend": []}]})") == 3);
  CHECK(strength(R"({"endpoints": [{"endpoint": "/", "backend": []}]})") == 3);
  CHECK(strength(R"({"version": 3, "tls": {}})") == 2);
  CHECK(strength(R"({"version": 2, "client_tls": {}})") == 2);
  CHECK(strength("version: 3\nendpoints: []\n") == 2);
  CHECK(strength("version: 3\ntls: {min_version: TLS12}\n") == 2);
  CHECK(strength(R"({"version": "3", "endpoints": [{"endpoint": "/"}]})") == 2);
  CHECK(strength(R"({"version": 3})") == 0);
  CHECK(strength("version: \"3.8\"\nservices: {}\n") == 0);
  CHECK(strength(R"([1])") == 0);
}

TEST_CASE("krakend: what another program may have as well is a weak sign") {
  const auto strength = [](const std::string& text) {
    SourceMap sources;
    const ReadFile file = read_yaml(sources, sources.add("x.yaml", text));
    const auto found = gateway.detect(file.documents.at(0));
    return found ? found->strength : 0;
  };
  CHECK(strength("version: 1.0.1\nendpoints: [{name: a, uri: /a}]\n") == gateways::kWeakSign);
  CHECK(strength("version: 1.0.1\nendpoints: []\n") == gateways::kWeakSign);
  CHECK(strength("version: 3\nendpoints: [{name: a, uri: /a}]\n") == gateways::kWeakSign);
  CHECK(strength("version: 3\nendpoints: {}\n") == gateways::kWeakSign);
  CHECK(strength("version: 3\ntls: {enabled: true}\n") == gateways::kWeakSign);
  CHECK(strength("version: 3\nendpoints: {}\ntls: {min_version: TLS12}\n") == 2);
  CHECK(strength("endpoints: [{backend: orders}]\n") == 0);
}

TEST_CASE("krakend: the release comes from $schema, else a legacy pair suggests 2.6") {
  const auto version = [](const std::string& text) {
    SourceMap sources;
    const ReadFile file = read_json(sources, sources.add("x.json", text));
    const auto found = gateway.version_of(file.documents.at(0));
    return found ? gateways::name(found->number) + (found->guessed ? " guessed" : "") : "none";
  };
  CHECK(version(R"({"$schema": "https://www.krakend.io/schema/v2.10/krakend.json"})") == "2.10");
  CHECK(version(R"({"$schema": "https://www.krakend.io/schema/v3.json"})") == "none");
  CHECK(version(R"({"$schema": "https://www.krakend.io/schema/krakend.json"})") == "none");
  CHECK(version(R"({"tls": {"public_key": "a", "private_key": "b"}})") == "2.6 guessed");
  CHECK(version(R"({"tls": {"public_key": "a", "keys": []}})") == "none");
  CHECK(version(R"({"tls": {"keys": []}})") == "none");
  CHECK(version(R"({})") == "none");
  CHECK(version(R"({"$schema": "https://www.krakend.io/schema/v2.13/krakend.json", "tls": {"public_key": "a"}})") ==
        "2.13");
}

TEST_CASE("krakend: references are found with the name that --define takes") {
  const auto names = [](std::string_view text) {
    std::string result;
    for (const gateways::Reference& reference : gateway.references(text)) {
      result +=
          "[" + reference.name + "=" + std::string(text.substr(reference.begin, reference.end - reference.begin)) + "]";
    }
    return result;
  };
  CHECK(names(R"({{ env "TLS_MIN" }})") == R"([TLS_MIN={{ env "TLS_MIN" }}])");
  CHECK(names(R"({{- env "A" | default "b" -}})") == R"([A={{- env "A" | default "b" -}}])");
  CHECK(names("/etc/{{ .tls.name }}.pem") == "[.tls.name={{ .tls.name }}]");
  CHECK(names("${CERTS}/api.pem and {{.x}}") == "[CERTS=${CERTS}][.x={{.x}}]");
  CHECK(names("/etc/{id}/api.pem $HOME {{ open").empty());
}

TEST_CASE("krakend: versions and suites are spelled as KrakenD writes them") {
  CHECK(gateway.spell_version(tls::kTls12, "\"TLS1.2\"") == "\"TLS12\"");
  CHECK(gateway.spell_version(tls::kTls12, "771") == "\"TLS12\"");
  CHECK(gateway.spell_version(tls::kTls12, "") == "\"TLS12\"");
  CHECK(gateway.spell_version(tls::kTls13, "TLS1.3") == "TLS13");
  CHECK(gateway.spell_version(tls::kTls13, "null") == "\"TLS13\"");
  CHECK(gateway.spell_version(tls::kTls10, "'x'") == "'TLS10'");
  CHECK(gateway.spell_suite({0xC02F}, "\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"") == "49199");
}

TEST_CASE("krakend: the documented ids are those of Go, six of them the program's default") {
  const auto documented = gateways::krakend::documented_ciphers();
  CHECK(documented.size() == 25);
  for (const auto& cipher : documented) {
    INFO(cipher.suite.code);
    CHECK(gateways::go::implements(cipher.suite));
  }
  CHECK(tls::go_preference_order().size() + gateways::go::tls13_suites().size() == 25);
  for (const tls::CipherSuite suite : gateways::krakend::kDefaultSuites) {
    const auto* row = gateways::krakend::find_documented(suite);
    REQUIRE(row != nullptr);
    CHECK(row->listing == gateways::krakend::Listing::Tls12Default);
  }
}

TEST_CASE("krakend: key tables name object types that exist, and know each key once") {
  const auto types = gateways::krakend::object_types();
  for (const gateways::ObjectType& type : types) {
    for (const gateways::Key& key : type.keys) {
      INFO(type.name << " " << key.name);
      CHECK(gateways::find_key(type, key.name) == &key);
      CHECK((key.object.empty() || gateways::find_object(types, key.object) != nullptr));
    }
  }
  CHECK(gateways::is_comment_key(gateway, "@comment"));
  CHECK(gateways::is_comment_key(gateway, "$schema"));
  CHECK_FALSE(gateways::is_comment_key(gateway, "comment"));
}

TEST_CASE("krakend: the Go of a release is that of the newest row before it") {
  using gateways::krakend::build_of;
  CHECK(build_of({2, 0, 0}).version == gateways::ProductVersion{1, 17, 8});
  CHECK(build_of({2, 6, 0}).version == gateways::ProductVersion{1, 20, 14});
  CHECK(build_of({2, 6, 3}).version == gateways::ProductVersion{1, 22, 0});
  CHECK(build_of({2, 9, 3}).version == gateways::ProductVersion{1, 23, 7});
  CHECK(build_of({2, 10, 2}).version == gateways::ProductVersion{1, 24, 2});
  CHECK(build_of({2, 99, 0}).version == gateways::ProductVersion{1, 25, 3});
  CHECK(build_of({1, 4, 0}).version == gateways::ProductVersion{1, 17, 8});
}
