// How a scripted server chooses in answer to a hello: version, suite, group, certificate.
#pragma once

#include <optional>

#include "tests/probe/plan/client_offer.h"
#include "tests/probe/plan/scripted_server.h"

namespace tlsward::tests {

/// Nullopt: none is common.
std::optional<tls::Version> choose_version(const ScriptedServer& server, const ClientOffer& offer);

/// The flight of `version`, its encrypted part with `decrypt` alone; nullopt where no suite, group or signature is
/// common.
std::optional<tls::wire::ServerFlight> choose_flight(const ScriptedServer& server, const tls::wire::ClientHello& hello,
                                                     const ClientOffer& offer, tls::Version version, bool decrypt);

/// The second hello, in answer to a HelloRetryRequest that names `group`.
tls::wire::ClientHello with_share_of(tls::wire::ClientHello hello, tls::Group group);

}  // namespace tlsward::tests
