#include "tests/certificates.h"

#include <string>

#include "pki/pem.h"
#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

std::string error_of(std::string_view spec) {
  tests::CertificateFactory factory(tests::kNewYear);
  const auto text = factory.make("name", spec);
  REQUIRE_FALSE(text);
  return text.error().message;
}

TEST_CASE("recipes: words that nobody knows are refused") {
  CHECK(error_of("rsa2048") == "recipe: 'rsa2048' is not known");
  CHECK(error_of("sans=DNS:a") == "recipe: 'sans' is not known");
  CHECK(error_of("cn=\"a") == "recipe: '\"' without its partner");
  CHECK(error_of("issuer=nobody") == "recipe: 'nobody' is no earlier recipe of use");
  CHECK(error_of("concat=a,b") == "recipe: 'a' is no earlier recipe of use");
  CHECK(error_of("days=today") == "recipe: 'days' is not FROM..TO");
  CHECK(error_of("san=IP:nowhere").starts_with("recipe: IP:nowhere: "));
  CHECK(error_of("digest=sha0") == "recipe: no digest 'sha0'");
  CHECK(error_of("ec:p999").starts_with("recipe: no key of the kind 'ec:p999'"));
}

TEST_CASE("recipes: names may have blanks in quotation marks") {
  CHECK(tests::certificate("cn=\"Example Root CA\" ca").subject == "CN=Example Root CA");
}

TEST_CASE("recipes: without a name of its own, the common name is that of the recipe") {
  tests::Files file;
  CHECK(pki::read_bundle(file("api", "")).certificates.at(0).common_name == "api");
}

TEST_CASE("recipes: text is taken as it is") {
  tests::Files file;
  CHECK(file("text=-----BEGIN  \"x\n y=z") == "-----BEGIN  \"x\n y=z");
}

TEST_CASE("recipes: files are put one after the other") {
  tests::Files file;
  const std::string a = file("a", "");
  const std::string b = file("b", "key-only");
  CHECK(file("both", "concat=a,b") == a + b);
}

TEST_CASE("recipes: chains have the issuers, the root only where asked for") {
  tests::Files file;
  file("root", "ca");
  file("sub", "ca issuer=root");
  const auto subjects = [](const std::string& text) {
    std::string all;
    for (const auto& facts : pki::read_bundle(text).certificates) all += facts.subject + " ";
    return all;
  };
  CHECK(subjects(file("leaf", "issuer=sub")) == "CN=leaf ");
  CHECK(subjects(file("leaf", "issuer=sub chain")) == "CN=leaf CN=sub ");
  CHECK(subjects(file("leaf", "issuer=sub with-root")) == "CN=leaf CN=sub CN=root ");
  CHECK(subjects(file("leaf", "issuer=sub chain-reversed")) == "CN=sub CN=leaf ");
  CHECK(subjects(file("leaf", "issuer=sub chain-reversed with-root")) == "CN=root CN=sub CN=leaf ");
}

TEST_CASE("recipes: a certificate of another factory has the same key, so that RSA keys are made once") {
  CHECK(tests::certificate("rsa:2048").key == tests::certificate("rsa:2048").key);
}

TEST_CASE("recipes: an issuer without extensions can issue") {
  tests::Files file;
  file("old", "v1");
  CHECK(pki::read_bundle(file("leaf", "issuer=old")).certificates.at(0).issuer == "CN=old");
}

}  // namespace
}  // namespace tlsward
