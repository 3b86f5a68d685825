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

/// The last part of `app_path`, for the API definitions that lie beside a tyk.conf as they do on the target: "apps".
/// Empty where the document is no tyk.conf, names none, or takes its APIs from elsewhere (use_db_app_configs).
std::string companion_folder(const Document& document);

}  // namespace tlsward::gateways::tyk
