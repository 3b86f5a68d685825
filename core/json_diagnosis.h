// Says in our words what is wrong with a JSON text at the place where the parser gave up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/document.h"

namespace tlsward {

/// What was read last before the error.
enum class JsonState : std::uint8_t {
  BeforeRoot,
  AfterOpenMap,
  AfterOpenList,
  AfterKey,
  AfterMember,
  AfterItem,
  AfterRoot
};

/// The error that follows `from`, the end of the last sound token but for `,` and `:`, in the state that it left.
/// Never quotes strings or values of the file, which may be secrets.
SyntaxError diagnose_json(std::string_view text, std::size_t from, JsonState state, FileId file);

}  // namespace tlsward
