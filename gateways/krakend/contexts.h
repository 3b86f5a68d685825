// From a KrakenD configuration to what its listener and its upstream connections do.
#pragma once

#include <vector>

#include "gateways/gateway.h"
#include "gateways/krakend/model.h"
#include "tls/context.h"

namespace tlsward::gateways::krakend {

/// The contexts of one configuration, in this order:
/// - "tls", the listener; disabled where KrakenD serves plain HTTP;
/// - "client_tls", all HTTP backends; there where the block or an https:// backend is;
/// - one for each `client_tls` of the Enterprise Edition, unless `options` say Community;
/// - "upstreams", disabled: the hosts beyond this machine that are called over plain HTTP, where there are any.
std::vector<tls::TlsContext> contexts_of(const Configuration& configuration, const ReadOptions& options);

}  // namespace tlsward::gateways::krakend
