// Texts and values of Flex Gateway's keys, for editors. Source: the pages that keys.cc names, read 2026-11-22.
#include "gateways/vocabulary.h"

#include <fmt/format.h>

#include <array>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/flex.h"

namespace tlsward::gateways::flex {
namespace {

using namespace std::string_view_literals;

constexpr std::array kForms = {
    DocumentForm{.name = "ApiInstance", .title = "ApiInstance", .object = "ApiInstance"},
    DocumentForm{.name = "Service", .title = "Service", .object = "Service"},
    DocumentForm{.name = "PolicyBinding", .title = "PolicyBinding", .object = "PolicyBinding"},
    DocumentForm{.name = "Configuration", .title = "Configuration", .object = "Configuration"},
};

constexpr std::array kPolicyName = {"policyRef"sv, "name"sv};
constexpr std::array kInbound = {"tls"sv, "tls-inbound"sv};
constexpr std::array kOutbound = {"tls-outbound"sv};
constexpr std::array kDependent = {
    DependentType{"PolicyBinding.spec", kPolicyName, kInbound, "config", "tls"},
    DependentType{"PolicyBinding.spec", kPolicyName, kOutbound, "config", "tls-outbound"},
    DependentType{"policy", kPolicyName, kInbound, "config", "tls"},
    DependentType{"policy", kPolicyName, kOutbound, "config", "tls-outbound"},
};

constexpr std::array kTexts = {
    KeyText{"", "apiVersion", "gateway.mulesoft.com/v1alpha1 or gateway.mulesoft.com/v1beta1"},
    KeyText{"metadata", "name", "name that other resources call this one by"},
    KeyText{"metadata", "namespace", "namespace of the resource", R"("default")"},
    KeyText{"policyRef", "name", "tls or tls-inbound for listeners, tls-outbound for upstreams, or another policy"},
    KeyText{"policyRef", "namespace", "default for the policies that come with the gateway"},
    KeyText{"ApiInstance.spec", "address", "protocol, address and port to listen on: https://0.0.0.0:8443"},
    KeyText{"", "address", "protocol, host and port: https://billing.example:443"},
    KeyText{"PolicyBinding.spec", "targetRef", "the resource that the policy applies to"},
    KeyText{"", "config", "settings of the policy"},
    KeyText{"Configuration.spec", "defaultTLS", "TLS settings of calls that name none"},
    KeyText{"defaultTLS", "outboundPolicyCalls", "TLS settings of calls that policies make themselves"},
    KeyText{"redis", "tls", "TLS settings of the connection to Redis; absent: no TLS"},
    KeyText{"", "requireClientCertificate", "require client certificates", "false"},
    KeyText{"tls", "trustedCA", "CA certificates in PEM that client certificates are verified with"},
    KeyText{"tls-outbound", "trustedCA", "CA certificates in PEM that the upstream is verified with"},
    KeyText{"", "trustedCA", "CA certificates in PEM that the server is verified with"},
    KeyText{"", "skipValidation", "do not verify the certificate of the server", "false"},
    KeyText{"tls", "certificate", "the certificate that is served, with its key"},
    KeyText{"", "certificate", "the certificate that is shown to the server, with its key"},
    KeyText{"", "crt", "certificate in PEM, with the chain behind it"},
    KeyText{"certificate", "key", "private key in PEM, without passphrase"},
    KeyText{"redis.certificate", "key", "private key in PEM"},
    KeyText{"", "keyPassphrase", "passphrase of the private key"},
    KeyText{"", "alpn", "application protocols, preferred ones first", R"(["h2", "http/1.1"])"},
    KeyText{"", "minversion", "lowest TLS version, in quotes: unquoted it is a number", R"("1.2")"},
    KeyText{"", "maxversion", "highest TLS version, in quotes: unquoted it is a number", R"("1.3")"},
    KeyText{"redis.tls", "minVersion", "minversion, as the page on Redis spells it", R"("1.2")"},
    KeyText{"redis.tls", "maxVersion", "maxversion, as the page on Redis spells it", R"("1.3")"},
    KeyText{"", "ciphers",
            "suites in place of the default ones of TLS 1.2; absent or empty: the six with ECDHE and AEAD. Suites of "
            "TLS 1.3 are always on"},
};

AcceptedValues version_values(ProductVersion pages) {
  AcceptedValues result;
  for (const tls::Version version : supported_versions(pages))
    result.values.push_back({tls::short_name(version), tls::name(version)});
  return result;
}

AcceptedValues cipher_values(std::string_view object, ProductVersion pages) {
  AcceptedValues result;
  for (const CipherRow& row : cipher_table()) {
    if (!find_cipher(row.name, pages)) continue;
    if (object == "redis.tls" && missing_for_redis(row.suite)) continue;
    const auto versions = versions_of(row, pages);
    if (versions.empty()) continue;
    std::string meaning;
    for (const tls::Version version : versions) meaning += (meaning.empty() ? "" : ", ") + tls::name(version);
    result.values.push_back(
        {std::string(row.name), fmt::format("{}; {}{}", meaning, row.advice, row.by_default ? "; a default" : "")});
  }
  return result;
}

AcceptedValues alpn_values() {
  return {{{"h2", "HTTP/2"}, {"http/1.1", "HTTP/1.1"}, {"http/1.0", "HTTP/1.0"}}};
}

AcceptedValues values(std::string_view object, std::string_view key, const GatewayVersion& version) {
  const bool is_limit = key == "minversion" || key == "maxversion" || key == "minVersion" || key == "maxVersion";
  if (is_limit) return version_values(pages_of(version));
  if (key == "ciphers") return cipher_values(object, pages_of(version));
  if (key == "alpn") return alpn_values();
  return {};
}

}  // namespace

const Vocabulary vocabulary{
    .gateway = &gateway,
    .forms = kForms,
    .has_kinds = true,
    .without_kind = "policy",
    .dependent = kDependent,
    .texts = kTexts,
    .values = values,
    .reference = R"(\{\{|\$\{?[A-Za-z_])",
};

}  // namespace tlsward::gateways::flex
