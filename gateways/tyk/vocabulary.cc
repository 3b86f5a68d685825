// Texts and values of Tyk's keys, for editors. Source: the pages and files that keys.cc names, read 2026-11-22.
#include "gateways/vocabulary.h"

#include <array>

#include "gateways/go.h"
#include "gateways/tyk/settings.h"
#include "gateways/tyk/tyk.h"
#include "tls/preference.h"

namespace tlsward::gateways::tyk {
namespace {

using namespace std::string_view_literals;

constexpr std::array kOasSigns = {"x-tyk-api-gateway"sv};
constexpr std::array kClassicSigns = {"api_id"sv,
                                      "api_definition"sv,
                                      "proxy"sv,
                                      "use_mutual_tls_auth"sv,
                                      "upstream_certificates"sv,
                                      "client_certificates"sv,
                                      "use_keyless"sv,
                                      "upstream_certificates_disabled"sv,
                                      "use_standard_auth"sv};
constexpr std::array kForms = {
    DocumentForm{.name = "oas",
                 .title = "OpenAPI document with x-tyk-api-gateway",
                 .object = "x-tyk-api-gateway",
                 .below = "x-tyk-api-gateway",
                 .signs = kOasSigns},
    DocumentForm{.name = "api",
                 .title = "classic API definition",
                 .object = "api definition",
                 .wrapper = "api_definition",
                 .signs = kClassicSigns},
    DocumentForm{.name = "conf", .title = "tyk.conf", .object = "tyk.conf"},
};

constexpr std::string_view kMinimum = "lowest TLS version, as its number on the wire; 0 or absent: the gateway's own";
constexpr std::string_view kMaximum = "highest TLS version, as its number on the wire; 0 or absent: the gateway's own";
constexpr std::string_view kCiphers = "suites of TLS 1.2 and older; absent or without any known name: Go's own list";
constexpr std::string_view kPins =
    "for each host the SHA-256 of the public keys that it may have, or ids of stored ones; * for every host";
constexpr std::string_view kUpstreamCertificates =
    "for each host the certificate that is shown to it; * for every host";

constexpr std::array kTexts = {
    KeyText{"tyk.conf", "listen_port", "port that the gateway listens on", "8080"},
    KeyText{"api definition", "listen_port", "a port of its own for this API"},
    KeyText{"server", "port", "a port of its own for this API"},
    KeyText{"", "control_api_port", "a port of its own for the control API"},
    KeyText{"", "control_api_hostname", "the host name that the control API answers on"},
    KeyText{"http_server_options", "use_ssl", "serve TLS", "false"},
    KeyText{"slave_options", "use_ssl", "connect to MDCB with TLS", "false"},
    KeyText{"storage", "use_ssl", "connect to Redis with TLS", "false"},
    KeyText{"", "ssl_certificates", "ids or paths of the certificates that are served"},
    KeyText{"http_server_options", "certificates", "served certificates with their keys, as paths"},
    KeyText{"http_server_options", "min_version", kMinimum},
    KeyText{"http_server_options", "max_version", kMaximum},
    KeyText{"", "proxy_ssl_min_version", kMinimum},
    KeyText{"", "proxy_ssl_max_version", kMaximum},
    KeyText{"proxy.transport", "ssl_min_version", kMinimum},
    KeyText{"proxy.transport", "ssl_max_version", kMaximum},
    KeyText{"tlsTransport", "minVersion", "lowest TLS version"},
    KeyText{"tlsTransport", "maxVersion", "highest TLS version"},
    KeyText{"", "ssl_ciphers", kCiphers},
    KeyText{"", "proxy_ssl_ciphers", kCiphers},
    KeyText{"tlsTransport", "ciphers", kCiphers},
    KeyText{"", "enable_http2", "offer HTTP/2 to clients", "false"},
    KeyText{"", "proxy_enable_http2", "offer HTTP/2 to upstreams", "false"},
    KeyText{"", "skip_client_ca_announcement", "ask for client certificates without naming CAs", "false"},
    KeyText{"http_server_options", "ssl_insecure_skip_verify", "do not verify the Dashboard's certificate", "false"},
    KeyText{"slave_options", "ssl_insecure_skip_verify", "do not verify the certificate of MDCB", "false"},
    KeyText{"storage", "ssl_insecure_skip_verify", "do not verify the certificate of Redis", "false"},
    KeyText{"", "ssl_insecure_skip_verify", "do not verify certificates of upstreams", "false"},
    KeyText{"", "proxy_ssl_insecure_skip_verify", "do not verify certificates of upstreams", "false"},
    KeyText{"", "insecureSkipVerify", "do not verify certificates of upstreams", "false"},
    KeyText{"", "jwt_ssl_insecure_skip_verify", "do not verify the server of JSON Web Key sets", "false"},
    KeyText{"", "bundle_insecure_skip_verify", "do not verify the server of plugin bundles", "false"},
    KeyText{"", "ssl_force_common_name_check", "compare the common name of upstreams as well", "false"},
    KeyText{"", "forceCommonNameCheck", "compare the common name of upstreams as well", "false"},
    KeyText{"", "proxy_ssl_disable_renegotiation", "refuse renegotiation that upstreams ask for", "false"},
    KeyText{"", "private_certificate_encoding_secret", "secret that stored private keys are encrypted with"},
    KeyText{"", "control_api_use_mutual_tls", "require client certificates for the control API", "false"},
    KeyText{"", "pinned_public_keys", kPins},
    KeyText{"security.certificates", "apis", "client certificates that every API with mutual TLS accepts"},
    KeyText{"security.certificates", "upstream", kUpstreamCertificates},
    KeyText{"security.certificates", "control_api", "client certificates that the control API accepts"},
    KeyText{"security.certificates", "dashboard_api", "certificates for the connection to the Dashboard"},
    KeyText{"security.certificates", "mdcb_api", "certificates for the connection to MDCB"},
    KeyText{"", "use_mutual_tls_auth", "accept the listed client certificates only", "false"},
    KeyText{"", "client_certificates", "ids or paths of the client certificates, or of their CAs, that are accepted"},
    KeyText{"clientCertificates", "allowlist", "ids or paths of client certificates, or of their CAs"},
    KeyText{"clientCertificates", "enabled", "accept the listed client certificates only", "false"},
    KeyText{"", "upstream_certificates", kUpstreamCertificates},
    KeyText{"", "upstream_certificates_disabled", "show no certificate to upstreams", "false"},
    KeyText{"", "certificate_pinning_disabled", "do not compare public keys of upstreams", "false"},
    KeyText{"api definition", "certificates",
            "ids or paths of certificates that are served for the domain of this API"},
    KeyText{"customDomain", "certificates", "ids or paths of certificates that are served for this domain"},
    KeyText{"", "domain", "host name, without protocol"},
    KeyText{"", "use_certificate", "sign in with a client certificate in place of a token", "false"},
    KeyText{"", "target_url", "address of the upstream"},
    KeyText{"", "domainToCertificateMapping", "which certificate is shown to which host"},
    KeyText{"", "domainToPublicKeysMapping", "which public keys a host may have"},
};

AcceptedValues number_values() {
  AcceptedValues result{{{"0", "as if it were absent"}}};
  for (const tls::Version version : {tls::kTls10, tls::kTls11, tls::kTls12, tls::kTls13})
    result.values.push_back({std::to_string(version.number), tls::name(version)});
  return result;
}

/// Every spelling that this version of Tyk knows: the ChaCha20 suites have two.
AcceptedValues cipher_values(ProductVersion version) {
  static constexpr std::string_view kSuffix = "_SHA256";
  AcceptedValues result;
  const auto add = [&](const std::string& name, tls::CipherSuite suite) {
    if (!knows_cipher_name(name, suite, version)) return;
    result.values.push_back({name, tls::is_tls13(suite) ? "without effect: suites of TLS 1.3 cannot be chosen" : ""});
  };
  for (const auto suites : {go::tls13_suites(), tls::go_preference_order()}) {
    for (const tls::CipherSuite suite : suites) {
      const std::string name = tls::name(suite);
      add(name, suite);
      if (name.find("CHACHA20") != std::string::npos) add(name.substr(0, name.size() - kSuffix.size()), suite);
    }
  }
  result.any_case = knows_cipher_name("tls_rsa_with_aes_128_cbc_sha", tls::CipherSuite{0x002F}, version);
  return result;
}

AcceptedValues values(std::string_view object, std::string_view key, const GatewayVersion& version) {
  // The connections to Redis have keys of the same name with texts as values.
  if (object == "storage") return {};
  if (key.ends_with("min_version") || key.ends_with("max_version")) return number_values();
  if (key == "minVersion" || key == "maxVersion")
    return {{{"1.0", "TLS 1.0"}, {"1.1", "TLS 1.1"}, {"1.2", "TLS 1.2"}, {"1.3", "TLS 1.3"}}};
  if (key.ends_with("ssl_ciphers") || (object == "tlsTransport" && key == "ciphers"))
    return cipher_values(version.number);
  return {};
}

}  // namespace

const Vocabulary vocabulary{
    .gateway = &gateway,
    .forms = kForms,
    .texts = kTexts,
    .values = values,
    .reference = R"(\{\{|^(env|vault|consul|secrets|kv|file)://|\$secret_)",
};

}  // namespace tlsward::gateways::tyk
