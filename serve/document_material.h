// Certificates and keys from the files that a configuration names, and from its own text.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateways/gateway.h"
#include "serve/tls/credentials.h"

namespace tlsward::serve {

/// `documents` and what they point to outlive it. Files are read anew each time, to at most 4 MiB.
std::unique_ptr<MaterialSource> document_material(std::vector<gateways::Claimed> documents);

}  // namespace tlsward::serve
