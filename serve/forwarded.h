// What the upstream is told about the client: X-Forwarded-For, -Host, -Proto, -Port and X-Forwarded-Client-Cert.
#pragma once

#include <string>

#include "net/address.h"
#include "serve/http/message.h"
#include "serve/tls/handshake_facts.h"

namespace tlsward::serve {

/// Removes what clients must not be able to claim (Forwarded, X-Forwarded-*, X-Real-IP) and adds what is true.
void set_forwarded(RequestHead& head, const net::Address& client, const HandshakeFacts* tls, std::uint16_t port);

/// The value of X-Forwarded-Client-Cert for a client certificate, as Envoy writes it
/// (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers, read 2026-11-26):
/// `Hash=…;Subject="…";URI=…;DNS=…`. Empty without a certificate.
std::string forwarded_client_cert(const HandshakeFacts& tls);

}  // namespace tlsward::serve
