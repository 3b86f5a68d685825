// What a change of a configuration does to its contexts: what is another than before, and what is let in.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lint/run.h"
#include "tls/context.h"

namespace tlsward::tests {

/// The contexts of a run by gateway, role, subject and, where several share these, number. They point into the run.
using Contexts = std::map<std::string, const tls::TlsContext*>;
Contexts contexts_of(const lint::Run& run);

/// What a handshake, or whoever starts the gateway, could tell of a context: a text for each of "versions",
/// "suites TLS 1.2", "groups", "alpn", "client auth", "verification", "trust", "let in by certificate", "pins",
/// "names", "identities" and the like. Certificates stand by their fingerprints; no keys. What is said
/// twice in a list of protocols counts once.
std::map<std::string, std::string> facets(const tls::TlsContext& context);

/// One facet that is another than before.
struct Change {
  std::string context;        // key of Contexts
  std::string facet;          // "versions"; "context" where it is there only before or only after
  std::string before, after;  // empty where it is not there
  friend bool operator==(const Change&, const Change&) = default;
};
std::vector<Change> changes(const Contexts& before, const Contexts& after);

/// What is let in that was not before: versions, suites, groups, peers, names, and whole endpoints. Empty where nothing
/// is.
std::string let_in(const Contexts& before, const Contexts& after);

}  // namespace tlsward::tests
