#include "report/context_values.h"

#include <fmt/format.h>

#include "report/time_text.h"

namespace tlsward::report {
namespace {

std::string_view state_words(const tls::Material& material) {
  switch (material.state) {
    case tls::MaterialState::Read:
      return {};
    case tls::MaterialState::Unresolved:
      return "unresolved reference";
    case tls::MaterialState::NotFollowed:
      return "file not opened";
    case tls::MaterialState::Missing:
      return "file not found here";
    case tls::MaterialState::Unreadable:
      return material.problem;
    case tls::MaterialState::StoreId:
      break;
  }
  return "id in the certificate store";
}

std::string key_words(const tls::KeyFacts& key) {
  if (key.encrypted) return "encrypted key";
  if (key.curve.empty()) return fmt::format("{} {}", name(key.type), key.bits);
  return fmt::format("{} {}", name(key.type), key.curve);
}

std::string bundle_words(const tls::Bundle& bundle) {
  std::string words;
  const auto add = [&](std::string_view text) { words += (words.empty() ? "" : "; ") + std::string(text); };
  for (const tls::CertificateFacts& certificate : bundle.certificates)
    add(fmt::format("{} ({}, until {})", certificate.subject, key_words(certificate.key), date(certificate.not_after)));
  for (const tls::KeyFacts& key : bundle.private_keys) add(fmt::format("private key ({})", key_words(key)));
  for (const std::string& problem : bundle.problems) add(problem);
  return words;
}

}  // namespace

std::string trust_words(const tls::TlsContext& context, const tls::TrustSource& source) {
  if (source.kind == tls::TrustKind::Named) return source.note;
  std::string words = source.kind == tls::TrustKind::System || source.material >= context.material.size()
                          ? "every CA of the system store"
                          : material_words(context.material[source.material]);
  if (!source.note.empty()) words += fmt::format(" ({})", source.note);
  return words;
}

std::string material_words(const tls::Material& material) {
  std::string words = fmt::format("{}: {}", material.field, material.inline_text ? "inline" : material.written);
  const std::string_view state = state_words(material);
  if (!state.empty()) return fmt::format("{} ({})", words, state);
  const std::string bundle = bundle_words(material.bundle);
  if (!bundle.empty()) words += fmt::format(", {}", bundle);
  return words;
}

const tls::CertificateFacts* leaf(const tls::TlsContext& context) {
  for (const tls::Identity& identity : context.identities) {
    if (identity.certificate >= context.material.size()) continue;
    const auto& certificates = context.material[identity.certificate].bundle.certificates;
    if (!certificates.empty()) return &certificates.front();
  }
  return nullptr;
}

}  // namespace tlsward::report
