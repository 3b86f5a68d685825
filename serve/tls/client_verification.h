// How the certificates of clients are asked for and judged. Private to serve/tls/.
#pragma once

#include <openssl/ssl.h>

#include "core/result.h"
#include "net/failure.h"
#include "serve/tls/server_context.h"

namespace tlsward::serve {

/// SSL_VERIFY_… of a mode.
int verify_mode(tls::ClientAuth mode);
/// Sets anchors, announced names and the judgement. `served` outlives the context.
Result<Nothing> set_client_verification(const ServedContext& served, SSL_CTX* context);

}  // namespace tlsward::serve
