// cert/non-pem-format: a certificate store in a format that the gateway cannot read.
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_non_pem_format {
namespace {

/// How to make PEM of it, with FILE for the name; empty where the encoding is PEM or nothing known.
std::string_view conversion(tls::Encoding encoding) {
  switch (encoding) {
    case tls::Encoding::Der:
      return "openssl x509 -inform der -in FILE -out FILE.pem (for a key: openssl pkey -inform der)";
    case tls::Encoding::Pkcs12:
      return "openssl pkcs12 -in FILE -nodes -out FILE.pem";
    case tls::Encoding::Pkcs7:
      return "openssl pkcs7 -in FILE -print_certs -out FILE.pem (with -inform der where it is binary)";
    case tls::Encoding::JavaKeyStore:
      return "keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype pkcs12, then openssl "
             "pkcs12 -in FILE.p12 -nodes -out FILE.pem";
    case tls::Encoding::Empty:
    case tls::Encoding::Pem:
    case tls::Encoding::Text:
    case tls::Encoding::Placeholder:
      break;
  }
  return {};
}

/// What the ending of a file's name says; Pem where it says nothing (.crt and .cer are both PEM and DER).
tls::Encoding encoding_by_name(std::string_view path) {
  constexpr std::array kEndings = {
      std::pair{std::string_view(".p12"), tls::Encoding::Pkcs12},
      std::pair{std::string_view(".pfx"), tls::Encoding::Pkcs12},
      std::pair{std::string_view(".jks"), tls::Encoding::JavaKeyStore},
      std::pair{std::string_view(".keystore"), tls::Encoding::JavaKeyStore},
      std::pair{std::string_view(".p7b"), tls::Encoding::Pkcs7},
      std::pair{std::string_view(".der"), tls::Encoding::Der},
  };
  for (const auto& [ending, encoding] : kEndings)
    if (path.ends_with(ending)) return encoding;
  return tls::Encoding::Pem;
}

/// A file that is not here is judged by its name.
void check_name(const tls::TlsContext& context, const tls::Material& material, lint::Reporter& out) {
  const bool unseen =
      material.state == tls::MaterialState::Missing || material.state == tls::MaterialState::NotFollowed;
  const tls::Encoding encoding = encoding_by_name(material.written);
  if (!unseen || material.store_id || encoding == tls::Encoding::Pem) return;
  Finding& finding = out.add(Severity::Warning, context, material.where,
                             fmt::format("by its name '{}' is {}; {} reads PEM only", material.written,
                                         tls::name(encoding), context.gateway_name));
  finding.notes.push_back(fmt::format("to convert it: {}", conversion(encoding)));
  lint::Reporter::lower(finding, Confidence::Medium);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    check_name(context, material, out);
    if (!tls::is_read(material)) continue;
    const std::string_view command = conversion(material.bundle.encoding);
    if (command.empty()) continue;
    const std::string what = material.written.empty() ? material.field : fmt::format("'{}'", material.written);
    Finding& finding = out.add(
        context, material,
        fmt::format("{} is {}; {} reads PEM only", what, tls::name(material.bundle.encoding), context.gateway_name));
    finding.notes.push_back(fmt::format("to convert it: {}", command));
    if (!material.effect.empty()) finding.notes.push_back(material.effect);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/non-pem-format",
    .summary = "a certificate or key is DER, PKCS#12, PKCS#7 or a Java key store",
    .why =
        "The gateways load PEM text and nothing else. The other formats hold the same certificates in another coat and "
        "can be converted with one command; as they are, the gateway refuses them or goes on without them. A file that "
        "is "
        "not here is judged by the ending of its name (warning).",
    .cites = {{"KrakenD 2.6, TLS settings", "ca_certs", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"RFC 7468", "1", "https://www.rfc-editor.org/rfc/rfc7468#section-1"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: convert the file with the command in the note",
    .replaces = {"cert/undecodable-pem"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.der",   //~ cert/non-pem-format
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                         "chain with-key"},
                        {"server.der", "cn=api.example san=DNS:api.example issuer=ca.pem der"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",
        "private_key": "server.pem"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_non_pem_format
