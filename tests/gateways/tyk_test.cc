// Tyk: what its files mean, version by version.
#include "gateways/tyk/tyk.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "gateways/tyk/certificate_id.h"
#include "gateways/tyk/host_keys.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/settings.h"
#include "gateways/tyk/versions.h"
#include "lint/run.h"
#include "rules/all.h"
#include "tests/catch.h"

using namespace tlsward;
namespace tyk = gateways::tyk;
using gateways::ProductVersion;
using tls::ClientAuth;
using tls::Origin;
using tls::VerifyPeer;

namespace {

struct File {
  std::string path, text;
};

/// Files read as one set by `tyk@version`, no rule asked.
class Read {
 public:
  Read(const std::string& version, const std::vector<File>& files) {
    std::string error;
    options_.gateways.push_back(*gateways::parse_gateway_choice("tyk@" + version, error));
    std::vector<lint::InputFile> inputs;
    for (const File& file : files) inputs.push_back({file.path, file.text, "", true, 0});
    run_ = lint::run(std::move(inputs), {}, options_);
    REQUIRE(run_->errors.empty());
    REQUIRE(run_->sets.size() == 1);
  }

  const std::vector<tls::TlsContext>& contexts() const { return run_->sets.front()->reading.contexts; }
  const tyk::Model& model() const { return *std::any_cast<tyk::Model>(&run_->sets.front()->reading.model); }
  const tls::TlsContext& context(const std::string& subject) const {
    const auto& all = contexts();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.subject == subject; });
    INFO("no context " << subject);
    REQUIRE(found != all.end());
    return *found;
  }
  std::string text(Span where) const { return std::string(run_->sources.text(where)); }

 private:
  lint::Options options_;
  std::unique_ptr<lint::Run> run_;
};

std::string version_names(const std::vector<tls::Version>& versions) {
  std::string result;
  for (tls::Version version : versions) result += (result.empty() ? "" : " ") + tls::short_name(version);
  return result;
}

std::string conf(const std::string& server_options, const std::string& rest = "") {
  return fmt::format(R"({{"listen_port": 8443, "http_server_options": {{"use_ssl": true{}}}{}}})", server_options,
                     rest);
}

std::string api(const std::string& fields, const std::string& target = "https://up.example.com") {
  return fmt::format(R"({{"api_id": "a", "name": "a", "proxy": {{"target_url": "{}"}}{}}})", target, fields);
}

const std::string kListener = "listener :8443";
const std::string kUpstream = "api a upstream up.example.com";
const std::string kId = "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2";

}  // namespace

TEST_CASE("tyk: the Go of a release is that of its notes") {
  const std::vector<std::pair<ProductVersion, unsigned>> rows = {
      {{5, 8, 5}, 23},  {{5, 8, 6}, 24},  {{5, 8, 12}, 24}, {{5, 8, 13}, 25}, {{5, 8, 14}, 25}, {{5, 9, 0}, 23},
      {{5, 10, 0}, 24}, {{5, 12, 0}, 24}, {{5, 12, 1}, 25}, {{5, 13, 0}, 25}, {{5, 14, 0}, 25},
  };
  for (const auto& [version, minor] : rows) {
    INFO(gateways::name(version));
    CHECK(tyk::build_of(version).version.minor == minor);
  }
}

TEST_CASE("tyk: patches of older lines have what later ones lack") {
  struct Row {
    bool (*has)(ProductVersion);
    std::vector<ProductVersion> with, without;
  };
  const std::vector<Row> rows = {
      {tyk::checks_expiry,
       {{4, 0, 14}, {5, 0, 3}, {5, 1, 1}, {5, 2, 0}, {5, 14, 0}},
       {{3, 2, 0}, {4, 0, 13}, {4, 3, 0}, {5, 0, 2}, {5, 1, 0}}},
      {tyk::asks_for_certificate_of_token, {{5, 8, 12}, {5, 8, 14}, {5, 12, 0}}, {{5, 3, 14}, {5, 8, 11}, {5, 11, 1}}},
      {tyk::can_skip_ca_announcement, {{4, 0, 13}, {4, 0, 14}, {5, 0, 0}}, {{4, 0, 12}, {4, 3, 0}}},
      {tyk::lowers_on_control_port, {{5, 0, 3}, {5, 1, 0}, {5, 14, 0}}, {{4, 0, 14}, {4, 3, 0}, {5, 0, 2}}},
  };
  for (const Row& row : rows) {
    for (const ProductVersion version : row.with) {
      INFO(gateways::name(version));
      CHECK(row.has(version));
    }
    for (const ProductVersion version : row.without) {
      INFO(gateways::name(version));
      CHECK_FALSE(row.has(version));
    }
  }
}

TEST_CASE("tyk: a listener without limits has the versions of its build") {
  struct Row {
    std::string version, expected;
  };
  const std::vector<Row> rows = {
      {"2.4", "1.0 1.1 1.2"},
      {"5.0", "1.0 1.1 1.2"},
      {"5.3.5", "1.0 1.1 1.2"},
      {"5.3.6", "1.2"},
      {"5.3.10", "1.2"},
      {"5.3.11", "1.0 1.1 1.2"},
      {"5.4", "1.0 1.1 1.2"},
      {"5.5", "1.0 1.1 1.2"},
      {"5.6", "1.2"},
      {"5.7", "1.2"},
      {"5.8", "1.2"},
      {"5.8.2", "1.2"},
      {"5.8.3", "1.0 1.1 1.2"},
      {"5.8.13", "1.0 1.1 1.2"},
      {"5.8.14", "1.2 1.3"},
      {"5.9", "1.0 1.1 1.2"},
      {"5.12.1", "1.0 1.1 1.2"},
      {"5.13", "1.2 1.3"},
      {"5.14", "1.2 1.3"},
  };
  for (const Row& row : rows) {
    INFO("Tyk " << row.version);
    const Read read(row.version, {{"tyk.conf", conf("")}});
    const tls::TlsContext& context = read.context(kListener);
    CHECK(version_names(context.versions.value) == row.expected);
    CHECK(context.versions.origin == Origin::Default);
    CHECK(context.min_version.origin == Origin::Default);
    CHECK(context.max_version.origin == Origin::Default);
  }
}

TEST_CASE("tyk: written limits of a listener mean what the version makes of them") {
  struct Row {
    std::string version, options, expected, failure;
  };
  const std::vector<Row> rows = {
      {"2.9.5", R"(, "min_version": 771, "max_version": 772)", "1.2", ""},
      {"2.9.6", R"(, "min_version": 771, "max_version": 772)", "1.2 1.3", ""},
      {"3.0.4", R"(, "max_version": 770)", "1.0 1.1 1.2", ""},
      {"3.1.1", R"(, "min_version": 771, "max_version": 772)", "1.2", ""},
      {"3.1.2", R"(, "min_version": 771, "max_version": 772)", "1.2 1.3", ""},
      {"5.3", R"(, "min_version": 771)", "1.2", ""},
      {"5.3", R"(, "min_version": 772)", "1.3", ""},
      {"5.3", R"(, "min_version": 770, "max_version": 772)", "1.1 1.2 1.3", ""},
      {"5.3", R"(, "min_version": 772, "max_version": 771)", "1.3", ""},
      {"5.3", R"(, "min_version": 12)", "1.0 1.1 1.2", ""},
      {"5.3", R"(, "min_version": 0)", "1.0 1.1 1.2", ""},
      {"5.14", R"(, "min_version": 771)", "1.2 1.3", ""},
      {"5.14", R"(, "max_version": 771)", "1.2", ""},
      {"5.14", R"(, "min_version": 769)", "1.0 1.1 1.2 1.3", ""},
      {"5.14", R"(, "min_version": 772, "max_version": 771)", "", "minimum TLS version 772 is above the maximum 771"},
      {"5.14", R"(, "max_version": 770)", "", "minimum TLS version 771 is above the maximum 770"},
      {"5.14", R"(, "min_version": 773, "max_version": 773)", "", "minimum TLS version 773 is above TLS 1.3"},
  };
  for (const Row& row : rows) {
    INFO("Tyk " << row.version << row.options);
    const Read read(row.version, {{"tyk.conf", conf(row.options)}});
    const tls::TlsContext& context = read.context(kListener);
    CHECK(version_names(context.versions.value) == row.expected);
    CHECK(context.start_failure == row.failure);
  }
}

TEST_CASE("tyk: a version that is no number is unresolved, and keeps its place") {
  const Read read("5.14", {{"tyk.conf", conf(R"(, "min_version": "771")")}});
  const tls::TlsContext& context = read.context(kListener);
  CHECK(context.min_version.origin == Origin::Unresolved);
  CHECK(context.versions.origin == Origin::Unresolved);
  CHECK(read.text(context.min_version.where) == "\"771\"");
}

TEST_CASE("tyk: any maximum of an API is TLS 1.2 and a minimum alone is the only version") {
  struct Row {
    std::string version, transport, expected;
    Origin min, max;
  };
  const std::vector<Row> rows = {
      {"5.14", "", "1.2 1.3", Origin::Default, Origin::Default},
      {"5.3", "", "1.2", Origin::Default, Origin::Default},
      {"5.14", R"("ssl_max_version": 772)", "1.2", Origin::Default, Origin::Written},
      {"5.14", R"("ssl_min_version": 771)", "1.2", Origin::Written, Origin::Default},
      {"5.14", R"("ssl_min_version": 769)", "1.0", Origin::Written, Origin::Default},
      {"5.14", R"("ssl_min_version": 772)", "1.3", Origin::Written, Origin::Default},
      {"5.3", R"("ssl_min_version": 772, "ssl_max_version": 772)", "1.3", Origin::Written, Origin::Written},
      {"5.14", R"("ssl_min_version": 770, "ssl_max_version": 772)", "1.1 1.2", Origin::Written, Origin::Written},
      {"3.1", R"("ssl_min_version": 770, "ssl_max_version": 770)", "1.1 1.2", Origin::Written, Origin::Default},
      {"5.14", R"("ssl_min_version": 0, "ssl_max_version": 0)", "1.2 1.3", Origin::Default, Origin::Default},
  };
  for (const Row& row : rows) {
    INFO("Tyk " << row.version << ' ' << row.transport);
    const std::string definition = fmt::format(
        R"({{"api_id": "a", "name": "a", "proxy": {{"target_url": "https://up.example.com", "transport": {{{}}}}}}})",
        row.transport);
    const Read read(row.version, {{"tyk.conf", conf("")}, {"a.json", definition}});
    const tls::TlsContext& context = read.context(kUpstream);
    CHECK(version_names(context.versions.value) == row.expected);
    CHECK(context.min_version.origin == row.min);
    CHECK(context.max_version.origin == row.max);
  }
}

TEST_CASE("tyk: limits of proxy_ssl_* hold for every API that sets none") {
  const Read read("5.14", {{"tyk.conf", conf("", R"(, "proxy_ssl_min_version": 772)")}, {"a.json", api("")}});
  const tls::TlsContext& context = read.context(kUpstream);
  CHECK(version_names(context.versions.value) == "1.3");
  CHECK(context.min_version.origin == Origin::Written);
  CHECK(read.text(context.min_version.where) == "772");
}

TEST_CASE("tyk: without tyk.conf what it could say is unresolved") {
  const Read read("5.14", {{"a.json", api(R"(, "use_mutual_tls_auth": true)")}});
  const tls::TlsContext& upstream = read.context(kUpstream);
  CHECK(upstream.versions.origin == Origin::Unresolved);
  CHECK(upstream.ciphers.origin == Origin::Unresolved);
  CHECK(upstream.verify_peer.origin == Origin::Unresolved);
  const tls::TlsContext& listener = read.context("listener");
  CHECK(listener.versions.origin == Origin::Unresolved);
  CHECK(listener.client_auth.origin == Origin::Unresolved);
  CHECK(listener.trust.empty());
  CHECK(listener.trust_unknown);
  CHECK(listener.trust_elsewhere == "security.certificates.apis of tyk.conf");
  CHECK(listener.client_certificate_required.written());
}

TEST_CASE("tyk: an API that sets its own minimum needs no tyk.conf") {
  const Read read("5.14", {{"a.json", R"({"api_id": "a", "name": "a", "proxy": {"target_url": "https://up.example.com",
    "transport": {"ssl_min_version": 769}}})"}});
  const tls::TlsContext& context = read.context(kUpstream);
  CHECK(context.versions.known());
  CHECK(version_names(context.versions.value) == "1.0");
}

TEST_CASE("tyk: default suites follow Go and the godebug block") {
  struct Row {
    std::string version;
    bool rsa_key_exchange, triple_des;
  };
  const std::vector<Row> rows = {{"5.0", true, true},    {"5.6", false, true},  {"5.8", false, false},
                                 {"5.3.11", true, true}, {"5.8.3", true, true}, {"5.14", true, true}};
  const tls::CipherSuite rsa{0x009C}, triple_des{0xC012};
  for (const Row& row : rows) {
    INFO("Tyk " << row.version);
    const Read read(row.version, {{"tyk.conf", conf("")}});
    const auto& suites = read.context(kListener).ciphers.value.at(tls::kTls12);
    CHECK((std::find(suites.begin(), suites.end(), rsa) != suites.end()) == row.rsa_key_exchange);
    CHECK((std::find(suites.begin(), suites.end(), triple_des) != suites.end()) == row.triple_des);
  }
}

TEST_CASE("tyk: suites are listed by name, and an unknown name is skipped") {
  const Read read("5.14", {{"tyk.conf", conf(R"(, "ssl_ciphers": ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-RSA-AES128-GCM-SHA256", "tls_ecdhe_rsa_with_aes_128_gcm_sha256"])")}});
  const tls::TlsContext& context = read.context(kListener);
  REQUIRE(context.cipher_list.value.size() == 3);
  CHECK(context.cipher_list.value[0].accepted);
  CHECK_FALSE(context.cipher_list.value[1].accepted);
  CHECK(context.cipher_list.value[1].suite == tls::CipherSuite{0xC02F});
  CHECK(context.cipher_list.value[2].accepted);
  CHECK(context.ciphers.value.at(tls::kTls12) ==
        std::vector<tls::CipherSuite>{tls::CipherSuite{0xC02F}, tls::CipherSuite{0xC030}});
  CHECK(context.ciphers.origin == Origin::Written);
}

TEST_CASE("tyk: a list without any known name is Go's default list") {
  const Read read("5.3", {{"tyk.conf", conf(R"(, "ssl_ciphers": ["nonsense"])")}});
  const tls::TlsContext& context = read.context(kListener);
  CHECK(context.ciphers.origin == Origin::Default);
  CHECK(context.ciphers.value.at(tls::kTls12).size() > 6);
}

TEST_CASE("tyk: a list of TLS 1.3 names leaves nothing for TLS 1.2") {
  const Read read("5.14", {{"tyk.conf", conf(R"(, "ssl_ciphers": ["TLS_AES_128_GCM_SHA256"])")}});
  const tls::TlsContext& context = read.context(kListener);
  CHECK(context.ciphers.value.at(tls::kTls12).empty());
  CHECK(context.ciphers.value.at(tls::kTls13).size() == 3);
}

TEST_CASE("tyk: names of suites are known from version to version") {
  const tls::CipherSuite gcm{0xC02F}, chacha{0xCCA8}, tls13{0x1301};
  const ProductVersion old{5, 7, 0}, current{5, 8, 0};
  CHECK(tyk::knows_cipher_name("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", gcm, old));
  CHECK_FALSE(tyk::knows_cipher_name("tls_ecdhe_rsa_with_aes_128_gcm_sha256", gcm, old));
  CHECK(tyk::knows_cipher_name("tls_ecdhe_rsa_with_aes_128_gcm_sha256", gcm, current));
  CHECK(tyk::knows_cipher_name("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", chacha, old));
  CHECK_FALSE(tyk::knows_cipher_name("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", chacha, old));
  CHECK(tyk::knows_cipher_name("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", chacha, current));
  CHECK(tyk::knows_cipher_name("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", chacha, current));
  CHECK_FALSE(tyk::knows_cipher_name("TLS_AES_128_GCM_SHA256", tls13, old));
  CHECK(tyk::knows_cipher_name("TLS_AES_128_GCM_SHA256", tls13, current));
  for (const tls::CipherSuite suite :
       std::vector<tls::CipherSuite>{{0x009C}, {0x002F}, {0x000A}, {0xC012}, {0xC027}, {0xC011}}) {
    INFO(tls::name(suite));
    CHECK(tyk::knows_cipher_name(tls::name(suite), suite, old));
    CHECK_FALSE(tyk::knows_cipher_name(tls::name(suite), suite, current));
    CHECK_FALSE(tyk::knows_cipher_name(tls::name(suite), suite, {5, 8, 2}));
    CHECK(tyk::knows_cipher_name(tls::name(suite), suite, {5, 8, 3}));
    CHECK(tyk::knows_cipher_name(tls::name(suite), suite, {5, 9, 0}));
  }
  CHECK_FALSE(tyk::knows_cipher_name("ECDHE-RSA-AES128-GCM-SHA256", gcm, current));
  CHECK_FALSE(tyk::knows_cipher_name("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", tls::CipherSuite{0x009E}, current));
}

TEST_CASE("tyk: ALPN is h2 alone, or nothing") {
  CHECK(Read("5.14", {{"tyk.conf", conf("")}}).context(kListener).alpn.value.empty());
  const Read read("5.14", {{"tyk.conf", conf(R"(, "enable_http2": true)")}});
  CHECK(read.context(kListener).alpn.value == std::vector<std::string>{"h2"});
  CHECK(read.context(kListener).alpn.origin == Origin::Written);
}

TEST_CASE("tyk: a gateway without use_ssl listens in clear") {
  const Read read("5.14", {{"tyk.conf", R"({"http_server_options": {"min_version": 771}})"}});
  const tls::TlsContext& context = read.context("listener :8080");
  CHECK_FALSE(context.enabled);
  CHECK(context.why_not == "http_server_options.use_ssl is not true");
  CHECK(context.endpoint == ":8080");
}

TEST_CASE("tyk: keys are found in any case, as Go's decoder does") {
  const Read read("5.14", {{"tyk.conf", R"({"Listen_Port": 8443, "HTTP_Server_Options": {"Use_SSL": true}})"}});
  CHECK(read.context(kListener).enabled);
}

TEST_CASE("tyk: client certificates are asked for by server name and layout") {
  const std::string mutual = R"(, "use_mutual_tls_auth": true, "client_certificates": [")" + kId + "\"]";
  const std::string own = mutual + R"(, "domain": "a.example.com")";
  const std::string apart = R"(, "control_api_port": 9443)";
  struct Row {
    std::string what, version, conf_rest;
    std::vector<File> apis;
    std::string subject;
    ClientAuth expected;
  };
  const std::string for_a = kListener + " for a.example.com";
  const File plain_a{"b.json", R"({"api_id": "b", "domain": "a.example.com", "proxy": {"target_url": "https://b"}})"};
  const File token_a{"b.json", R"({"api_id": "b", "domain": "a.example.com", "use_standard_auth": true,
    "auth": {"use_certificate": true}, "proxy": {"target_url": "https://b"}})"};
  const std::vector<Row> rows = {
      {"one mTLS API, control API apart", "5.14", apart, {{"a.json", api(own)}}, for_a, ClientAuth::RequireAndVerify},
      {"control API on the port", "5.14", "", {{"a.json", api(own)}}, for_a, ClientAuth::Request},
      {"the same before 5.0.3", "5.0.2", "", {{"a.json", api(own)}}, for_a, ClientAuth::RequireAndVerify},
      {"control API has a host name",
       "5.14",
       R"(, "control_api_hostname": "ctl.example.com")",
       {{"a.json", api(own)}},
       for_a,
       ClientAuth::RequireAndVerify},
      {"no domain", "5.14", apart, {{"a.json", api(mutual)}}, kListener, ClientAuth::RequireAndVerify},
      {"another name than the API's", "5.14", apart, {{"a.json", api(own)}}, kListener, ClientAuth::None},
      {"mixed with a plain API", "5.14", apart, {{"a.json", api(own)}, plain_a}, for_a, ClientAuth::Request},
      {"the plain API first", "5.14", apart, {plain_a, {"a.json", api(own)}}, for_a, ClientAuth::Request},
      {"static before dynamic", "5.14", apart, {{"a.json", api(own)}, token_a}, for_a, ClientAuth::RequireAndVerify},
      {"dynamic before static", "5.14", apart, {token_a, {"a.json", api(own)}}, for_a, ClientAuth::Request},
      {"dynamic alone", "5.14", apart, {token_a}, for_a, ClientAuth::Request},
      {"control API with mTLS",
       "5.14",
       R"(, "security": {"control_api_use_mutual_tls": true, "certificates": {"control_api": ["/ca.pem"]}})",
       {{"a.json", api(own)}},
       for_a,
       ClientAuth::RequireAndVerify},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    std::vector<File> files = {{"tyk.conf", conf("", row.conf_rest)}};
    files.insert(files.end(), row.apis.begin(), row.apis.end());
    CHECK(Read(row.version, files).context(row.subject).client_auth.value == row.expected);
  }
}

TEST_CASE("tyk: skip_client_ca_announcement keeps the requirement on the control port") {
  const Read read("5.14", {{"tyk.conf", conf(R"(, "skip_client_ca_announcement": true)")},
                           {"a.json", api(R"(, "use_mutual_tls_auth": true, "domain": "a.example.com")")}});
  CHECK(read.context(kListener + " for a.example.com").client_auth.value == ClientAuth::RequireAndVerify);
}

TEST_CASE("tyk: a listener trusts the allow-lists of its name and of the gateway") {
  const Read read(
      "5.14",
      {{"tyk.conf", conf("", R"(, "security": {"certificates": {"apis": [")" + kId + R"("]}})")},
       {"a.json",
        api(R"(, "use_mutual_tls_auth": true, "client_certificates": ["/c.pem"], "domain": "a.example.com")")}});
  const tls::TlsContext& context = read.context(kListener + " for a.example.com");
  REQUIRE(context.trust.size() == 2);
  CHECK(context.material[context.trust[0].material].written == "/c.pem");
  CHECK(context.material[context.trust[0].material].use == tls::MaterialUse::AllowList);
  CHECK(context.material[context.trust[1].material].state == tls::MaterialState::StoreId);
  CHECK_FALSE(context.trust_unknown);
}

TEST_CASE("tyk: an API whose own allow-list is empty is not helped by its neighbour's") {
  const std::string shared = R"(, "use_mutual_tls_auth": true, "domain": "a.example.com")";
  const Read read("5.14",
                  {{"tyk.conf", conf("")},
                   {"a.json", api(shared + R"(, "client_certificates": [")" + kId + "\"]")},
                   {"b.json", R"({"api_id": "b", "name": "b", "proxy": {"target_url": "https://b"})" + shared + "}"}});
  const tls::TlsContext& context = read.context(kListener + " for a.example.com at api b");
  CHECK(context.trust.empty());
  CHECK_FALSE(context.trust_unknown);
  CHECK(context.client_certificate_required.written());
}

TEST_CASE("tyk: what an upstream's certificate is checked for") {
  struct Row {
    std::string what, conf_rest, fields;
    VerifyPeer expected;
    std::string proxy = {};
  };
  const std::string pin = R"(, "pinned_public_keys": {"up.example.com": "/k.pem"})";
  const std::vector<Row> rows = {
      {"nothing set", "", "", VerifyPeer::Full},
      {"switched off for all", R"(, "proxy_ssl_insecure_skip_verify": true)", "", VerifyPeer::None},
      {"common name only", R"(, "ssl_force_common_name_check": true)", "", VerifyPeer::NameOnly},
      {"pinned", "", pin, VerifyPeer::PinOnly},
      {"another host is pinned", "", R"(, "pinned_public_keys": {"other.example.com": "/k.pem"})", VerifyPeer::None},
      {"pinned, but switched off", "", pin + R"(, "certificate_pinning_disabled": true)", VerifyPeer::Full},
      {"pinned, but called through a proxy", "", pin, VerifyPeer::None, "http://proxy.example.com:3128"},
      {"pinned for every host, through a proxy", "", R"(, "pinned_public_keys": {"*": "/k.pem"})", VerifyPeer::PinOnly,
       "http://proxy.example.com:3128"},
      {"pinned in tyk.conf", R"(, "security": {"pinned_public_keys": {"*": "/k.pem"}})", "", VerifyPeer::PinOnly},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const std::string definition =
        fmt::format(R"({{"api_id": "a", "name": "a", "proxy": {{"target_url": "https://up.example.com",
                    "transport": {{"proxy_url": "{}"}}}}{}}})",
                    row.proxy, row.fields);
    const Read read("5.14", {{"tyk.conf", conf("", row.conf_rest)}, {"a.json", definition}});
    CHECK(read.context(kUpstream).verify_peer.value == row.expected);
  }
}

TEST_CASE("tyk: classic and OAS definitions say the same things") {
  const std::string classic = R"({
    "api_id": "a", "name": "a", "org_id": "o", "domain": "a.example.com", "use_mutual_tls_auth": true,
    "client_certificates": ["/c.pem"], "certificates": ["/s.pem"], "use_standard_auth": true, "strip_auth_data": true,
    "listen_port": 9000, "protocol": "https", "upstream_certificates": {"up.example.com": "/u.pem"},
    "pinned_public_keys": {"up.example.com": "/k.pem"},
    "proxy": {"target_url": "https://up.example.com", "transport": {"ssl_min_version": 771, "ssl_max_version": 772,
      "ssl_ciphers": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}}})";
  const std::string oas = R"({
    "openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {},
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "Authorization"}}},
    "x-tyk-api-gateway": {
      "info": {"name": "a", "orgId": "o"},
      "server": {
        "listenPath": {"value": "/a/"}, "port": 9000, "protocol": "https",
        "clientCertificates": {"enabled": true, "allowlist": ["/c.pem"]},
        "customDomain": {"enabled": true, "name": "a.example.com", "certificates": ["/s.pem"]},
        "authentication": {"enabled": true, "stripAuthorizationData": true,
          "securitySchemes": {"key": {"enabled": true, "header": {"enabled": true}}}}},
      "upstream": {
        "url": "https://up.example.com",
        "mutualTLS": {"enabled": true,
          "domainToCertificateMapping": [{"domain": "up.example.com", "certificate": "/u.pem"}]},
        "certificatePinning": {"enabled": true,
          "domainToPublicKeysMapping": [{"domain": "up.example.com", "publicKeys": ["/k.pem"]}]},
        "tlsTransport": {"minVersion": "1.2", "maxVersion": "1.3",
          "ciphers": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}}}})";
  const std::string yaml = R"(openapi: 3.0.3
info: {title: a, version: "1"}
paths: {}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: Authorization}
x-tyk-api-gateway:
  info: {name: a, orgId: o}
  server:
    listenPath: {value: /a/}
    port: 9000
    protocol: https
    clientCertificates:
      enabled: true
      allowlist: [/c.pem]
    customDomain:
      enabled: true
      name: a.example.com
      certificates: [/s.pem]
    authentication:
      enabled: true
      stripAuthorizationData: true
      securitySchemes:
        key: {enabled: true}
  upstream:
    url: https://up.example.com
    mutualTLS:
      enabled: true
      domainToCertificateMapping:
        - domain: up.example.com
          certificate: /u.pem
    certificatePinning:
      enabled: true
      domainToPublicKeysMapping:
        - domain: up.example.com
          publicKeys: [/k.pem]
    tlsTransport:
      minVersion: "1.2"
      maxVersion: "1.3"
      ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
)";
  for (const File& file : {File{"a.json", classic}, File{"a.json", oas}, File{"a.yaml", yaml}}) {
    INFO(file.text);
    const Read read("5.14", {file});
    REQUIRE(read.model().apis.size() == 1);
    const tyk::Api& found = read.model().apis.front();
    CHECK(found.subject == "api a");
    CHECK(found.org_id.value == "o");
    CHECK(tyk::domain_of(found) == "a.example.com");
    CHECK(tyk::is_on(found.mutual_tls));
    REQUIRE(found.client_certificates.entries.size() == 1);
    CHECK(found.client_certificates.entries[0].written == "/c.pem");
    CHECK(found.certificates.entries[0].written == "/s.pem");
    CHECK(found.listen_port.value == 9000);
    CHECK(tyk::serves_tls(found, nullptr) == true);
    CHECK(tyk::is_off(found.authentication.keyless));
    CHECK(tyk::is_on(found.authentication.token));
    CHECK(tyk::is_on(found.authentication.strip_auth_data));
    REQUIRE(found.upstream_certificates.entries.size() == 1);
    CHECK(found.upstream_certificates.entries[0].host == "up.example.com");
    CHECK(found.upstream_certificates.entries[0].certificates[0].written == "/u.pem");
    REQUIRE(found.pinned_public_keys.entries.size() == 1);
    CHECK(found.pinned_public_keys.entries[0].certificates[0].written == "/k.pem");
    CHECK(found.versions.min.value == 771);
    CHECK(found.versions.max.value == 772);
    CHECK(found.ciphers.names.size() == 1);
    REQUIRE(found.targets.size() == 1);
    CHECK(found.targets[0].host.text == "up.example.com");
  }
}

TEST_CASE("tyk: an OAS definition without authentication is keyless") {
  const Read read("5.14", {{"a.json", R"({"openapi": "3.0.3", "x-tyk-api-gateway": {"info": {"name": "a"}}})"}});
  CHECK(tyk::is_on(read.model().apis.front().authentication.keyless));
}

TEST_CASE("tyk: an OAS version that is not a known text is unset, and a number is unresolved") {
  const auto limits = [](const std::string& version) {
    const Read read("5.14", {{"a.yaml",
                              "x-tyk-api-gateway:\n  upstream:\n    url: https://u\n    tlsTransport:\n"
                              "      minVersion: " +
                                  version + "\n"}});
    return read.model().apis.front().versions.min;
  };
  CHECK(limits("\"1.3\"").value == 772);
  CHECK(limits("TLS1.2").value == 0);
  CHECK(limits("TLS1.2").known());
  CHECK_FALSE(limits("1.2").known());
}

TEST_CASE("tyk: every target of an API is an upstream of its own") {
  const Read read("5.14", {{"tyk.conf", conf("")}, {"a.json", R"({"api_id": "a", "name": "a", "proxy": {
      "enable_load_balancing": true, "target_url": "https://one.example.com", "target_list": ["https://two.example.com:8443", "http://three"]},
    "version_data": {"versions": {"v1": {"override_target": "https://four.example.com"}, "v2": {"override_target": ""}}}})"}});
  CHECK(read.context("api a upstream one.example.com").enabled);
  CHECK(read.context("api a upstream two.example.com:8443").enabled);
  CHECK_FALSE(read.context("api a upstream three").enabled);
  CHECK(read.context("api a upstream four.example.com").enabled);
  CHECK(read.model().apis.front().targets.size() == 4);
}

TEST_CASE("tyk: targets that are switched off are none, those that only run time knows are known to be missing") {
  const auto api = [](std::string_view members) {
    const Read read("5.14", {{"a.json", fmt::format(R"({{"api_id": "a", "name": "a", {}}})", members)}});
    return read.model().apis.front();
  };
  const auto targets = [&](std::string_view members) { return api(members).targets.size(); };
  const std::string list = R"("target_url": "https://a", "target_list": ["https://b"])";
  CHECK(targets(fmt::format(R"("proxy": {{{}}})", list)) == 1);
  CHECK(targets(fmt::format(R"("proxy": {{{}, "enable_load_balancing": "$secret_env.LB"}})", list)) == 2);
  CHECK(targets(R"("proxy": {"enable_load_balancing": true, "target_list": "env://LIST"})") == 1);
  const std::string versions =
      R"("versions": {"v1": {"override_target": "https://b"}, "v2": {"override_target": "env://T"}})";
  CHECK(targets(fmt::format(R"("version_data": {{{}}})", versions)) == 2);
  CHECK(targets(fmt::format(R"("version_data": {{"not_versioned": true, {}}})", versions)) == 0);
  CHECK(api(R"("proxy": {"target_url": "HTTPS://a"})").targets.front().scheme == "https");

  CHECK_FALSE(api(R"("proxy": {"service_discovery": {"use_discovery_service": false}})").hosts_at_run_time);
  CHECK(api(R"("proxy": {"service_discovery": {"use_discovery_service": true}})").hosts_at_run_time);
  const auto rewritten = [&](std::string_view to) {
    return api(fmt::format(R"("version_data": {{"versions": {{"v1": {{"extended_paths": {{"url_rewrites":
        [{{"triggers": [{{"rewrite_to": "{}"}}]}}]}}}}}}}})",
                           to))
        .hosts_at_run_time;
  };
  CHECK(rewritten("https://b/x"));
  CHECK(rewritten("$secret_env.B"));
  CHECK_FALSE(rewritten("/x"));
}

TEST_CASE("tyk: a reference is neither a value nor a mistake") {
  const Read read("5.14", {{"a.json", R"({"api_id": "a", "name": "a", "use_mutual_tls_auth": "$secret_env.MTLS",
    "client_certificates": ["env://CLIENT"], "upstream_certificates": {"up.example.com": "vault://secret/up.pem"},
    "proxy": {"target_url": "https://$secret_env.HOST/"}})"}});
  const tyk::Api& found = read.model().apis.front();
  CHECK_FALSE(found.mutual_tls.known());
  CHECK(found.client_certificates.entries[0].form == tyk::ReferenceForm::Unresolved);
  CHECK(found.upstream_certificates.entries[0].certificates[0].form == tyk::ReferenceForm::Unresolved);
  REQUIRE(found.targets.size() == 1);
  CHECK(found.targets[0].unresolved);
}

TEST_CASE("tyk: references are found with the name that --define takes") {
  struct Row {
    std::string scalar, name, covered;
  };
  const std::vector<Row> rows = {
      {"env://TLS_KEY", "TLS_KEY", "env://TLS_KEY"},
      {"vault://secret/data/tls.key", "secret/data/tls.key", "vault://secret/data/tls.key"},
      {"consul://tyk/cert", "tyk/cert", "consul://tyk/cert"},
      {"secrets://cert", "cert", "secrets://cert"},
      {"kv://cert", "cert", "kv://cert"},
      {"file:///etc/tyk/secret", "/etc/tyk/secret", "file:///etc/tyk/secret"},
      {"https://$secret_env.HOST/path", "HOST", "$secret_env.HOST"},
      {"$secret_vault.secret/data/tyk.cert", "secret/data/tyk.cert", "$secret_vault.secret/data/tyk.cert"},
      {"$secret_consul.tyk/cert", "tyk/cert", "$secret_consul.tyk/cert"},
      {"$secret_conf.cert:8443", "cert", "$secret_conf.cert"},
      {"$secret_cert", "cert", "$secret_cert"},
  };
  for (const Row& row : rows) {
    INFO(row.scalar);
    const auto found = tyk::gateway.references(row.scalar);
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == row.name);
    CHECK(row.scalar.substr(found[0].begin, found[0].end - found[0].begin) == row.covered);
  }
  CHECK(tyk::gateway.references("https://api.example.com").empty());
  CHECK(tyk::gateway.references("/etc/tyk/secret.pem").empty());
}

TEST_CASE("tyk: the certificate of an upstream is looked up as the version does it") {
  struct Row {
    std::string version, key, url;
    bool found;
  };
  const std::vector<Row> rows = {
      {"5.14", "api.production.myupstream.com", "https://api.production.myupstream.com", true},
      {"5.14", "https://api.production.myupstream.com", "https://api.production.myupstream.com", false},
      {"5.14", "*.myupstream.com", "https://api.production.myupstream.com", false},
      {"5.14", "*.production.myupstream.com", "https://api.production.myupstream.com", true},
      {"5.3", "*.production.myupstream.com", "https://api.production.myupstream.com", true},
      {"5.3", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", false},
      {"5.14", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", true},
      {"5.8.8", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", false},
      {"5.8.9", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", true},
      {"5.10", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", false},
      {"5.11", "api.production.myupstream.com", "https://api.production.myupstream.com:8443", true},
      {"5.3", "api.x.com", "https://api.x.com:443/", false},
      {"5.3", "api.x.com:443", "https://api.x.com:443/", true},
      {"5.3", "*.x.com:8443", "https://api.x.com:8443", true},
      {"5.3", "*.x.com", "https://api.x.com:8443", false},
      {"5.14", "*.x.com", "https://api.x.com:8443", true},
      {"5.14", "api.x.com:443", "https://api.x.com", false},
      {"5.14", "API.x.com", "https://api.x.com", false},
      {"5.14", "api.*.com", "https://api.x.com", false},
      {"5.14", "*", "https://anything", true},
      {"5.3", "*", "https://anything:8443", true},
      {"5.14", "localhost", "https://localhost:9000", true},
  };
  for (const Row& row : rows) {
    INFO("Tyk " << row.version << ' ' << row.key << " for " << row.url);
    std::string error;
    const auto choice = gateways::parse_gateway_choice("tyk@" + row.version, error);
    const std::vector<std::string_view> keys = {row.key};
    CHECK(tyk::find_upstream_key(keys, *tyk::host_of_url(row.url), *choice->version).has_value() == row.found);
  }
}

TEST_CASE("tyk: the most specific key wins, and the API's map beats the gateway's") {
  const std::vector<std::string_view> keys = {"api.x.com:8443", "api.x.com", "*.x.com:8443", "*.x.com", "*"};
  const tyk::UrlHost host = *tyk::host_of_url("https://api.x.com:8443/v1");
  const ProductVersion current{5, 14, 0};
  CHECK(tyk::find_upstream_key(keys, host, current) == 0u);
  const std::span<const std::string_view> all(keys);
  CHECK(tyk::find_upstream_key(all.subspan(1), host, current) == 0u);
  CHECK(tyk::find_upstream_key(all.subspan(2), host, current) == 0u);
  CHECK(tyk::find_upstream_key(all.subspan(3), host, current) == 0u);

  const Read read(
      "5.14", {{"tyk.conf", conf("", R"(, "security": {"certificates": {"upstream": {"up.example.com": "/g.pem"}}})")},
               {"a.json", api(R"(, "upstream_certificates": {"*": "/a.pem"})")}});
  const tls::TlsContext& context = read.context(kUpstream);
  REQUIRE(context.identities.size() == 1);
  CHECK(context.material[context.identities[0].certificate].written == "/a.pem");
}

TEST_CASE("tyk: pins are looked up without port") {
  const tyk::UrlHost host = *tyk::host_of_url("https://api.x.com:8443");
  CHECK(tyk::find_pin_key(std::vector<std::string_view>{"api.x.com"}, host).has_value());
  CHECK_FALSE(tyk::find_pin_key(std::vector<std::string_view>{"api.x.com:8443"}, host).has_value());
  CHECK(tyk::find_pin_key(std::vector<std::string_view>{"*.x.com"}, host).has_value());
  CHECK(tyk::find_pin_key(std::vector<std::string_view>{"*"}, host).has_value());
}

TEST_CASE("tyk: the host of a URL is taken as Go takes it") {
  const auto host = [](std::string_view url) { return tyk::host_of_url(url).value_or(tyk::UrlHost{}); };
  CHECK(host("https://user:pw@api.x.com:8443/path?q=1#f") == tyk::UrlHost{"api.x.com:8443", "api.x.com", "8443"});
  CHECK(host("https://[::1]:8443/") == tyk::UrlHost{"[::1]:8443", "::1", "8443"});
  CHECK(host("https://[::1]/") == tyk::UrlHost{"[::1]", "::1", ""});
  CHECK(host("api.x.com") == tyk::UrlHost{"api.x.com", "api.x.com", ""});
  CHECK_FALSE(tyk::host_of_url("https://").has_value());
  CHECK_FALSE(tyk::host_of_url("https:///path").has_value());
}

TEST_CASE("tyk: certificate references are told by their form") {
  using tyk::ReferenceForm;
  const std::string upper = "0B0AE9D1B3FD5A4F14DDFB4FB9AD07E2F0A3F4DB1FF1A9D3A1F6F3E4A9A3C1D2";
  std::string colons;
  for (std::size_t i = 0; i < upper.size(); i += 2) colons += (i ? ":" : "") + upper.substr(i, 2);
  CHECK(tyk::form_of(kId) == ReferenceForm::Id);
  CHECK(tyk::form_of("5e9d9544a1dcd60001d0ed20" + kId) == ReferenceForm::Id);
  CHECK(tyk::form_of(upper) == ReferenceForm::MalformedId);
  CHECK(tyk::form_of(colons) == ReferenceForm::MalformedId);
  CHECK(tyk::form_of("sha256 Fingerprint=" + colons) == ReferenceForm::MalformedId);
  CHECK(tyk::form_of("SHA256 Fingerprint=" + colons) == ReferenceForm::MalformedId);
  CHECK(tyk::form_of("-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----") == ReferenceForm::InlinePem);
  CHECK(tyk::form_of("/etc/tyk/c.pem") == ReferenceForm::Path);
  CHECK(tyk::form_of("c.pem") == ReferenceForm::Path);
  CHECK(tyk::form_of("certs\\c") == ReferenceForm::Path);
  CHECK(tyk::form_of("my-cert") == ReferenceForm::Other);
  CHECK(tyk::form_of(kId.substr(1)) == ReferenceForm::Other);
  CHECK(tyk::form_of("") == ReferenceForm::Empty);
  CHECK(tyk::normalised_id(colons) == kId);
  CHECK(tyk::normalised_id("sha256 Fingerprint=" + colons) == kId);
  CHECK_FALSE(tyk::normalised_id(kId).has_value());
  CHECK(tyk::normalised_id("SHA256:" + colons) == kId);
  CHECK(tyk::normalised_id("sha256 " + kId) == kId);
  CHECK(tyk::normalised_id("sha256:" + kId) == kId);
  CHECK(tyk::normalised_id(" " + colons + "\n") == kId);
  CHECK(tyk::normalised_id("5e9d9544a1dcd60001d0ed20" + colons) == "5e9d9544a1dcd60001d0ed20" + kId);
  CHECK_FALSE(tyk::normalised_id("A:B" + kId).has_value());
  CHECK_FALSE(tyk::normalised_id("org:" + kId).has_value());
  CHECK_FALSE(tyk::normalised_id("md5 " + kId).has_value());
  CHECK(tyk::parse_certificate_id("5e9d9544a1dcd60001d0ed20" + kId)->organisation == "5e9d9544a1dcd60001d0ed20");
}

TEST_CASE("tyk: lost line breaks of a PEM text are put back") {
  const std::string sound = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  CHECK(tyk::with_line_breaks("-----BEGIN CERTIFICATE----- AA AA -----END CERTIFICATE-----") == sound);
  CHECK(tyk::with_line_breaks("x -----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- " + sound) == sound + sound);
  CHECK(tyk::with_line_breaks("-----BEGIN CERTIFICATE----- AA") == "-----BEGIN CERTIFICATE----- AA");
}

TEST_CASE("tyk: versions and suites are written as the file writes them") {
  CHECK(tyk::gateway.spell_version(tls::kTls12, "769") == "771");
  CHECK(tyk::gateway.spell_version(tls::kTls12, "") == "771");
  CHECK(tyk::gateway.spell_version(tls::kTls13, "\"1.1\"") == "\"1.3\"");
  CHECK(tyk::gateway.spell_version(tls::kTls12, "'1.1'") == "'1.2'");
  CHECK(tyk::gateway.spell_version(tls::kTls12, "1.1") == "\"1.2\"");
  CHECK(tyk::gateway.spell_suite(tls::CipherSuite{0xC02F}, "\"x\"") == "\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"");
  CHECK(tyk::gateway.spell_suite(tls::CipherSuite{0xCCA8}, "\"x\"") == "\"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305\"");
  CHECK(tyk::gateway.spell_suite(tls::CipherSuite{0x009E}, "\"x\"").empty());
}

TEST_CASE("tyk: files are recognised by what only Tyk has") {
  struct Row {
    std::string text;
    bool claimed;
  };
  const std::vector<Row> rows = {
      {R"({"listen_port": 8080, "secret": "x"})", true},
      {R"({"http_server_options": {}})", true},
      {R"({"node_secret": "x"})", true},
      {R"({"storage": {"type": "redis"}})", true},
      {R"({"storage": "disk"})", false},
      {R"({"api_id": "a"})", true},
      {R"({"proxy": {"target_url": "https://a"}})", true},
      {R"({"api_definition": {"api_id": "a"}})", true},
      {R"({"x-tyk-api-gateway": {}})", true},
      {R"({"name": "a"})", false},
      {R"([1])", false},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto run = lint::run({{"file.json", row.text, "", true, 0}}, {}, {});
    CHECK((run->inputs.size() == 1 && run->inputs[0].gateway == "tyk") == row.claimed);
  }
}

TEST_CASE("tyk: several gateways in one set share no API") {
  const Read read(
      "5.14", {{"one.conf", conf("")}, {"two.conf", conf("")}, {"a.json", api(R"(, "use_mutual_tls_auth": true)")}});
  CHECK(tyk::conf_of(read.model()) == nullptr);
  CHECK(read.context(kUpstream).versions.origin == Origin::Unresolved);
}

TEST_CASE("tyk: a default port is 8080 and an API may have one of its own") {
  const Read read("5.14", {{"tyk.conf", R"({"http_server_options": {"use_ssl": true}})"},
                           {"a.json", api(R"(, "listen_port": 9000, "protocol": "https")")},
                           {"b.json", R"({"api_id": "b", "name": "b", "listen_port": 9001, "protocol": "http",
                             "proxy": {"target_url": "https://b"}})"}});
  CHECK(read.context("listener :8080").enabled);
  CHECK(read.context("listener :9000").enabled);
  CHECK_FALSE(read.context("listener :9001").enabled);
}

TEST_CASE("tyk: no finding repeats a secret") {
  const std::string secret = "hunter2hunter2";
  const std::string text = fmt::format(
      R"({{"listen_port": 8443, "secret": "{0}", "node_secret": "{0}", "http_server_options": {{"use_ssl": true,
        "ssl_certificates": ["{1}"]}}, "slave_options": {{"use_rpc": true, "api_key": "{0}"}},
        "security": {{"private_certificate_encoding_secret": ""}}}})",
      secret, kId);
  const lint::Options options;
  const auto run = lint::run({{"tyk.conf", text, "", true, 0}}, rules::all(), options);
  CHECK(run->findings.size() >= 3);
  for (const Finding& finding : run->findings) {
    std::string all = finding.message + finding.label + finding.subject;
    for (const std::string& note : finding.notes) all += note;
    for (const Label& label : finding.related) all += label.text;
    if (finding.fix) {
      all += finding.fix->title;
      for (const Edit& edit : finding.fix->edits) all += edit.text;
    }
    CHECK(all.find(secret) == std::string::npos);
  }
}
