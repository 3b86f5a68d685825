// KrakenD's vocabulary, as far as it is about TLS.
#pragma once

#include <span>

#include "gateways/key.h"

namespace tlsward::gateways::krakend {

/// All object types; the first is the root of a configuration file.
std::span<const ObjectType> object_types();

/// True for a key that KrakenD and its schema treat as a comment wherever it stands: it starts with `@`, `$`, `_` or
/// `#`.
bool is_comment_key(std::string_view key);

}  // namespace tlsward::gateways::krakend
