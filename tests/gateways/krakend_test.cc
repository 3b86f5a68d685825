// KrakenD: what stands in the file, and what the gateway makes of it in each of its releases.
#include "gateways/krakend/krakend.h"

#include <any>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/yaml.h"
#include "gateways/krakend/hosts.h"
#include "gateways/krakend/model.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;
using gateways::krakend::gateway;
using tls::Origin;

/// One file, read as the given release (empty: as the file says, else the latest).
struct Read {
  SourceMap sources;
  ReadFile file;
  gateways::Reading reading;

  /// Follows files below `options.root` alone.
  explicit Read(const std::string& text, std::string_view version = {}, gateways::ReadOptions options = {}) {
    const bool json = text.front() == '{';
    const FileId id = sources.add(json ? "gateway.json" : "gateway.yaml", text);
    file = json ? read_json(sources, id) : read_yaml(sources, id);
    REQUIRE(file.errors.empty());
    REQUIRE(file.documents.size() == 1);
    gateways::Claimed claimed{&file.documents[0], &gateway, {gateway.latest, true, "latest known"}, "the test"};
    if (const auto found = gateway.version_of(file.documents[0])) claimed.version = *found;
    std::string error;
    if (!version.empty()) {
      const auto choice = gateways::parse_gateway_choice("krakend@" + std::string(version), error);
      REQUIRE(choice);
      claimed.version = {*choice->version, false, "--gateway"};
    }
    options.follow_files = !options.root.empty();
    reading = gateway.read({&claimed, 1}, sources, options);
  }

  const tls::TlsContext& context(std::string_view subject) const {
    for (const tls::TlsContext& found : reading.contexts) {
      if (found.subject == subject) return found;
    }
    FAIL("no context " << subject);
    return reading.contexts.front();
  }
  bool has(std::string_view subject) const {
    for (const tls::TlsContext& found : reading.contexts) {
      if (found.subject == subject) return true;
    }
    return false;
  }
  const tls::TlsContext& listener() const { return context("tls"); }
  const gateways::krakend::Configuration& configuration() const {
    return std::any_cast<const gateways::krakend::Model&>(reading.model).configurations.front();
  }
  std::string text(Span where) const { return std::string(sources.text(where)); }
};

std::string listed(const std::vector<tls::CipherSuite>& suites) {
  std::string result;
  for (const tls::CipherSuite suite : suites) result += (result.empty() ? "" : " ") + std::to_string(suite.code);
  return result;
}

std::string listed(const tls::TlsContext& context, tls::Version version) {
  const auto found = context.ciphers.value.find(version);
  return found == context.ciphers.value.end() ? "-" : listed(found->second);
}

std::string listed(const std::vector<tls::Group>& groups) {
  std::string result;
  for (const tls::Group group : groups) result += (result.empty() ? "" : " ") + std::to_string(group.code);
  return result;
}

std::string listed(const std::vector<tls::Version>& versions) {
  std::string result;
  for (const tls::Version version : versions) result += (result.empty() ? "" : " ") + tls::short_name(version);
  return result;
}

constexpr const char* kPair = R"("public_key": "/etc/api.pem", "private_key": "/etc/api.key")";
constexpr const char* kKeys = R"("keys": [{"public_key": "/etc/api.pem", "private_key": "/etc/api.key"}])";

std::string with_tls(const std::string& members) {
  return R"({"version": 3, "port": 8443, "tls": {)" + members + R"(}, "endpoints": []})";
}

std::string with_keys(const std::string& members) {
  return with_tls(std::string(kKeys) + (members.empty() ? "" : ", ") + members);
}

std::string with_backend(const std::string& host, const std::string& root_members = {}) {
  return R"({"version": 3, )" + root_members + R"("endpoints": [{"endpoint": "/orders", "backend": [{"host": [")" +
         host + R"("], "url_pattern": "/orders"}]}]})";
}

// EC, P-256, self-signed.
constexpr const char* kEcCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUNuLJYkNQ7RxWFeuEU7YS751Dx/IwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLYXBpLmV4YW1wbGUwIBcNMjYxMTIyMDYzNzIwWhgPMjEyNjEw
MjkwNjM3MjBaMBYxFDASBgNVBAMMC2FwaS5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAELmyc+U3NtrcSu6ZfK1Et7XbAjVx0XvF1l5u/f/DL0VTpDGxD
IsJClJzUoDGp1UBjzv66DWMpPs3W3k4dx6O3naNrMGkwHQYDVR0OBBYEFNcsZufO
y08Gjd828hH4va+96jqRMB8GA1UdIwQYMBaAFNcsZufOy08Gjd828hH4va+96jqR
MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILYXBpLmV4YW1wbGUwCgYIKoZI
zj0EAwIDSAAwRQIhANzb/pB+DEtffBPr1YQ9yjRVyEwBj8ZpKHNxbAXb0NTVAiBp
f3P5u5frrYvhe+k/ta73rSG+ewOxTrI5zCWL1bPvsQ==
-----END CERTIFICATE-----
)";

constexpr const char* kDefault12 = "49195 49199 49196 49200 52393 52392";
constexpr const char* kTls13 = "4865 4866 4867";

}  // namespace

TEST_CASE(
    "krakend: certificate and key alone give TLS 1.3 with three suites and three curves, as the vendor's scan shows") {
  const Read read(R"({"version": 3, "tls": {"public_key": "/path/to/cert.pem", "private_key": "/path/to/key.pem"}})",
                  "2.6");
  const tls::TlsContext& tls = read.listener();
  CHECK(tls.enabled);
  CHECK(tls.start_failure.empty());
  CHECK(listed(tls.versions.value) == "1.3");
  CHECK(tls.versions.origin == Origin::Default);
  CHECK(listed(tls, tls::kTls13) == kTls13);
  CHECK(tls.ciphers.value.size() == 1);
  CHECK(listed(tls.groups.value) == "25 24 23");
  CHECK(tls.groups_order == tls::CipherOrder::Server);
  CHECK(tls.alpn.value == std::vector<std::string>{"h2", "http/1.1"});
  CHECK(tls.client_auth.value == tls::ClientAuth::None);
  CHECK(tls.trust.empty());
  CHECK(tls.endpoint == "0.0.0.0:8080");
  REQUIRE(tls.identities.size() == 1);
  CHECK(tls.material[tls.identities[0].certificate].field == "tls.public_key");
  CHECK(tls.material[tls.identities[0].certificate].effect == "KrakenD refuses to start");
  CHECK(tls.material[tls.identities[0].key].written == "/path/to/key.pem");
}

TEST_CASE("krakend: min_version TLS12 gives two versions and six suites in Go's order") {
  const Read read(R"({"version": 3, "tls": {"public_key": "/path/to/cert.pem", "private_key": "/path/to/key.pem",
                     "min_version": "TLS12"}})",
                  "2.6");
  const tls::TlsContext& tls = read.listener();
  CHECK(listed(tls.versions.value) == "1.2 1.3");
  CHECK(tls.versions.origin == Origin::Written);
  CHECK(read.text(tls.versions.where) == "\"TLS12\"");
  CHECK(listed(tls, tls::kTls12) == kDefault12);
  CHECK(listed(tls, tls::kTls13) == kTls13);
  CHECK(tls.ciphers.origin == Origin::Written);
  CHECK(tls.cipher_list.origin == Origin::Default);
}

TEST_CASE("krakend: versions are what KrakenD takes the written words for") {
  struct Row {
    std::string members;
    std::string versions;
    Origin min, max;
  };
  const std::vector<Row> rows = {
      {"", "1.3", Origin::Default, Origin::Default},
      {R"("min_version": "TLS12")", "1.2 1.3", Origin::Written, Origin::Default},
      {R"("min_version": "TLS10", "max_version": "TLS11")", "1.0 1.1", Origin::Written, Origin::Written},
      {R"("min_version": "TLS10")", "1.0 1.1 1.2 1.3", Origin::Written, Origin::Default},
      {R"("min_version": "SSL3.0")", "1.0 1.1 1.2 1.3", Origin::Written, Origin::Default},
      {R"("max_version": "SSL3.0")", "", Origin::Default, Origin::Written},
      {R"("max_version": "TLS12")", "", Origin::Default, Origin::Written},
      {R"("min_version": "TLS1.2")", "1.3", Origin::Written, Origin::Default},
      {R"("min_version": "tls12")", "1.3", Origin::Written, Origin::Default},
      {R"("min_version": "TLS12", "max_version": "1.2")", "1.2 1.3", Origin::Written, Origin::Written},
      {R"("min_version": 771)", "1.3", Origin::Written, Origin::Default},
      {R"("min_version": "")", "1.3", Origin::Default, Origin::Default},
      {R"("min_version": null)", "1.3", Origin::Default, Origin::Default},
  };
  for (const Row& row : rows) {
    INFO(row.members);
    const Read read(with_keys(row.members), "2.13");
    const tls::TlsContext& tls = read.listener();
    CHECK(listed(tls.versions.value) == row.versions);
    CHECK(tls.min_version.origin == row.min);
    CHECK(tls.max_version.origin == row.max);
  }
}

TEST_CASE("krakend: a default says which release it is the default of") {
  const Read read(with_keys(""), "2.10.2");
  CHECK(read.listener().min_version.because == "KrakenD 2.10.2: TLS13 where it is absent");
  CHECK(read.listener().gateway_version == "2.10.2");
  CHECK_FALSE(read.listener().version_guessed);
}

TEST_CASE("krakend: suites come in Go's order, whatever the order of the list") {
  const Read read(with_keys(R"("min_version": "TLS10", "cipher_suites": [5, 49172, 49200, 49199, 4865, 158, 49199])"));
  const tls::TlsContext& tls = read.listener();
  CHECK(listed(tls, tls::kTls10) == "49172 5");
  CHECK(listed(tls, tls::kTls12) == "49199 49200 49172 5");
  CHECK(listed(tls, tls::kTls13) == kTls13);
  CHECK(tls.cipher_order == tls::CipherOrder::Library);
  REQUIRE(tls.cipher_list.value.size() == 7);
  CHECK(tls.cipher_list.value[0].advice == "not recommended");
  CHECK(tls.cipher_list.value[3].advice.empty());
  CHECK_FALSE(tls.cipher_list.value[5].accepted);
  CHECK(read.text(tls.cipher_list.value[5].where) == "158");
  CHECK(tls.start_failure.empty());
}

TEST_CASE("krakend: suites that no served key can sign are left out where every key is known") {
  const tests::TemporaryDirectory directory;
  directory.write("ec.pem", std::string(kEcCertificate));
  gateways::ReadOptions options;
  options.root = directory.path();
  const std::string min = R"("min_version": "TLS12")";
  const Read known(with_tls(R"("keys": [{"public_key": "/ec.pem", "private_key": "/ec.key"}], )" + min), "2.13",
                   options);
  CHECK(listed(known.listener(), tls::kTls12) == "49195 49196 52393");
  CHECK(listed(known.listener(), tls::kTls13) == kTls13);
  const Read half(with_tls(R"("keys": [{"public_key": "/ec.pem", "private_key": "/ec.key"},
                              {"public_key": "/absent.pem", "private_key": "/absent.key"}], )" +
                           min),
                  "2.13", options);
  CHECK(listed(half.listener(), tls::kTls12) == kDefault12);
}

TEST_CASE("krakend: below TLS 1.2 the six default suites leave nothing to negotiate") {
  const Read read(with_keys(R"("min_version": "TLS10")"));
  CHECK(listed(read.listener(), tls::kTls10).empty());
  CHECK(listed(read.listener(), tls::kTls11).empty());
  CHECK(listed(read.listener(), tls::kTls12) == kDefault12);
}

TEST_CASE("krakend: an empty list of suites or curves means the default") {
  const Read read(with_keys(R"("min_version": "TLS12", "cipher_suites": [], "curve_preferences": [])"), "2.7");
  CHECK(read.listener().cipher_list.origin == Origin::Default);
  CHECK(listed(read.listener(), tls::kTls12) == kDefault12);
  CHECK(listed(read.listener().groups.value) == "25 24 23");
}

TEST_CASE("krakend: what keeps the server from starting is named") {
  struct Row {
    std::string text;
    std::string version;
    std::string failure;
  };
  const std::string kHttp2 = "http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher";
  const std::string kPanic = "KrakenD panics: allow_insecure_connections is true without client_tls";
  const std::string kRootSwitch = R"({"version": 3, "allow_insecure_connections": true, "endpoints": []})";
  const std::vector<Row> rows = {
      {with_tls(""), "2.13", "public key not defined"},
      {with_tls(R"("keys": [])"), "2.13", "public key not defined"},
      {with_tls(R"("keys": [{"public_key": "a.pem"}])"), "2.13", "private key not defined"},
      {with_tls(R"("keys": [{"private_key": "a.key"}])"), "2.13", "public key not defined"},
      {with_tls(R"("public_key": "a.pem")"), "2.6", "private key not defined"},
      {with_tls(R"("public_key": "a.pem", "private_key": "")"), "2.6", "private key not defined"},
      {with_keys(""), "2.6", "public key not defined"},
      {with_keys(""), "2.7", ""},
      {with_tls(kPair), "2.13", ""},
      {with_keys(R"("min_version": "TLS12", "cipher_suites": [4865, 4866, 4867])"), "2.13", kHttp2},
      {with_keys(R"("min_version": "TLS12", "cipher_suites": [49200, 49196])"), "2.13", kHttp2},
      {with_keys(R"("min_version": "TLS12", "cipher_suites": [49200, 49199])"), "2.13", ""},
      {with_keys(R"("min_version": "TLS12", "cipher_suites": [49195])"), "2.13", ""},
      {with_keys(R"("cipher_suites": [4865, 4866, 4867])"), "2.13", ""},
      {with_keys(R"("cipher_suites": ["70000"])"), "2.13",
       "tls.cipher_suites holds 70000, which does not fit in 16 bits"},
      {with_keys(R"("curve_preferences": ["-1"])"), "2.13",
       "tls.curve_preferences holds -1, which does not fit in 16 bits"},
      {with_keys(R"("cipher_suites": [70000], "curve_preferences": [70000])"), "2.13", ""},
      {with_keys(R"("cipher_suites": ["ECDHE-RSA-AES128-GCM-SHA256"])"), "2.13",
       "tls.cipher_suites holds ECDHE-RSA-AES128-GCM-SHA256, which is no integer"},
      {R"({"version": 2, "tls": null, "endpoints": []})", "2.13", "unsupported version: 2 (want: 3)"},
      {kRootSwitch, "2.2", ""},
      {kRootSwitch, "2.3", kPanic},
      {kRootSwitch, "2.4.3", kPanic},
      {kRootSwitch, "2.4.4", ""},
      {R"({"version": 3, "allow_insecure_connections": true, "client_tls": {}, "endpoints": []})", "2.4", ""},
      {R"({"version": 3, "allow_insecure_connections": false, "endpoints": []})", "2.4", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(Read(row.text, row.version).listener().start_failure == row.failure);
  }
}

TEST_CASE("krakend: of a number that is too large the lowest 16 bits stay") {
  const Read read(with_keys(R"("min_version": "TLS12", "cipher_suites": [114735, null, -1],
                               "curve_preferences": [65559])"));
  CHECK(read.listener().start_failure.empty());
  CHECK(listed(read.listener(), tls::kTls12) == "49199");
  CHECK(listed(read.listener().groups.value) == "23");
}

TEST_CASE("krakend: client_tls and client_certs have no effect before their first release") {
  const std::string block = R"("client_tls": {"ca_certs": ["ca.pem"],
    "client_certs": [{"certificate": "c.pem", "private_key": "c.key"}]}, )";
  const Read before(with_backend("https://a.example", block), "2.2");
  CHECK(listed(before.context("client_tls").versions.value) ==
        listed(Read(with_backend("https://a.example"), "2.2").context("client_tls").versions.value));
  CHECK(before.context("client_tls").material.empty());
  const Read first(with_backend("https://a.example", block), "2.3");
  CHECK(first.context("client_tls").min_version.value == tls::kTls13);
  CHECK(first.context("client_tls").identities.empty());
  CHECK(Read(with_backend("https://a.example", block), "2.5").context("client_tls").identities.size() == 1);
}

TEST_CASE("krakend: the switch at the root leaves the versions alone before 2.3") {
  const std::string text = with_backend("https://a.example", R"("allow_insecure_connections": true, )");
  const Read before(text, "2.2");
  CHECK(before.context("client_tls").verify_peer.value == tls::VerifyPeer::None);
  CHECK(before.context("client_tls").min_version.value == tls::kTls12);
  CHECK(Read(text, "2.3").context("client_tls").min_version.value == tls::kTls13);
}

TEST_CASE("krakend: a list that an alias brings stands at the alias") {
  const Read read(
      "version: 3\ntls: {keys: [], cipher_suites: &suites [49199]}\n"
      "client_tls:\n  cipher_suites: *suites\n  <<: {min_version: TLS12}\nendpoints: []\n");
  CHECK(read.text(read.listener().cipher_list.where) == "[49199]");
  CHECK(read.text(read.context("client_tls").cipher_list.where) == "*suites");
  CHECK(read.text(read.context("client_tls").min_version.where) == "TLS12");
}

TEST_CASE("krakend: a lone value serves for a list of one") {
  const Read read(with_keys(R"("min_version": "TLS12", "cipher_suites": 49199, "curve_preferences": "24",
                               "enable_mtls": "1", "disable_system_ca_pool": 1, "ca_certs": "ca.pem")"));
  CHECK(listed(read.listener(), tls::kTls12) == "49199");
  CHECK(listed(read.listener().groups.value) == "24");
  REQUIRE(read.listener().trust.size() == 2);
  CHECK(read.listener().material[read.listener().trust[0].material].written == "ca.pem");
  const Read split(with_keys(R"("min_version": "TLS12", "cipher_suites": "49199,49200")"));
  CHECK(split.listener().ciphers.origin == Origin::Unresolved);
}

TEST_CASE("krakend: ids in quotation marks are taken as numbers") {
  const Read read(with_keys(R"("min_version": "TLS12", "cipher_suites": ["49199", "0xC030"])"));
  CHECK(listed(read.listener(), tls::kTls12) == "49199 49200");
}

TEST_CASE("krakend: groups depend on the Go that the release is built with") {
  struct Row {
    std::string version;
    std::string curves;
    std::string groups;
    tls::CipherOrder order;
  };
  const std::vector<Row> rows = {
      {"2.6", "", "25 24 23", tls::CipherOrder::Server},
      {"2.9.3", "", "25 24 23", tls::CipherOrder::Server},
      {"2.9.4", "", "23 24 25", tls::CipherOrder::Library},
      {"2.13", "", "23 24 25", tls::CipherOrder::Library},
      {"2.6", "[24, 29, 23, 24]", "24 29 23", tls::CipherOrder::Server},
      {"2.13", "[24, 29, 23, 4588]", "4588 29 23 24", tls::CipherOrder::Library},
      {"2.9.4", "[4588, 23]", "23", tls::CipherOrder::Library},
      {"2.6", "[4588]", "", tls::CipherOrder::Server},
      {"2.13", "[30]", "", tls::CipherOrder::Library},
  };
  for (const Row& row : rows) {
    INFO(row.version << " " << row.curves);
    const std::string member = row.curves.empty() ? "" : R"("curve_preferences": )" + row.curves;
    const Read read(with_tls(std::string(kPair) + (member.empty() ? "" : ", ") + member), row.version);
    CHECK(listed(read.listener().groups.value) == row.groups);
    CHECK(read.listener().groups_order == row.order);
    CHECK(read.listener().groups.origin == (row.curves.empty() ? Origin::Default : Origin::Written));
  }
}

TEST_CASE("krakend: without tls, with null and with disabled the listener is plain HTTP") {
  CHECK_FALSE(Read(R"({"version": 3, "endpoints": []})").listener().enabled);
  CHECK(Read(R"({"version": 3, "endpoints": []})").listener().why_not == "there is no tls");
  CHECK(Read(R"({"version": 3, "tls": null, "endpoints": []})").listener().why_not == "tls is null");
  const Read disabled(with_keys(R"("disabled": true)"));
  CHECK_FALSE(disabled.listener().enabled);
  CHECK(disabled.listener().why_not == "tls.disabled is true");
  CHECK(disabled.listener().start_failure.empty());
  CHECK(Read(with_keys(R"("disabled": false)")).listener().enabled);
  CHECK_FALSE(Read(with_keys(R"("disabled": "true")")).listener().enabled);
}

TEST_CASE("krakend: before 2.1 mutual TLS trusts the system and its own certificate file alone") {
  const std::string text = with_tls(std::string(kPair) + R"(, "enable_mtls": true, "disable_system_ca_pool": true,
                                    "ca_certs": ["ca.pem"])");
  const Read old(text, "2.0");
  REQUIRE(old.listener().trust.size() == 2);
  CHECK(old.listener().trust[0].kind == tls::TrustKind::System);
  const Read first(text, "2.1");
  REQUIRE(first.listener().trust.size() == 2);
  CHECK(first.listener().trust[0].kind == tls::TrustKind::Material);
}

TEST_CASE("krakend: the switch of the root counts since 2.1") {
  const std::string text = with_backend("https://a.example", R"("allow_insecure_connections": true, )");
  CHECK(Read(text, "2.0").context("client_tls").verify_peer.value == tls::VerifyPeer::Full);
  CHECK(Read(text, "2.1").context("client_tls").verify_peer.value == tls::VerifyPeer::None);
}

TEST_CASE("krakend: listen_ip counts since 2.5") {
  const std::string text = R"({"version": 3, "listen_ip": "127.0.0.1", "endpoints": []})";
  const Read old(text, "2.4");
  CHECK(old.listener().endpoint == "0.0.0.0:8080");
  CHECK_FALSE(old.listener().loopback);
  CHECK(old.listener().why_not == "there is no tls; KrakenD 2.4 ignores listen_ip");
  const Read first(text, "2.5");
  CHECK(first.listener().endpoint == "127.0.0.1:8080");
  CHECK(first.listener().loopback);
}

TEST_CASE("krakend: a host is cleaned by one pattern, or refused") {
  const auto cleaned = [](std::string_view text) { return gateways::krakend::cleaned_host(text).value_or("refused"); };
  CHECK(cleaned("a.example") == "http://a.example");
  CHECK(cleaned("a_b-c.example:8443/") == "http://a_b-c.example:8443");
  CHECK(cleaned("https://10.0.0.1:443") == "https://10.0.0.1:443");
  CHECK(cleaned("https://a.example:123456") == "https://a.example:123456");
  CHECK(cleaned("[::1]") == "http://1");
  CHECK(cleaned("https://") == "http://https");
  for (const std::string_view text : {"", "https://a.example/v1", "a.example:8", "a.example:1234567", "https://[::1]",
                                      "[fd00::1]:8443", "user@a.example", "ftp://a.example"}) {
    INFO(text);
    CHECK(cleaned(text) == "refused");
  }
}

TEST_CASE("krakend: mutual TLS trusts the system, ca_certs and its own certificate file") {
  const Read read(with_keys(R"("enable_mtls": true, "ca_certs": ["ca.pem"])"), "2.13");
  const tls::TlsContext& tls = read.listener();
  CHECK(tls.client_auth.value == tls::ClientAuth::RequireAndVerify);
  CHECK(tls.client_auth.origin == Origin::Written);
  REQUIRE(tls.trust.size() == 3);
  CHECK(tls.trust[0].kind == tls::TrustKind::System);
  CHECK(tls.material[tls.trust[1].material].written == "ca.pem");
  CHECK(tls.material[tls.trust[1].material].use == tls::MaterialUse::TrustAnchor);
  CHECK(tls.material[tls.trust[2].material].field == "tls.keys[0].public_key");
  CHECK_FALSE(tls.trust_unknown);
  // Up to 2.10 the legacy pair, then those of keys.
  const std::string both = with_tls(R"("public_key": "a.pem", "private_key": "a.key", "enable_mtls": true,
    "disable_system_ca_pool": true, "keys": [{"public_key": "b.pem", "private_key": "b.key"}])");
  for (const auto& [version, file] : {std::pair("2.10", "a.pem"), std::pair("2.11", "b.pem")}) {
    INFO(version);
    const Read pool(both, version);
    REQUIRE(pool.listener().trust.size() == 1);
    CHECK(pool.listener().material[pool.listener().trust[0].material].written == file);
  }
}

TEST_CASE("krakend: disable_system_ca_pool leaves the listed CAs and the served file") {
  const Read read(with_keys(R"("enable_mtls": true, "disable_system_ca_pool": true, "ca_certs": ["ca.pem"])"));
  REQUIRE(read.listener().trust.size() == 2);
  CHECK(read.listener().trust[0].kind == tls::TrustKind::Material);
}

TEST_CASE("krakend: 2.7.0 to 2.10.2 forget mutual TLS where the certificates are in keys") {
  struct Row {
    std::string members;
    std::string version;
    tls::ClientAuth mode;
  };
  const std::string keys = kKeys;
  const std::string pair = kPair;
  const std::vector<Row> rows = {
      {keys, "2.7", tls::ClientAuth::None},
      {keys, "2.10.2", tls::ClientAuth::None},
      {keys, "2.11", tls::ClientAuth::RequireAndVerify},
      {keys + ", " + pair, "2.9", tls::ClientAuth::RequireAndVerify},
      {pair, "2.9", tls::ClientAuth::RequireAndVerify},
      {pair, "2.6", tls::ClientAuth::RequireAndVerify},
  };
  for (const Row& row : rows) {
    INFO(row.version << " " << row.members);
    const Read read(with_tls(row.members + R"(, "enable_mtls": true)"), row.version);
    CHECK(read.listener().client_auth.value == row.mode);
    CHECK(read.listener().trust.empty() == (row.mode == tls::ClientAuth::None));
  }
}

TEST_CASE("krakend: with both kinds of pair, keys come first and older releases read the legacy pair alone") {
  const std::string text = with_tls(
      R"("public_key": "old.pem", "private_key": "old.key", "keys": [{"public_key": "new.pem", "private_key": "new.key"}])");
  const Read now(text, "2.13");
  REQUIRE(now.listener().identities.size() == 2);
  CHECK(now.listener().material[now.listener().identities[0].certificate].written == "new.pem");
  CHECK(now.listener().material[now.listener().identities[1].certificate].written == "old.pem");
  const Read before(text, "2.6");
  REQUIRE(before.listener().identities.size() == 1);
  CHECK(before.listener().material[before.listener().identities[0].certificate].written == "old.pem");
}

TEST_CASE("krakend: upstreams without client_tls get the defaults of Go's client") {
  const Read read(with_backend("https://orders.example"), "2.6");
  const tls::TlsContext& client = read.context("client_tls");
  CHECK(client.role == tls::Role::Upstream);
  CHECK(listed(client.versions.value) == "1.2 1.3");
  CHECK(client.versions.origin == Origin::Default);
  CHECK(listed(client, tls::kTls12) ==
        "49195 49199 49196 49200 52393 52392 49161 49171 49162 49172 156 157 47 53 49170 10");
  CHECK(listed(client.groups.value) == "29 23 24 25");
  CHECK(client.verify_peer.value == tls::VerifyPeer::Full);
  CHECK(client.verify_peer.origin == Origin::Default);
  CHECK(client.alpn.value.empty());
  CHECK(client.hosts == std::vector<std::string>{"orders.example"});
  REQUIRE(client.trust.size() == 1);
  CHECK(client.trust[0].kind == tls::TrustKind::System);
}

TEST_CASE("krakend: Go's client defaults shrink and grow with the release") {
  CHECK(listed(Read(with_backend("https://a.example"), "2.0").context("client_tls").versions.value) ==
        "1.0 1.1 1.2 1.3");
  const Read now(with_backend("https://a.example"), "2.13");
  CHECK(listed(now.context("client_tls"), tls::kTls12) ==
        "49195 49199 49196 49200 52393 52392 49161 49171 49162 49172");
  CHECK(listed(now.context("client_tls").groups.value) == "4588 29 23 24 25");
}

TEST_CASE("krakend: any client_tls raises the minimum of upstreams to TLS 1.3") {
  const Read read(with_backend("https://a.example", R"("client_tls": {"allow_insecure_connections": true}, )"));
  const tls::TlsContext& client = read.context("client_tls");
  CHECK(listed(client.versions.value) == "1.3");
  CHECK(client.min_version.origin == Origin::Default);
  CHECK(client.verify_peer.value == tls::VerifyPeer::None);
  CHECK(read.text(client.verify_peer.where) == "true");
  CHECK_FALSE(client.server_name_check.value);
  CHECK(read.text(client.section_key) == "\"client_tls\"");
}

TEST_CASE("krakend: the deprecated switch at the root creates client_tls") {
  const Read read(with_backend("https://a.example", R"("allow_insecure_connections": true, )"));
  const tls::TlsContext& client = read.context("client_tls");
  CHECK(listed(client.versions.value) == "1.3");
  CHECK(client.verify_peer.value == tls::VerifyPeer::None);
  CHECK(read.text(client.section_key) == "\"allow_insecure_connections\"");
}

TEST_CASE("krakend: client certificates and CAs of upstreams") {
  const Read read(with_backend("https://a.example", R"("client_tls": {"min_version": "TLS12", "ca_certs": ["ca.pem"],
      "disable_system_ca_pool": true, "client_certs": [{"certificate": "c.pem", "private_key": "c.key"},
      {"certificate": "half.pem"}]}, )"));
  const tls::TlsContext& client = read.context("client_tls");
  REQUIRE(client.identities.size() == 2);
  CHECK(client.material[client.identities[0].key].field == "client_tls.client_certs[0].private_key");
  CHECK(client.identities[1].key == tls::kNoMaterial);
  CHECK(client.material[client.identities[0].key].effect ==
        "KrakenD only logs it and connects without a client certificate");
  REQUIRE(client.trust.size() == 1);
  CHECK(client.material[client.trust[0].material].written == "ca.pem");
}

TEST_CASE("krakend: a host without a scheme is plain HTTP, unless service discovery says otherwise") {
  struct Row {
    std::string backend;
    bool https, cleartext;
  };
  const std::vector<Row> rows = {
      {R"("host": ["api.example"])", false, true},
      {R"("host": ["api.example:443"])", false, true},
      {R"("host": ["http://api.example"])", false, true},
      {R"("host": ["https://api.example"])", true, false},
      {R"("host": ["api.example"], "sd": "dns", "sd_scheme": "https")", true, false},
      {R"("host": ["api.example"], "sd": "dns")", false, true},
      {R"("host": ["api.example"], "sd": "static", "sd_scheme": "https")", false, true},
      {R"("host": ["amqp://queue.example"], "disable_host_sanitize": true)", false, false},
      {R"("host": ["localhost:8081"])", false, false},
      {R"("host": ["http://127.0.0.1:8081", "http://[::1]:8082"])", false, false},
      {R"("host": ["{{ env "API" }}"])", false, false},
      {R"("host": ["grpc.example:50051"], "extra_config": {"backend/grpc": {}})", false, false},
  };
  for (const Row& row : rows) {
    INFO(row.backend);
    const Read read(R"({"version": 3, "endpoints": [{"endpoint": "/a", "backend": [{"url_pattern": "/", )" +
                    row.backend + "}]}]}");
    CHECK(read.has("client_tls") == row.https);
    CHECK(read.has("upstreams") == row.cleartext);
  }
}

TEST_CASE("krakend: all hosts that are called in the clear stand in one context") {
  const Read read(R"({"version": 3, "host": ["http://root.example"], "endpoints": [
    {"endpoint": "/a", "backend": [{"url_pattern": "/"}, {"url_pattern": "/", "host": []}]},
    {"endpoint": "/b", "backend": [{"url_pattern": "/", "host": ["one.example:8080", "http://two.example"]}]},
    {"endpoint": "/c", "backend": [{"url_pattern": "/", "host": ["http://three.example", "http://two.example"]}]}]})");
  const tls::TlsContext& plain = read.context("upstreams");
  CHECK_FALSE(plain.enabled);
  CHECK(plain.role == tls::Role::Upstream);
  CHECK(plain.hosts == std::vector<std::string>{"root.example", "one.example", "two.example", "three.example"});
  CHECK(plain.endpoint == "http://root.example and 3 others");
  CHECK(read.text(plain.section) == "\"http://root.example\"");
  CHECK_FALSE(read.has("client_tls"));
}

TEST_CASE("krakend: client_tls of a single backend is a context of its own in the Enterprise Edition") {
  const std::string text = R"({"version": 3, "endpoints": [{"endpoint": "/a", "method": "POST", "backend": [
    {"url_pattern": "/", "host": ["https://one.example"], "extra_config": {"backend/http/client": {"client_tls": {
      "min_version": "TLS12", "allow_insecure_connections": true}}}}]}],
    "extra_config": {"redis": {"connection_pools": [{"name": "limits", "tls": {"min_version": "TLS12"}}]}}})";
  const Read read(text);
  const tls::TlsContext& one = read.context("POST /a backend[0] backend/http/client");
  CHECK(listed(one.versions.value) == "1.2 1.3");
  CHECK(one.verify_peer.value == tls::VerifyPeer::None);
  CHECK(one.reach == tls::Reach::Backend);
  CHECK(one.hosts == std::vector<std::string>{"one.example"});
  CHECK(read.context("limits redis").reach == tls::Reach::Link);
  gateways::ReadOptions community;
  community.edition = gateways::Edition::Community;
  CHECK_FALSE(Read(text, "2.13", community).has("POST /a backend[0] backend/http/client"));
}

TEST_CASE("krakend: a template in place of a value makes that value unresolved and nothing else") {
  const Read read(with_keys(R"("min_version": "{{ env "TLS_MIN" }}", "cipher_suites": [49199, {{ .extra }}],
                               "enable_mtls": {{ .mtls }})"));
  const tls::TlsContext& tls = read.listener();
  CHECK(tls.enabled);
  CHECK(tls.min_version.origin == Origin::Unresolved);
  CHECK(tls.max_version.origin == Origin::Default);
  CHECK(tls.versions.origin == Origin::Unresolved);
  CHECK(tls.ciphers.origin == Origin::Unresolved);
  CHECK(tls.client_auth.origin == Origin::Unresolved);
  CHECK(tls.groups.origin == Origin::Default);
  CHECK(tls.start_failure.empty());
}

TEST_CASE("krakend: where a template may add members, nothing that is absent counts as a default") {
  const Read whole(R"({"version": 3, {{ include "tls.tmpl" }}, "endpoints": []})");
  CHECK(whole.listener().enabled);
  CHECK(whole.listener().versions.origin == Origin::Unresolved);
  const Read value(R"({"version": 3, "tls": {{ marshal .tls }}, "endpoints": []})");
  CHECK(value.listener().enabled);
  CHECK(value.listener().client_auth.origin == Origin::Unresolved);
  const Read inside(R"({"version": 3, "tls": { {{ template "versions.tmpl" . }} "disable_system_ca_pool": true }})");
  CHECK(inside.listener().min_version.origin == Origin::Unresolved);
  CHECK(inside.listener().start_failure.empty());
}

TEST_CASE("krakend: the same file as YAML reads the same") {
  const Read read(R"(version: 3
port: 8443
tls:
  keys:
    - public_key: /etc/api.pem
      private_key: /etc/api.key
  min_version: TLS12
  cipher_suites: [49200, 49199]
)");
  CHECK(listed(read.listener().versions.value) == "1.2 1.3");
  CHECK(listed(read.listener(), tls::kTls12) == "49199 49200");
  CHECK(read.text(read.listener().min_version.where) == "TLS12");
}

TEST_CASE("krakend: every object that is about TLS is found where the key tables lead") {
  const Read read(R"({"version": 3, "tls": {"keys": [{}, {}]}, "client_tls": {"client_certs": [{}]},
    "endpoints": [{"backend": [{"extra_config": {"backend/http/client": {"client_tls": {}}}}]}]})");
  std::string paths;
  for (const gateways::KnownObject& object : read.reading.objects) {
    if (object.type->closed) paths += object.path + "\n";
  }
  CHECK(paths ==
        "tls\ntls.keys[0]\ntls.keys[1]\nclient_tls\nclient_tls.client_certs[0]\n"
        "endpoints[0].backend[0].extra_config.backend/http/client.client_tls\n");
}
