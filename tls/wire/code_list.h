// Lists of two-byte code points: suites, groups, schemes, versions.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "tls/wire/bytes.h"

namespace tlsward::tls::wire {

/// The code points of a list, without its length. Nullopt where half of one is left over.
template <class Code>
std::optional<std::vector<Code>> read_codes(View list) {
  if (list.size() % 2 != 0) return std::nullopt;
  std::vector<Code> codes;
  codes.reserve(list.size() / 2);
  for (Reader in(list); !in.empty();) codes.push_back(Code{in.u16()});
  return codes;
}

/// The bytes of a list, without its length. `number` is the member that holds the code point: `&Group::code`.
template <class Code, class Member = std::identity>
Bytes write_codes(const std::vector<Code>& codes, Member number = {}) {
  Writer out;
  for (const Code& code : codes) out.u16(std::invoke(number, code));
  return out.take();
}

}  // namespace tlsward::tls::wire
