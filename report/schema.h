// JSON Schema (2020-12) of a gateway's configuration, for editors: made from its key table and its vocabulary.
#pragma once

#include <cstdio>

#include "gateways/vocabulary.h"

namespace tlsward::report {

struct SchemaRequest {
  const gateways::Gateway* gateway = nullptr;
  gateways::GatewayVersion version;
  /// Community: without what only the Enterprise Edition has.
  gateways::Edition edition = gateways::Edition::Unknown;
  /// This form of document alone; nullptr: all, told apart by what stands in them.
  const gateways::DocumentForm* form = nullptr;
};

/// Prints the schema. Keys that came after the version are left out; those that went before it are deprecated. Objects
/// that are not about TLS alone stay open. A reference that is resolved at run time may stand for any value.
void write_schema(const SchemaRequest& request, std::FILE* out);

}  // namespace tlsward::report
