// Which references to secrets stay the text that they are, because Tyk does not look for them where they stand.
#pragma once

#include <string_view>

#include "gateways/gateway.h"
#include "gateways/tyk/kind.h"

namespace tlsward::gateways::tyk {

/// True where `text` is as a whole a reference ("vault://tls/server", "$secret_env.CERT") that no release resolves in a
/// field that names certificates, or not yet the one of `version`. A guessed version proves nothing against a notation
/// that a later one brought.
/// Source: https://tyk.io/docs/tyk-configuration-reference/kv-store/ and the page on its legacy syntax (read
/// 2026-11-28): in tyk.conf a list of fields, none of which names certificates; in definitions every text since 5.3.0,
/// before the listen path and the target URL only; file:// since 5.14.0, kv:// since 5.15.0; $secret_ in
/// transformations only.
bool stays_text(std::string_view text, DocumentKind kind, const GatewayVersion& version);

}  // namespace tlsward::gateways::tyk
