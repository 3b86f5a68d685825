// The heads of messages on their way through the proxy.
#pragma once

#include <string>

#include "gateways/service.h"
#include "serve/http/message.h"
#include "serve/proxy.h"

namespace tlsward::serve {

/// The request as it goes to the upstream: at `target` (path and query), for the route's host, without fields that are
/// for one hop or that the route keeps back, with what is known of the client. The body's length and the switch of
/// protocols that is asked for stay.
RequestHead outgoing_request(const RequestHead& request, const gateways::ServiceRoute& route, const Upstream& upstream,
                             const std::string& target, const ProxyScope& scope);

/// The response as it goes to the client: without fields that are for one hop.
ResponseHead outgoing_response(ResponseHead response);

}  // namespace tlsward::serve
