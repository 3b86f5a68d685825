// An endpoint as a probe saw it, ready to be judged.
#pragma once

#include <string>

#include "core/finding.h"
#include "tls/context.h"

namespace tlsward::lint {

struct ObservedEndpoint {
  tls::TlsContext context;
  Endpoint place;  // where findings about it stand
  /// What the probe could not tell, in words; empty where it told everything. Makes a run that judges it incomplete.
  std::string gap;
};

}  // namespace tlsward::lint
