// KrakenD's vocabulary, as far as it is about TLS.
#pragma once

#include <span>
#include <string_view>

#include "gateways/key.h"

namespace tlsward::gateways::krakend {

/// All object types; the first is the root of a configuration file.
std::span<const ObjectType> object_types();

/// What opens a key that KrakenD and its schema treat as a comment wherever it stands.
inline constexpr std::string_view kCommentMarks = "@$_#";

}  // namespace tlsward::gateways::krakend
