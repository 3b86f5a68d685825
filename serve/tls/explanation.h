// Why an inbound handshake failed, for people.
#pragma once

#include <string>

#include "serve/tls/handshake_facts.h"
#include "tls/context.h"

namespace tlsward::serve {

/// One line: what happened, what the client and the context want, the alert, and the key of the configuration to
/// change; behind it in brackets the words that the gateway itself logs, where it has some. `facts` of a failed
/// handshake, `context` the one that answered.
std::string explain(const HandshakeFacts& facts, const tls::TlsContext& context);

}  // namespace tlsward::serve
