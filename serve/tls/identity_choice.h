// Which of several certificates a gateway's library shows. Private to serve/tls/.
#pragma once

#include <cstddef>
#include <vector>

#include "serve/tls/client_offer.h"
#include "serve/tls/negotiation.h"
#include "tls/certificate.h"
#include "tls/context.h"
#include "tls/wire/client_hello.h"

namespace tlsward::serve {

/// Index of the certificate for a hello; `certificates` has at least one. The first that names the host (none asked
/// for: any) and that the client can check and negotiate a suite with, else the first (crypto/tls, getCertificate). Tyk
/// keeps a table of names before that: of those certificates that have the very name, or its wildcard, the last; the
/// common name counts where there is no subjectAltName.
std::size_t choose_identity(const std::vector<const tls::CertificateFacts*>& certificates,
                            const tls::wire::ClientHello& hello, const ClientOffer& offer,
                            const tls::TlsContext& context, const LibraryBehaviour& behaviour);

}  // namespace tlsward::serve
