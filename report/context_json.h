// One context as JSON, as `show --json` and `probe --format json` print it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/source.h"
#include "tls/context.h"

namespace tlsward::report {

/// The effective settings in snake_case, and under `provenance` where each comes from. `sources` may be empty where
/// nothing of the context was written in a file.
nlohmann::ordered_json context_json(const SourceMap& sources, const tls::TlsContext& context);

}  // namespace tlsward::report
