#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "serve/certificates/api.h"
#include "serve/certificates/certificate_json.h"
#include "tests/certificates.h"
#include "tests/process.h"
#include "tests/serve/stores.h"
#include "tests/servers.h"

namespace tlsward {
namespace {

using namespace tests;
using gateways::GatewayAnswer;

constexpr char kUnknown[] = "0000000000000000000000000000000000000000000000000000000000000000";

/// The API over a store of its own.
struct Api {
  GatewayAnswer operator()(std::string_view method, std::string_view target, std::string_view body = "",
                           std::string_view key = "the secret") {
    return serve::answer_certificate_request({method, target, key, body}, "the secret", *store, kNow);
  }

  /// The id under which it was added.
  std::string add(const std::string& pem, const std::string& query = "") {
    const GatewayAnswer answer = (*this)("POST", "/tyk/certs" + query, pem);
    CHECK(answer.status == 200);
    const auto json = nlohmann::json::parse(answer.body);
    CHECK(answer.body ==
          R"({"id":")" + json["id"].get<std::string>() + R"(","status":"ok","message":"Certificate added"})" + "\n");
    return json["id"];
  }

  TemporaryDirectory directory;
  std::unique_ptr<serve::CertificateStore> store = opened(directory.path());
};

void check_error(const GatewayAnswer& answer, int status, const std::string& message) {
  CHECK(answer.status == status);
  CHECK(answer.content_type == "application/json");
  CHECK(nlohmann::json::parse(answer.body)["message"] == message);
  CHECK(answer.body.starts_with(R"({"status":"error","message":")"));
  CHECK(answer.body.ends_with("\"}\n"));
}

std::string recipe(CertificateFactory& factory, const char* name, const std::string& words) {
  const auto made = factory.make(name, words);
  if (!made) FAIL(made.error().message);
  return *made;
}

}  // namespace

TEST_CASE("certificate api: without the right key there is no access, whatever is asked for") {
  Api api;
  for (const std::string_view key : {"", "the secre", "the secret ", "The secret"}) {
    for (const std::string_view target : {"/tyk/certs", "/tyk/certs/x", "/tyk/reload", "/tyk"}) {
      const GatewayAnswer answer = api("GET", target, "", key);
      check_error(answer, 403, "Attempted administrative access with invalid or missing key!");
    }
  }
  const serve::CertificateRequest request{"GET", "/tyk/certs", "", ""};
  CHECK(serve::answer_certificate_request(request, "", *api.store, kNow).status == 403);
}

TEST_CASE("certificate api: adding, with and without organisation") {
  Api api;
  const pki::IssuedCertificate one = self_signed("one.test"), other = self_signed("other.test");
  CHECK(api.add(both(one)) == sha256_of(one));
  CHECK(api.add(other.certificate, "?org_id=5e9d%39544&x=y") == "5e9d9544" + sha256_of(other));
  CHECK(api.add(one.certificate, "?mode=detailed&org_id=a+b%2Fc") == "a b/c" + sha256_of(one));
  CHECK(api("POST", "/tyk/certs/whatever", self_signed("third.test").certificate).status == 200);
}

TEST_CASE("certificate api: what cannot be added, in the gateway's words") {
  Api api;
  CertificateFactory factory(kNow);
  const std::string good = recipe(factory, "good", "with-key");
  const std::string other_key = recipe(factory, "other", "key-only"),
                    rsa_key = recipe(factory, "rsa", "rsa:2048 key-only");
  const std::string leaf = recipe(factory, "leaf", ""), expired = recipe(factory, "old", "days=-30..-1");
  const std::string public_key = recipe(factory, "public", "public-key");
  const std::string id = api.add(good);
  const auto check = [&](const std::string& pem, const std::string& message) {
    check_error(api("POST", "/tyk/certs", pem), 403, message);
  };
  check(good, "Certificate with " + id + " id already exists");
  check(expired, "certificate is expired");
  check(leaf + expired, "certificate is expired");
  check("", "Failed to decode certificate. It should be PEM encoded.");
  check("this is no PEM", "Failed to decode certificate. It should be PEM encoded.");
  check(other_key, "Failed to decode certificate. It should be PEM encoded.");
  check("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
        "Failed to decode certificate. It should be PEM encoded.");
  check("-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n", "x509: malformed certificate");
  check(leaf + other_key + rsa_key, "Found multiple private keys");
  check(leaf + public_key, "Public keys can't be combined with certificates");
  check(leaf + other_key, "tls: private key does not match public key");
  check(leaf + rsa_key, "tls: private key type does not match public key type");
  check(recipe(factory, "encrypted", "with-key encrypted"), "tls: failed to parse private key");
  check(recipe(factory, "legacy", "with-key encrypted-legacy"), "tls: failed to parse private key");
  check(public_key + other_key,
        "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following "
        "types: [PUBLIC KEY]");
  const serve::CertificateRequest cut{"POST", "/tyk/certs", "the secret", {}};
  check_error(serve::answer_certificate_request(cut, "the secret", *api.store, kNow), 405, "Malformed request body");
  CHECK(api.store->ids("").size() == 1);
}

TEST_CASE("certificate api: lists") {
  Api api;
  const std::string none = "{\"certs\":null}\n";
  CHECK(api("GET", "/tyk/certs").body == none);
  CHECK(api("GET", "/tyk/certs?mode=detailed").body == "{\"certs\":[]}\n");
  const std::string first = api.add(self_signed("one.test").certificate, "?org_id=org");
  const std::string second = api.add(both(self_signed("other.test")));
  const GatewayAnswer all = api("GET", "/tyk/certs/");
  CHECK(all.status == 200);
  CHECK(all.content_type == "application/json");
  CHECK(all.body == R"({"certs":[")" + first + R"(",")" + second + "\"]}\n");
  CHECK(api("GET", "/tyk/certs").body == all.body);
  CHECK(api("GET", "/tyk/certs?org_id=org").body == R"({"certs":[")" + first + "\"]}\n");
  CHECK(api("GET", "/tyk/certs?org_id=nobody").body == none);
  CHECK(api("GET", "/tyk/certs?mode=detailed&org_id=org").body ==
        R"({"certs":[{"id":")" + first +
            R"(","issuer_cn":"one.test","subject_cn":"one.test","dns_names":["one.test"],"has_private":false,)"
            R"("not_before":"2031-05-17T00:00:00Z","not_after":"2031-05-18T00:00:00Z","is_ca":false}]})"
            "\n");
}

TEST_CASE("certificate api: one certificate") {
  Api api;
  CertificateFactory factory(kNow);
  recipe(factory, "ca", "ca cn=\"Orders <CA> & co\"");
  const std::string chain = recipe(factory, "leaf", "issuer=ca cn=orders with-root with-key days=0..9");
  const std::string id = api.add(chain);
  const std::string last = pki::read_bundle(chain).certificates.back().sha256;
  const GatewayAnswer answer = api("GET", "/tyk/certs/" + id);
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "application/json");
  const auto name = [](const std::string& common_name) {
    return R"({"Country":null,"Organization":null,"OrganizationalUnit":null,"Locality":null,"Province":null,)"
           R"("StreetAddress":null,"PostalCode":null,"SerialNumber":"","CommonName":")" +
           common_name + R"(","Names":[{"Type":[2,5,4,3],"Value":")" + common_name + R"("}],"ExtraNames":null})";
  };
  CHECK(answer.body == R"({"id":")" + id + R"(","fingerprint":")" + last + R"(","has_private":true,"issuer":)" +
                           name("Orders \\u003cCA\\u003e \\u0026 co") + R"(,"subject":)" + name("orders") +
                           R"(,"not_before":"2031-05-17T00:00:00Z","not_after":"2031-05-26T00:00:00Z","is_ca":false})"
                           "\n");
}

TEST_CASE("certificate api: several certificates, and unknown ones") {
  Api api;
  const std::string id = api.add(self_signed("one.test").certificate);
  check_error(api("GET", "/tyk/certs/" + std::string(kUnknown)), 404,
              "Certificate with given SHA256 fingerprint not found");
  check_error(api("GET", "/tyk/certs/passwd"), 404, "Certificate with given SHA256 fingerprint not found");
  std::string one = api("GET", "/tyk/certs/" + id).body;
  one.pop_back();
  CHECK(api("GET", "/tyk/certs/" + id + "," + kUnknown + "%2C" + id).body == "[" + one + ",null," + one + "]\n");
  CHECK(api("GET", "/tyk/certs/,").body == "[null,null]\n");
}

TEST_CASE("certificate api: a public key is a certificate of which little is known") {
  Api api;
  CertificateFactory factory(kNow);
  const std::string pem = recipe(factory, "key", "public-key");
  const std::string id = api.add(pem, "?org_id=org");
  const auto json = nlohmann::json::parse(api("GET", "/tyk/certs/" + id).body);
  CHECK(json["fingerprint"] == "");
  CHECK(json["subject"]["CommonName"] == "Public Key: " + id.substr(3));
  CHECK(json["subject"]["Names"].is_null());
  CHECK(json["issuer"]["CommonName"] == "");
  CHECK(json["not_before"] == "0001-01-01T00:00:00Z");
  CHECK(id.substr(3) == pki::read_bundle(pem).public_keys.at(0).spki_sha256);
}

TEST_CASE("certificate api: removing works always") {
  Api api;
  const std::string id = api.add(both(self_signed("one.test")));
  const std::string removed = "{\"status\":\"ok\",\"message\":\"removed\"}\n";
  for (const std::string& target : {"/tyk/certs/" + id, "/tyk/certs/" + id, "/tyk/certs/" + std::string(kUnknown)}) {
    const GatewayAnswer answer = api("DELETE", target);
    CHECK(answer.status == 200);
    CHECK(answer.body == removed);
  }
  CHECK(api.store->ids("").empty());
}

TEST_CASE("certificate api: other methods and paths") {
  Api api;
  for (const std::string_view method : {"PUT", "HEAD", "DELETE", "PATCH", "OPTIONS"})
    check_error(api(method, "/tyk/certs"), 405, "Method not supported");
  check_error(api("PUT", "/tyk/certs/x"), 405, "Method not supported");
  for (const std::string_view target :
       {"/tyk/keys", "/tyk/certs/a/b", "/tyk/certs/..%2Fpasswd", "/tyk/certsx", "/tyk/certs/%zz", "/tyk"}) {
    const GatewayAnswer answer = api("GET", target);
    CHECK(answer.status == 404);
    CHECK(answer.content_type == "text/plain; charset=utf-8");
    CHECK(answer.body == "404 page not found\n");
  }
  CHECK(serve::is_control_path("/tyk/certs?x"));
  CHECK(serve::is_control_path("/tyk"));
  CHECK_FALSE(serve::is_control_path("/tykx"));
  CHECK_FALSE(serve::is_control_path("/"));
}

TEST_CASE("certificate api: names and times are written as Go writes them") {
  if (!heavy_package("golang-go")) return;
  const TemporaryDirectory directory;
  directory.write("main.go", R"(package main
import ("crypto/x509"; "crypto/x509/pkix"; "encoding/json"; "encoding/pem"; "os"; "time")
func main() {
  text, _ := os.ReadFile(os.Args[1])
  block, _ := pem.Decode(text)
  c, err := x509.ParseCertificate(block.Bytes)
  if err != nil { panic(err) }
  json.NewEncoder(os.Stdout).Encode(struct {
    Issuer pkix.Name `json:"issuer"`; Subject pkix.Name `json:"subject"`
    NotBefore time.Time `json:"not_before"`; NotAfter time.Time `json:"not_after"`
    DNSNames []string `json:"dns_names,omitempty"`}{c.Issuer, c.Subject, c.NotBefore, c.NotAfter, c.DNSNames})
})");
  const std::string subject =
      "/C=DE/C=AT/ST=Bayern/L=M\u00fcnchen/O=A<b>&\u2028/O=B\\\"q/OU=U/street=S 1/postalCode=80331/serialNumber=0815"
      "/emailAddress=a@b.test/DC=test/UID=u+CN=first/CN=last";
  const std::string certificate_command =
      "openssl req -x509 -newkey rsa:2048 -nodes -utf8 -keyout k.pem -out c.pem -days 3650 "
      "-addext 'subjectAltName=DNS:a.test,IP:127.0.0.1' -subj '" +
      subject + "' >openssl.log 2>&1";
  const auto made = run_shell(certificate_command + " && GO111MODULE=off GOFLAGS= GOCACHE='" TLSWARD_SOURCE_DIR
                                                    "/build/go/cache' go run main.go c.pem",
                              directory.path());
  INFO(made.out << made.err);
  REQUIRE(made.exit_code == 0);
  const std::string pem = read_file(directory.path() + "/c.pem");
  serve::StoredCertificate certificate{std::string(64, 'a'), pem, false};
  const std::string meta = serve::certificate_meta(certificate);
  const std::string expected = made.out.substr(1, made.out.size() - 3);  // without braces and line feed
  INFO(meta);
  CHECK(meta.find("," + expected + ",\"is_ca\":") != std::string::npos);
}

}  // namespace tlsward
