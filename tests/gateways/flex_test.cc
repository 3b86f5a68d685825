// What Flex Gateway's documents mean: every field of the contexts with its origin, and what belongs to what.
#include "gateways/flex/flex.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/run.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;
namespace flex = gateways::flex;

/// A run without rules: the input as every rule sees it.
class Input {
 public:
  explicit Input(std::string text, std::string_view gateway = "flex") {
    std::string error;
    const auto choice = gateways::parse_gateway_choice(gateway, error);
    REQUIRE(choice);
    options_.gateways = {*choice};
    run_ = lint::run({{"gateway.yaml", std::move(text), "", true, 0}}, {}, options_);
    REQUIRE(run_->sets.size() == 1);
  }
  const std::vector<tls::TlsContext>& contexts() const { return run_->sets[0]->reading.contexts; }
  const flex::Model& model() const { return *std::any_cast<flex::Model>(&run_->sets[0]->reading.model); }
  const gateways::Reading& reading() const { return run_->sets[0]->reading; }
  std::string_view text(Span where) const { return run_->sources.text(where); }

 private:
  lint::Options options_;
  std::unique_ptr<lint::Run> run_;
};

std::string names(const std::vector<tls::CipherSuite>& suites) {
  std::string result;
  for (const tls::CipherSuite suite : suites) result += (result.empty() ? "" : " ") + fmt::format("{:04X}", suite.code);
  return result;
}

std::string versions(const std::vector<tls::Version>& list) {
  std::string result;
  for (const tls::Version version : list) result += (result.empty() ? "" : " ") + tls::short_name(version);
  return result;
}

struct Value {
  std::string text;
  tls::Origin origin;
};

/// The field of the context as one line.
Value value_of(const tls::TlsContext& context, std::string_view field) {
  if (field == "min") return {tls::short_name(context.min_version.value), context.min_version.origin};
  if (field == "max") return {tls::short_name(context.max_version.value), context.max_version.origin};
  if (field == "versions") return {versions(context.versions.value), context.versions.origin};
  if (field == "negotiable") return {versions(tls::negotiable_versions(context)), context.ciphers.origin};
  if (field == "alpn") return {fmt::format("{}", fmt::join(context.alpn.value, " ")), context.alpn.origin};
  if (field == "verify") return {std::string(name(context.verify_peer.value)), context.verify_peer.origin};
  if (field == "client_auth") return {std::string(name(context.client_auth.value)), context.client_auth.origin};
  const auto version = tls::parse_version(field);
  REQUIRE(version);
  const auto found = context.ciphers.value.find(*version);
  return {found == context.ciphers.value.end() ? "" : names(found->second), context.ciphers.origin};
}

constexpr std::string_view kDefault12 = "C02B CCA9 C02F CCA8 C02C C030";
constexpr std::string_view kFixed13 = "1301 1302 1303";

std::string outbound(std::string_view config) {
  return "apiVersion: gateway.mulesoft.com/v1alpha1\n"
         "kind: PolicyBinding\n"
         "metadata:\n"
         "  name: billing-tls\n"
         "spec:\n"
         "  targetRef:\n"
         "    kind: Service\n"
         "    name: billing\n"
         "  policyRef:\n"
         "    name: tls-outbound\n"
         "  config:" +
         (config.empty() ? std::string("\n") : "\n    " + std::string(config) + "\n");
}

std::string inbound(std::string_view config) {
  std::string text = outbound(config);
  text.replace(text.find("kind: Service"), 13, "kind: ApiInstance");
  text.replace(text.find("name: tls-outbound"), 18, "name: tls");
  return text;
}

std::string service(std::string_view address) {
  return "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Service\nmetadata:\n  name: billing\nspec:\n  address: " +
         std::string(address) + "\n";
}

std::string instance(std::string_view name, std::string_view address, std::string_view rest = "") {
  return "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: ApiInstance\nmetadata:\n  name: " + std::string(name) +
         "\nspec:\n  address: " + std::string(address) + "\n" + std::string(rest);
}

using tls::Origin;

struct Row {
  std::string_view config, field, expected;
  Origin origin;
};

}  // namespace

TEST_CASE("flex: an outbound config gives these values with these origins") {
  const std::vector<Row> rows = {
      {"", "min", "1.2", Origin::Default},
      {"", "max", "1.3", Origin::Default},
      {"", "versions", "1.2 1.3", Origin::Default},
      {"", "1.2", kDefault12, Origin::Default},
      {"", "1.3", kFixed13, Origin::Default},
      {"", "alpn", "h2 http/1.1", Origin::Default},
      {"", "verify", "full", Origin::Default},
      {"skipValidation: true", "verify", "none", Origin::Written},
      {"skipValidation: false", "verify", "full", Origin::Written},
      {"skipValidation: $SKIP", "verify", "full", Origin::Unresolved},
      {"skipValidation: \"true\"", "verify", "full", Origin::Unresolved},
      {"minversion: \"1.1\"", "min", "1.1", Origin::Written},
      {"minversion: \"1.1\"", "versions", "1.1 1.2 1.3", Origin::Written},
      {"minversion: \"1.1\"", "1.1", "", Origin::Default},
      {"minversion: \"1.1\"", "negotiable", "1.2 1.3", Origin::Default},
      {"minversion: 1.1", "min", "1.1", Origin::Written},
      {"minversion: \"1.3\"", "versions", "1.3", Origin::Written},
      {"maxversion: \"1.2\"", "versions", "1.2", Origin::Written},
      {"maxversion: \"1.1\"", "versions", "", Origin::Written},
      {"minversion: \"1.0\"", "min", "1.0", Origin::Unresolved},
      {"minversion: TLSv1.2", "min", "1.2", Origin::Unresolved},
      {"minversion: TLSv1.2", "versions", "", Origin::Unresolved},
      {"minversion: $MIN", "versions", "", Origin::Unresolved},
      {"minversion:", "min", "1.2", Origin::Default},
      {"alpn: [http/1.1]", "alpn", "http/1.1", Origin::Written},
      {"alpn: []", "alpn", "", Origin::Written},
      {"alpn: h2", "alpn", "", Origin::Unresolved},
      {"ciphers: []", "1.2", kDefault12, Origin::Default},
      {"ciphers:", "1.2", kDefault12, Origin::Default},
      {"ciphers: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]", "1.2", "C030", Origin::Written},
      {"ciphers: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]", "1.3", kFixed13, Origin::Written},
      {"ciphers: [TLS_AES_128_GCM_SHA256]", "1.2", "", Origin::Written},
      {"ciphers: [TLS_AES_128_GCM_SHA256]", "1.3", kFixed13, Origin::Written},
      {"ciphers: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]", "1.2", "C030 C02F",
       Origin::Written},
      {"{minversion: \"1.1\", ciphers: [TLS_RSA_WITH_3DES_EDE_CBC_SHA]}", "1.1", "000A", Origin::Written},
      {"{minversion: \"1.1\", ciphers: [TLS_RSA_WITH_3DES_EDE_CBC_SHA]}", "1.2", "", Origin::Written},
      {"{minversion: \"1.1\", ciphers: [TLS_RSA_WITH_AES_128_CBC_SHA]}", "1.1", "002F", Origin::Written},
      {"ciphers: [ECDHE-RSA-AES128-GCM-SHA256]", "1.2", "", Origin::Written},
      {"ciphers: [tls_ecdhe_rsa_with_aes_128_gcm_sha256]", "1.2", "", Origin::Written},
      {"ciphers: [$SUITE]", "1.2", "", Origin::Unresolved},
      {"ciphers: $SUITES", "1.2", "", Origin::Unresolved},
  };
  for (const Row& row : rows) {
    INFO("config: " << row.config << ", field: " << row.field);
    const Input input(outbound(row.config));
    REQUIRE(input.contexts().size() == 1);
    const Value value = value_of(input.contexts()[0], row.field);
    CHECK(value.text == row.expected);
    CHECK(value.origin == row.origin);
  }
}

TEST_CASE("flex: an inbound config gives these values with these origins") {
  const std::vector<Row> rows = {
      {"", "versions", "1.2 1.3", Origin::Default},
      {"", "client_auth", "none", Origin::Default},
      {"requireClientCertificate: true", "client_auth", "require-and-verify", Origin::Written},
      {"requireClientCertificate: false", "client_auth", "none", Origin::Written},
      {"requireClientCertificate: $MTLS", "client_auth", "none", Origin::Unresolved},
  };
  for (const Row& row : rows) {
    INFO("config: " << row.config << ", field: " << row.field);
    const Input input(inbound(row.config));
    REQUIRE(input.contexts().size() == 1);
    CHECK(input.contexts()[0].role == tls::Role::Listener);
    const Value value = value_of(input.contexts()[0], row.field);
    CHECK(value.text == row.expected);
    CHECK(value.origin == row.origin);
  }
}

TEST_CASE("flex: values stand where they were read, and absent ones point at config") {
  const Input input(outbound("minversion: \"1.2\""));
  const tls::TlsContext& context = input.contexts()[0];
  CHECK(input.text(context.min_version.where) == "\"1.2\"");
  CHECK_FALSE(context.max_version.where.known());
  CHECK(input.text(context.section_key) == "config");
  CHECK(input.text(context.section) == "minversion: \"1.2\"");
  CHECK(context.max_version.because.find("policies-included-tls-outbound") != std::string::npos);
  CHECK(context.subject == "PolicyBinding/billing-tls");
}

TEST_CASE("flex: a suite that is listed keeps its spelling, its rating and whether it is understood") {
  const Input input(outbound("ciphers: [TLS_RSA_WITH_AES_128_CBC_SHA, ECDHE-RSA-AES128-GCM-SHA256, nonsense]"));
  const auto& list = input.contexts()[0].cipher_list;
  REQUIRE(list.value.size() == 3);
  CHECK(list.written());
  CHECK(list.value[0].accepted);
  CHECK(list.value[0].advice == "Weak");
  CHECK_FALSE(list.value[1].accepted);
  CHECK(list.value[1].suite == tls::CipherSuite{0xC02F});
  CHECK_FALSE(list.value[2].accepted);
  CHECK_FALSE(list.value[2].suite);
  CHECK(input.text(list.value[2].where) == "nonsense");
}

TEST_CASE("flex: the sample for outbound TLS disables mutual TLS up to 1.10") {
  const Input input(outbound("skipValidation: true\n"
                             "    certificate:\n"
                             "      key: |\n        # -----BEGIN PRIVATE KEY-----\n"
                             "      crt: |\n        # -----BEGIN CERTIFICATE-----"),
                    "flex@1.10");
  const tls::TlsContext& context = input.contexts()[0];
  CHECK(value_of(context, "versions").text == "1.2 1.3");
  CHECK(value_of(context, "1.2").text == kDefault12);
  CHECK(context.verify_peer.value == tls::VerifyPeer::None);
  CHECK(context.material.size() == 2);
  CHECK(context.identities.empty());
  CHECK(context.trust.empty());
  CHECK(context.verify_note == "this also disables outbound mTLS");
  CHECK(context.hosts.empty());
}

TEST_CASE("flex: since 1.12 no trustedCA means the CAs of the system, and skipValidation keeps the client's pair") {
  const std::string pair = "    certificate:\n      key: $KEY\n      crt: $CRT";
  const Input skips(outbound("skipValidation: true\n" + pair), "flex@1.12");
  CHECK(skips.contexts()[0].verify_note.empty());
  CHECK(skips.contexts()[0].identities.size() == 1);
  const Input verifies(outbound("skipValidation: false\n" + pair), "flex@1.12");
  REQUIRE(verifies.contexts()[0].trust.size() == 1);
  CHECK(verifies.contexts()[0].trust[0].kind == tls::TrustKind::System);
  const Input before(outbound("skipValidation: false\n" + pair), "flex@1.10");
  CHECK(before.contexts()[0].trust.empty());
  CHECK(before.contexts()[0].trust_unknown);
}

TEST_CASE("flex: the sample for outbound mTLS enables TLS 1.1 in vain") {
  const Input input(
      outbound("skipValidation: false\n"
               "    trustedCA: $CA\n"
               "    certificate: {key: $KEY, crt: $CRT}\n"
               "    alpn: [http/1.1, h2]\n"
               "    minversion: \"1.1\"\n"
               "    maxversion: \"1.3\"\n"
               "    ciphers:\n"
               "      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\n"
               "      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256\n"
               "      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
               "      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\n"
               "      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\n"
               "      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
  const tls::TlsContext& context = input.contexts()[0];
  CHECK(value_of(context, "versions").text == "1.1 1.2 1.3");
  CHECK(value_of(context, "negotiable").text == "1.2 1.3");
  CHECK(value_of(context, "1.1").text.empty());
  CHECK(value_of(context, "1.2").text == "C02B CCA9 C02F CCA8 C02C C030");
  CHECK(value_of(context, "1.3").text == kFixed13);
  CHECK(value_of(context, "alpn").text == "http/1.1 h2");
  CHECK(context.verify_peer.value == tls::VerifyPeer::Full);
  CHECK(context.identities.size() == 1);
  CHECK(context.trust.size() == 1);
  CHECK(context.trust_unknown);
}

TEST_CASE("flex: a bare list of policies is read, its placeholders are not known") {
  const Input input(
      "- policyRef:\n    name: tls-outbound\n  config:\n    skipValidation: <boolean> // REQUIRED\n"
      "    minversion: <string> // OPTIONAL\n    ciphers: <array> // OPTIONAL\n");
  REQUIRE(input.contexts().size() == 1);
  CHECK_FALSE(input.contexts()[0].verify_peer.known());
  CHECK_FALSE(input.contexts()[0].min_version.known());
  CHECK_FALSE(input.contexts()[0].cipher_list.known());
}

TEST_CASE("flex: an https Service without a policy has the built-in context, TLS 1.2 alone") {
  const Input input(service("https://billing.example"));
  REQUIRE(input.contexts().size() == 1);
  const tls::TlsContext& context = input.contexts()[0];
  CHECK(context.subject == "Service/billing");
  CHECK(context.endpoint == "https://billing.example:443");
  CHECK(value_of(context, "versions").text == "1.2");
  CHECK(value_of(context, "1.2").text == kDefault12);
  CHECK(value_of(context, "1.2").origin == Origin::Default);
  CHECK_FALSE(context.alpn.known());
  CHECK(context.verify_peer.value == tls::VerifyPeer::Unknown);
  CHECK(context.trust_unknown);
  CHECK(input.text(context.section_key) == "https://billing.example");
}

TEST_CASE("flex: the client decides between suites that a listener has, never one of an upstream") {
  const auto listener = [](std::string_view versions) {
    const Input input(
        fmt::format("apiVersion: gateway.mulesoft.com/v1alpha1\nkind: ApiInstance\nmetadata: {{name: orders}}\n"
                    "spec:\n  address: https://0.0.0.0:8443\n  policies:\n    - policyRef: {{name: tls}}\n"
                    "      config: {{certificate: {{key: $KEY, crt: $CRT}}, {}}}\n",
                    versions));
    REQUIRE(input.contexts().size() == 1);
    return input.contexts()[0].equal_preference;
  };
  CHECK(listener(R"(minversion: "1.2", maxversion: "1.3")").size() == 3);
  CHECK(listener(R"(minversion: "1.2", maxversion: "1.2")").size() == 2);
  CHECK(listener(R"(minversion: "1.3", maxversion: "1.3")").size() == 1);
  CHECK(listener(R"(minversion: "1.2", maxversion: "1.2", ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256])").empty());
  const Input upstream(
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Service\nmetadata: {name: orders}\n"
      "spec: {address: 'https://orders.example'}\n");
  REQUIRE(upstream.contexts().size() == 1);
  CHECK(upstream.contexts()[0].equal_preference.empty());
}

TEST_CASE("flex: a policy takes its address from the Service that it is bound to") {
  const Input input(service("https://billing.example:8443") + "---\n" + outbound("skipValidation: true"));
  REQUIRE(input.contexts().size() == 1);
  const tls::TlsContext& context = input.contexts()[0];
  CHECK(context.subject == "PolicyBinding/billing-tls");
  CHECK(context.endpoint == "https://billing.example:8443");
  CHECK(context.hosts == std::vector<std::string>{"billing.example"});
  CHECK(context.peers == "service billing");
  CHECK(context.enabled);
}

TEST_CASE("flex: a policy of another namespace is not the one of this Service") {
  std::string binding = outbound("skipValidation: true");
  binding.replace(binding.find("metadata:\n"), 10, "metadata:\n  namespace: staging\n");
  const Input input(service("https://billing.example") + "---\n" + binding);
  REQUIRE(input.contexts().size() == 2);
  CHECK(input.contexts()[0].subject == "Service/billing");
  CHECK(input.contexts()[1].subject == "PolicyBinding/billing-tls");
  CHECK(input.contexts()[1].endpoint.empty());
}

TEST_CASE("flex: an http address means no TLS, policy or not") {
  const Input input(service("http://billing.example") + "---\n" + outbound("skipValidation: true"));
  REQUIRE(input.contexts().size() == 1);
  CHECK_FALSE(input.contexts()[0].enabled);
  CHECK(input.contexts()[0].why_not == "the address of Service/billing is http://");
  const Input listener(instance("orders", "http://0.0.0.0:8080/orders"));
  REQUIRE(listener.contexts().size() == 1);
  CHECK_FALSE(listener.contexts()[0].enabled);
  CHECK(listener.contexts()[0].endpoint == "0.0.0.0:8080");
}

TEST_CASE("flex: inbound TLS belongs to the port, so a policy of one instance covers the port") {
  const std::string policy = inbound("certificate: {key: $KEY, crt: $CRT}");
  const Input input(instance("billing", "https://0.0.0.0:8443/a") + "---\n" +
                    instance("other", "https://0.0.0.0:8443/b") + "---\n" + policy);
  REQUIRE(input.contexts().size() == 1);
  CHECK(input.contexts()[0].endpoint == "0.0.0.0:8443");
  CHECK(input.contexts()[0].identities.size() == 1);
  REQUIRE(input.model().ports.size() == 1);
  CHECK(input.model().ports[0].instances.size() == 2);
  CHECK(input.model().ports[0].bindings.size() == 1);
}

TEST_CASE("flex: a Selector binds to the instances that carry its labels") {
  std::string policy = inbound("certificate: {key: $KEY, crt: $CRT}");
  policy.replace(policy.find("    kind: ApiInstance\n    name: billing\n"), 40,
                 "    kind: Selector\n    selector:\n      kind: ApiInstance\n      labels: {secured: \"yes\"}\n");
  std::string labelled = instance("billing", "https://0.0.0.0:8443/a");
  labelled.replace(labelled.find("metadata:\n"), 10, "metadata:\n  labels: {secured: \"yes\"}\n");
  const Input input(labelled + "---\n" + instance("other", "https://0.0.0.0:9443/b") + "---\n" + policy);
  REQUIRE(input.model().bindings.size() == 1);
  CHECK(input.model().bindings[0].instances == std::vector<std::size_t>{0});
  REQUIRE(input.contexts().size() == 1);
  CHECK(input.contexts()[0].endpoint == "0.0.0.0:8443");
}

TEST_CASE("flex: policies and services inside an ApiInstance are read too") {
  const Input input(instance("orders", "https://127.0.0.1:8443/orders",
                             "  services:\n    billing:\n      address: https://billing.example:443\n"
                             "  policies:\n    - policyRef:\n        name: tls\n      config:\n"
                             "        minversion: \"1.3\"\n"));
  REQUIRE(input.contexts().size() == 2);
  CHECK(input.contexts()[0].subject == "ApiInstance/orders policies[0]");
  CHECK(value_of(input.contexts()[0], "versions").text == "1.3");
  CHECK(input.contexts()[0].loopback);
  CHECK(input.contexts()[1].subject == "ApiInstance/orders services.billing");
  CHECK(value_of(input.contexts()[1], "versions").text == "1.2");
}

TEST_CASE("flex: calls of policies trust the system, Redis has no ALPN and fewer suites") {
  const Input input(
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Configuration\nmetadata:\n  name: all\nspec:\n"
      "  defaultTLS:\n    outboundPolicyCalls:\n      minversion: \"1.3\"\n"
      "  sharedStorage:\n    redis:\n      address: redis.example:6379\n      tls:\n"
      "        ciphers: [TLS_PSK_WITH_AES_256_CBC_SHA, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]\n");
  REQUIRE(input.contexts().size() == 2);
  const tls::TlsContext& calls = input.contexts()[0];
  CHECK(value_of(calls, "versions").text == "1.3");
  REQUIRE(calls.trust.size() == 1);
  CHECK(calls.trust[0].kind == tls::TrustKind::System);
  const tls::TlsContext& redis = input.contexts()[1];
  CHECK(redis.endpoint == "redis.example:6379");
  CHECK(redis.reach == tls::Reach::Link);
  CHECK(redis.alpn.value.empty());
  CHECK(value_of(redis, "1.2").text == "C02F");
}

TEST_CASE("flex: Redis without tls is cleartext") {
  const Input input(
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Configuration\nmetadata:\n  name: all\nspec:\n"
      "  sharedStorage:\n    redis:\n      address: localhost:6379\n");
  REQUIRE(input.contexts().size() == 1);
  CHECK_FALSE(input.contexts()[0].enabled);
  CHECK(input.contexts()[0].loopback);
}

TEST_CASE("flex: a release that is named is judged by its own pages") {
  const std::string tls11 = outbound("minversion: \"1.1\"");
  CHECK(value_of(Input(tls11, "flex@1.9").contexts()[0], "versions").text == "1.1 1.2 1.3");
  CHECK_FALSE(Input(tls11, "flex@1.11").contexts()[0].versions.known());
  const std::string null_suite = outbound("ciphers: [TLS_RSA_WITH_NULL_SHA]");
  CHECK(Input(null_suite, "flex@1.6").contexts()[0].cipher_list.value[0].accepted);
  CHECK_FALSE(Input(null_suite, "flex@1.7").contexts()[0].cipher_list.value[0].accepted);
}

TEST_CASE("flex: up to 1.4 tls-outbound reaches the services of the ApiInstance that it is bound to") {
  std::string policy = outbound("skipValidation: true");
  policy.replace(policy.find("    kind: Service\n"), 18, "");
  const std::string text =
      instance("billing", "http://127.0.0.1:8080", "  services:\n    up:\n      address: https://up.example\n") +
      "---\n" + policy;
  CHECK(Input(text, "flex@1.4").model().bindings[0].upstreams.size() == 1);
  CHECK(Input(text, "flex@1.5").model().bindings[0].upstreams.empty());
}

TEST_CASE("flex: settings that come in through an alias or a merge key are read where they stand") {
  const Input input(
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: PolicyBinding\nmetadata: {name: a}\nspec:\n"
      "  targetRef: {kind: Service, name: a}\n  policyRef: {name: tls-outbound}\n  shared: &shared\n"
      "    minversion: \"1.3\"\n  config:\n    <<: *shared\n    skipValidation: false\n");
  REQUIRE(input.contexts().size() == 1);
  CHECK(value_of(input.contexts()[0], "min").text == "1.3");
  CHECK(input.text(input.contexts()[0].min_version.where) == "\"1.3\"");
  CHECK(input.contexts()[0].verify_peer.written());
}

TEST_CASE("flex: what a template may add is not taken as absent") {
  const Input input(outbound("{{ .tls }}"));
  REQUIRE(input.contexts().size() == 1);
  CHECK_FALSE(input.contexts()[0].verify_peer.known());
  CHECK_FALSE(input.contexts()[0].min_version.known());
}

TEST_CASE("flex: resources and the TLS objects in them are known to the key tables") {
  const Input input(outbound("certificate: {key: $KEY, crt: $CRT}"));
  std::vector<std::string> found;
  for (const auto& object : input.reading().objects) {
    found.push_back(object.path + ": " + std::string(object.type->name));
  }
  CHECK(found == std::vector<std::string>{": PolicyBinding", "metadata: metadata", "spec: PolicyBinding.spec",
                                          "spec.targetRef: targetRef", "spec.policyRef: policyRef",
                                          "spec.config: tls-outbound", "spec.config.certificate: certificate"});
}

TEST_CASE("flex: documents of other products are not claimed") {
  const auto detects = [](std::string text) {
    lint::Options options;
    const auto run = lint::run({{"file.yaml", std::move(text), "", true, 0}}, {}, options);
    return !run->inputs.empty() && run->inputs[0].gateway == "flex";
  };
  CHECK(detects("apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Anything\n"));
  CHECK(detects("kind: PolicyBinding\nspec: {policyRef: {name: tls}}\n"));
  CHECK(detects("- policyRef: {name: tls-outbound}\n"));
  CHECK(detects("apiVersion: v1\nkind: List\nitems: [{apiVersion: gateway.mulesoft.com/v1alpha1, kind: Service}]\n"));
  CHECK_FALSE(detects("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: []}\n"));
  CHECK_FALSE(detects("apiVersion: acme.example/v1\nkind: PolicyBinding\nspec: {policyRef: {name: tls}}\n"));
}

TEST_CASE("flex: references are environment variables") {
  const auto names_in = [](std::string_view text) {
    std::string result;
    for (const auto& reference : flex::gateway.references(text)) {
      result += reference.name + "@" + std::to_string(reference.begin) + "-" + std::to_string(reference.end) + " ";
    }
    return result;
  };
  CHECK(names_in("$TLS_KEY") == "TLS_KEY@0-8 ");
  CHECK(names_in("$key") == "key@0-4 ");
  CHECK(names_in("https://${HOST}:$PORT") == "HOST@8-15 PORT@16-21 ");
  CHECK(names_in("/api$").empty());
  CHECK(names_in("pa$word").empty());
  CHECK(names_in("${open").empty());
}

TEST_CASE("flex: versions and suites are spelled as the gateway reads them") {
  CHECK(flex::gateway.spell_version(tls::kTls12, "1.1") == "\"1.2\"");
  CHECK(flex::gateway.spell_version(tls::kTls13, "'TLS13'") == "'1.3'");
  CHECK(flex::gateway.spell_suite({0xC02F}, "") == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  CHECK(flex::gateway.spell_suite({0xC02F}, "\"x\"") == "\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"");
  CHECK(flex::gateway.spell_suite({0xC027}, "").empty());
}

TEST_CASE("flex: the cipher table agrees with the registry") {
  CHECK(flex::cipher_table().size() == 24);
  for (const flex::CipherRow& row : flex::cipher_table()) {
    INFO(row.name);
    CHECK(tls::name(row.suite) == row.name);
    for (const tls::Version version : flex::versions_of(row, {1, 9})) CHECK(tls::usable(row.suite, version));
  }
}
