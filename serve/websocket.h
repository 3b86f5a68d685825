// WebSocket handshakes between versions of HTTP: HTTP/1.1 switches protocols (RFC 6455, 4), HTTP/2 has extended CONNECT
// (RFC 8441, 5).
#pragma once

#include <string>

#include "serve/http/message.h"

namespace tlsward::serve {

/// The value of Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455, 4.2.2).
std::string websocket_accept(const std::string& key);

/// A response that switches protocols (101, or 2xx to an extended CONNECT) as the client of `inbound` expects it:
/// 101 with Sec-WebSocket-Accept for HTTP/1.1, 200 for HTTP/2. `outbound` is the request as it went out. Other
/// responses are left as they are.
ResponseHead translate_switch(const RequestHead& inbound, const RequestHead& outbound, ResponseHead response);

}  // namespace tlsward::serve
