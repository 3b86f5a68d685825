// Texts and values of KrakenD's keys, for editors. Source: the pages that keys.cc names, and for defaults the program
// (README.md, "Where documentation and program disagree"), read 2026-11-22.
#include "gateways/vocabulary.h"

#include <fmt/format.h>

#include <array>

#include "gateways/krakend/ciphers.h"
#include "gateways/krakend/krakend.h"
#include "gateways/krakend/versions.h"

namespace tlsward::gateways::krakend {
namespace {

constexpr std::array kForms = {
    DocumentForm{.name = "krakend", .title = "KrakenD configuration", .object = "KrakenD configuration"},
};

constexpr std::array kTexts = {
    KeyText{"", "$schema", "the vendor's schema; it also names the release that tlsward judges by"},
    KeyText{"KrakenD configuration", "version", "version of the syntax; always 3"},
    KeyText{"KrakenD configuration", "port", "port that KrakenD listens on", "8080"},
    KeyText{"KrakenD configuration", "listen_ip", "address that KrakenD listens on; absent: every address"},
    KeyText{"KrakenD configuration", "host", "upstream hosts of backends that name none; without scheme: http"},
    KeyText{"backend", "host", "upstream hosts; without scheme: http"},
    KeyText{"KrakenD configuration", "tls", "what KrakenD does as a TLS server; absent: plain HTTP"},
    KeyText{"", "client_tls", "what KrakenD does as a TLS client; even an empty object raises the minimum to TLS 1.3"},
    KeyText{"KrakenD configuration", "allow_insecure_connections", "do not verify certificates of upstreams", "false"},
    KeyText{"client_tls", "allow_insecure_connections", "do not verify certificates of upstreams", "false"},
    KeyText{"", "use_h2c", "HTTP/2 without TLS", "false"},
    KeyText{"", "keys", "certificates with their keys; the first serves clients whose server name fits none"},
    KeyText{"", "public_key", "path of the certificate in PEM, with the chain behind it"},
    KeyText{"", "certificate", "path of the client certificate in PEM"},
    KeyText{"", "private_key", "path of the private key in PEM, without passphrase"},
    KeyText{"tls", "disabled", "serve plain HTTP in spite of this object", "false"},
    KeyText{"", "min_version", "lowest TLS version; a text that KrakenD does not know means TLS13", R"("TLS13")"},
    KeyText{"", "max_version", "highest TLS version; a text that KrakenD does not know means TLS13", R"("TLS13")"},
    KeyText{"", "cipher_suites",
            "ids of suites of TLS 1.2 and older, which those of TLS 1.3 join by themselves; absent: the six with ECDHE "
            "and AEAD"},
    KeyText{"", "curve_preferences", "ids of curves for the key exchange; absent: P-521, P-384 and P-256"},
    KeyText{"tls", "enable_mtls", "require client certificates", "false"},
    KeyText{"tls", "ca_certs", "paths of CA certificates in PEM that client certificates are verified with"},
    KeyText{"client_tls", "ca_certs", "paths of CA certificates in PEM that upstreams are verified with"},
    KeyText{"", "disable_system_ca_pool", "do not trust the CA certificates of the system as well", "false"},
    KeyText{"", "client_certs", "certificates that are shown to upstreams which ask for one"},
    KeyText{"tls", "prefer_server_cipher_suites", "the order of the server counts"},
    KeyText{"backend", "sd_scheme", "scheme of hosts that service discovery returns", R"("http")"},
};

AcceptedValues version_values() {
  return {{{"SSL3.0", "SSL 3.0, which Go no longer has"},
           {"TLS10", "TLS 1.0"},
           {"TLS11", "TLS 1.1"},
           {"TLS12", "TLS 1.2"},
           {"TLS13", "TLS 1.3"}}};
}

AcceptedValues cipher_values() {
  AcceptedValues result;
  for (const DocumentedCipher& row : documented_ciphers()) {
    const std::string_view rating = advice(row.suite);
    std::string meaning = tls::name(row.suite);
    if (!rating.empty()) meaning += fmt::format(", {}", rating);
    if (tls::is_tls13(row.suite)) meaning += ", without effect: suites of TLS 1.3 cannot be chosen";
    result.values.push_back({std::to_string(row.suite.code), std::move(meaning)});
  }
  return result;
}

/// The documented ids, and what the Go of this release has besides: it works, and the vendor's own check complains.
AcceptedValues curve_values(ProductVersion version) {
  AcceptedValues result;
  for (const tls::Group group : {tls::kP256, tls::kP384, tls::kP521})
    result.values.push_back({std::to_string(group.code), tls::name(group)});
  for (const tls::Group group : {tls::kX25519, tls::kX25519MlKem768}) {
    if (!go::knows_group(build_of(version), group)) continue;
    const bool listed = group == tls::kX25519 && version < kX25519Gone;
    result.values.push_back({std::to_string(group.code),
                             tls::name(group) + (listed ? "" : ", which works; the vendor's schema does not list it")});
  }
  return result;
}

AcceptedValues values(std::string_view object, std::string_view key, const GatewayVersion& version) {
  if (object != "tls" && object != "client_tls") return {};
  if (key == "min_version" || key == "max_version") return version_values();
  if (key == "cipher_suites") return cipher_values();
  if (key == "curve_preferences") return curve_values(version.number);
  return {};
}

}  // namespace

const Vocabulary vocabulary{
    .gateway = &gateway,
    .forms = kForms,
    .texts = kTexts,
    .values = values,
    .reference = R"(\{\{|\$\{)",
};

}  // namespace tlsward::gateways::krakend
