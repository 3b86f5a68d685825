// A gateway that only tests know: every map below the root is a listener whose subject is its key.
#pragma once

#include <cctype>
#include <string>
#include <vector>

#include "gateways/gateway.h"
#include "lint/options.h"

namespace tlsward::tests::toy {

inline std::optional<gateways::Detection> detect(const Document&) {
  return std::nullopt;
}
inline std::optional<gateways::GatewayVersion> version_of(const Document&) {
  return std::nullopt;
}

/// `$NAME`, and `{{ NAME }}`.
inline std::vector<gateways::Reference> references(std::string_view scalar) {
  std::vector<gateways::Reference> result;
  for (std::size_t at = 0; at < scalar.size(); ++at) {
    const bool braces = scalar.substr(at, 3) == "{{ ";
    if (scalar[at] != '$' && !braces) continue;
    const std::size_t begin = at + (braces ? 3 : 1);
    std::size_t end = begin;
    while (end < scalar.size() && std::isupper(static_cast<unsigned char>(scalar[end])) != 0) ++end;
    result.push_back({at, end + (braces ? 3 : 0), std::string(scalar.substr(begin, end - begin))});
    at = end;
  }
  return result;
}

inline gateways::Reading read(std::span<const gateways::Claimed> documents, const SourceMap&,
                              const gateways::ReadOptions&) {
  gateways::Reading reading;
  for (const gateways::Claimed& claimed : documents) {
    for (const Member& member : claimed.document->root.members) {
      if (!member.value.is_map()) continue;
      tls::TlsContext& context = reading.contexts.emplace_back();
      context.subject = member.key;
      context.section = member.value.where;
      context.section_key = member.key_where;
      context.version_guessed = claimed.version.guessed;
    }
  }
  return reading;
}

inline std::string spell_version(tls::Version, std::string_view) {
  return "1.2";
}
inline std::string spell_suite(tls::CipherSuite, std::string_view) {
  return "";
}

inline const gateways::Gateway gateway{
    .id = "toy",
    .name = "Toy",
    .latest = {7, 1},
    .objects = {},
    .detect = detect,
    .version_of = version_of,
    .references = references,
    .read = read,
    .spell_version = spell_version,
    .spell_suite = spell_suite,
};

/// Options that make every named file a toy's.
inline lint::Options options() {
  lint::Options result;
  result.gateways.push_back({&gateway, std::nullopt});
  return result;
}

}  // namespace tlsward::tests::toy
