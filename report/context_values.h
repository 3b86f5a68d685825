// Values of a context as words, shared by the outputs of `show`.
#pragma once

#include <string>
#include <vector>

#include "core/source.h"
#include "tls/context.h"

namespace tlsward::report {

/// What stands behind a value: "written at gateway.json:4:20", "default: KrakenD 2.13", "unresolved: ${TLS_MIN}".
template <class T>
std::string origin_words(const SourceMap& sources, const tls::Setting<T>& setting);

/// "system store", "file ca.pem", "inline certificate": one entry of the trust list.
std::string trust_words(const tls::TlsContext& context, const tls::TrustSource& source);
/// "tls.keys[0].public_key: api.pem, RSA 2048, CN=api (not read: no such file)".
std::string material_words(const tls::Material& material);
/// First certificate of the first identity that could be read, or nullptr.
const tls::CertificateFacts* leaf(const tls::TlsContext& context);

template <class T>
std::string origin_words(const SourceMap& sources, const tls::Setting<T>& setting) {
  std::string words(tls::name(setting.origin));
  if (setting.where.known()) {
    const Position at = sources.position(setting.where.file, setting.where.begin);
    words +=
        " at " + sources.path(setting.where.file) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  }
  if (!setting.because.empty()) words += ": " + setting.because;
  return words;
}

}  // namespace tlsward::report
