// Who may send requests, above the handshake: Tyk's allow-lists of client certificates.
#pragma once

#include <optional>

#include "gateways/service.h"
#include "serve/answer.h"
#include "serve/tls/credentials.h"
#include "serve/tls/handshake_facts.h"
#include "tls/certificate.h"

namespace tlsward::serve {

/// The answer that refuses the request, or nullopt. As Tyk's CertificateCheckMW (gateway/mw_certificate_check.go): any
/// certificate that the client sent may be listed itself, or be issued by a listed CA. `credentials` are those of the
/// listener's context; they and `tls` are null for plain text. `at` is now.
std::optional<Answer> refuse_client(const gateways::ServiceRoute& route, const Credentials* credentials,
                                    const HandshakeFacts* tls, tls::Time at);

}  // namespace tlsward::serve
