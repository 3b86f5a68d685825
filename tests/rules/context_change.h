// What a change of a configuration does to its contexts: what is another than before, and what is let in.
#pragma once

#include <map>
#include <string>

#include "lint/run.h"
#include "tls/context.h"

namespace tlsward::tests {

/// The contexts of a run by gateway, role, subject and, where several share these, number. They point into the run.
using Contexts = std::map<std::string, const tls::TlsContext*>;
Contexts contexts_of(const lint::Run& run);

/// What a handshake, or whoever starts the gateway, could tell of a context: a text for each of "versions",
/// "suites TLS 1.2", "groups", "alpn", "client auth", "verification", "trust", "let in by certificate", "pins",
/// "names", "identities" and the like. Certificates stand by their fingerprints; no keys.
std::map<std::string, std::string> facets(const tls::TlsContext& context);

/// What is another than before, one line each: "krakend listener tls #0: versions: TLS 1.3 -> TLS 1.2 and TLS 1.3".
/// Empty where nothing is.
std::string changes(const Contexts& before, const Contexts& after);

/// What is let in that was not before: versions, suites, groups, peers, names, and whole endpoints. Empty where nothing
/// is.
std::string let_in(const Contexts& before, const Contexts& after);

}  // namespace tlsward::tests
