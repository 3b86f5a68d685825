// Three answers, never two: "could not tell" is never "no".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward::probe {

enum class Verdict : std::uint8_t {
  Unknown,   // no answer, or one that proves nothing: time-out, reset, rate limit, malformed
  Refused,   // an alert, a close or an answer without it says no
  Accepted,  // seen
};

/// "accepted", "refused", "unknown".
std::string_view name(Verdict verdict);
/// By name; nullopt for other words.
std::optional<Verdict> parse_verdict(std::string_view name);

/// A verdict with what was seen: "ServerHello, TLS 1.2, 0xc02f", "alert protocol_version", "no answer in 1.5 s, twice".
struct Told {
  Verdict verdict = Verdict::Unknown;
  std::string evidence;
  friend bool operator==(const Told&, const Told&) = default;
};

}  // namespace tlsward::probe
