// Which of Tyk's files a document is.
#pragma once

#include <optional>

#include "core/document.h"
#include "gateways/gateway.h"

namespace tlsward::gateways::tyk {

enum class DocumentKind : std::uint8_t {
  Conf,     // tyk.conf
  Classic,  // API definition
  Oas,      // OpenAPI document with x-tyk-api-gateway
};

/// Why the document is one of Tyk's, or nullopt.
std::optional<Detection> detect(const Document& document);
/// What it most resembles; for a document that `detect` does not know this is a guess: tyk.conf.
DocumentKind kind_of(const Node& root);
/// The API definition itself: the root, or what the Dashboard's API wraps as `api_definition`.
const Node& definition_of(const Node& root);

}  // namespace tlsward::gateways::tyk
