// cert/undecodable-pem: text that should be PEM and cannot be read as such.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_undecodable_pem {
namespace {

bool has_own_rule(tls::Encoding encoding) {
  return encoding != tls::Encoding::Pem && encoding != tls::Encoding::Text && encoding != tls::Encoding::Empty;
}

bool holds(const tls::Bundle& bundle, tls::PemKind kind) {
  return std::any_of(bundle.blocks.begin(), bundle.blocks.end(),
                     [&](const tls::PemBlock& block) { return block.kind == kind; });
}

/// What the field must hold and does not, or empty.
std::string missing_block(const tls::Material& material) {
  const bool certificate = holds(material.bundle, tls::PemKind::Certificate);
  const bool key = holds(material.bundle, tls::PemKind::PrivateKey);
  const std::string found = material.bundle.blocks.empty()
                                ? std::string("no PEM block")
                                : fmt::format("only {}", material.bundle.blocks.front().label);
  if (material.use == tls::MaterialUse::Pin) {
    return holds(material.bundle, tls::PemKind::PublicKey) ? "" : fmt::format("{}, but PUBLIC KEY is needed", found);
  }
  switch (material.part) {
    case tls::MaterialPart::Certificate:
      return certificate ? "" : fmt::format("{}, but CERTIFICATE is needed", found);
    case tls::MaterialPart::Key:
      return key ? "" : fmt::format("{}, but PRIVATE KEY is needed", found);
    case tls::MaterialPart::CertificateAndKey:
      break;
  }
  // A missing key there has rules of its own: what it means depends on what the certificate is for.
  return certificate || key ? "" : fmt::format("{}, but CERTIFICATE is needed", found);
}

/// cert/swapped-pair says more about both halves.
bool in_swapped_pair(const tls::TlsContext& context, const tls::Material& material) {
  const auto pairs = tls::known_pairs(context);
  return std::any_of(pairs.begin(), pairs.end(), [&](const tls::KnownPair& pair) {
    return (pair.certificate == &material || pair.key == &material) && tls::is_swapped(pair);
  });
}

/// True for the path of a file in a field that takes the text itself. Base64 has no dot.
bool is_path(const tls::Material& material, const lint::Reporter& out) {
  if (!material.inline_text || material.from_define || !material.bundle.blocks.empty()) return false;
  const std::string_view text = out.text(material.where);
  return text.find('/') != std::string_view::npos && text.find('.') != std::string_view::npos &&
         text.find_first_of(" \t\n") == std::string_view::npos;
}

std::string reason(const tls::Material& material, const lint::Reporter& out) {
  if (material.bundle.encoding == tls::Encoding::Empty) return "is empty";
  if (is_path(material, out)) return "is the path of a file; the PEM text itself belongs here";
  if (!material.bundle.problems.empty()) return fmt::format("cannot be read: {}", material.bundle.problems.front());
  const std::string missing = missing_block(material);
  return missing.empty() ? missing : fmt::format("holds {}", missing);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (!tls::is_read(material) || has_own_rule(material.bundle.encoding)) continue;
    if (in_swapped_pair(context, material)) continue;
    const std::string why = reason(material, out);
    if (why.empty()) continue;
    const std::string what = material.written.empty() ? material.field : fmt::format("'{}'", material.written);
    Finding& finding = out.add(context, material, fmt::format("{} {}", what, why));
    if (!material.effect.empty()) finding.notes.push_back(material.effect);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/undecodable-pem",
    .summary = "a certificate or key is not readable PEM",
    .why =
        "A gateway reads certificates and keys as PEM: base64 of the DER between BEGIN and END lines. Text without "
        "such a block, with damaged base64 or with another kind of block is refused, and depending on the field the "
        "gateway does not start or goes on without it.",
    .cites = {{"RFC 7468", "2, 5, 10", "https://www.rfc-editor.org/rfc/rfc7468#section-2"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"}},
    .severity = Severity::Error,
    .fix = "none",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "broken.pem",   //~ cert/undecodable-pem
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
                        {"broken.pem", "cn=api.example san=DNS:api.example issuer=ca.pem half"}}},
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

}  // namespace tlsward::rules::cert_undecodable_pem
