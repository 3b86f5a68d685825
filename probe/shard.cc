// SHA-256 and not a quicker hash: its remainders are even whatever names a fleet has (names that differ by two in the
// last digit all fall into one half with FNV), and every language and shell has it.
#include "probe/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>

#include "pki/sha256.h"
#include "probe/quoted.h"

namespace tlsward::probe {
namespace {

// Far above any machine park, far below 2^32, so that the remainders stay even.
constexpr std::uint32_t kMaxCount = 65'536;

template <class Number>
std::optional<Number> whole_number(std::string_view text, int base = 10) {
  Number number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return {};
  return number;
}

}  // namespace

Result<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return Error{fmt::format("shard {}: accepted is K/N, as in 2/8", quoted(text))};
  const auto index = whole_number<std::uint32_t>(text.substr(0, slash));
  const auto count = whole_number<std::uint32_t>(text.substr(slash + 1));
  if (!index || !count) return Error{fmt::format("shard {}: K and N are whole numbers, as in 2/8", quoted(text))};
  if (*count < 1 || *count > kMaxCount) return Error{fmt::format("shard {}: N is 1 to {}", quoted(text), kMaxCount)};
  if (*index < 1 || *index > *count) return Error{fmt::format("shard {}: K is 1 to N", quoted(text))};
  return Shard{*index, *count};
}

bool belongs(const Target& target, const Shard& shard) {
  if (shard.count == 1) return true;
  const std::string hash = pki::sha256_hex(fmt::format("{}:{}", target.host, target.port));
  const auto number = whole_number<std::uint32_t>(std::string_view(hash).substr(0, 8), 16);
  return number.value_or(0) % shard.count + 1 == shard.index;
}

}  // namespace tlsward::probe
