// The steps of reading Flex Gateway's documents.
#pragma once

#include <span>
#include <vector>

#include "gateways/flex/model.h"

namespace tlsward::gateways::flex {

/// Documents to resources, with every reference resolved that the input resolves.
Model read_model(std::span<const Claimed> documents, const SourceMap& sources);
/// Fills in what every policy applies to, and who shares a port.
void resolve(Model& model);
/// The TLS endpoints that the resources make; fills in `Port::contexts` and `Upstream::contexts`.
std::vector<tls::TlsContext> make_contexts(Model& model);
/// Both, and the objects that the key tables know.
Reading read(std::span<const Claimed> documents, const SourceMap& sources, const ReadOptions& options);

}  // namespace tlsward::gateways::flex
