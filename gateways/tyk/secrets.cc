#include "gateways/tyk/secrets.h"

#include <algorithm>
#include <array>

namespace tlsward::gateways::tyk {
namespace {

struct Notation {
  std::string_view begin;
  ProductVersion in_definitions;
};

constexpr ProductVersion kNever{};
constexpr std::array kNotations = {
    Notation{"env://", {5, 3, 0}},     Notation{"vault://", {5, 3, 0}}, Notation{"consul://", {5, 3, 0}},
    Notation{"secrets://", {5, 3, 0}}, Notation{"file://", {5, 14, 0}}, Notation{"kv://", {5, 15, 0}},
    Notation{"$secret_", kNever},
};

}  // namespace

bool stays_text(std::string_view text, DocumentKind kind, const GatewayVersion& version) {
  const auto notation = std::find_if(kNotations.begin(), kNotations.end(),
                                     [&](const Notation& one) { return text.starts_with(one.begin); });
  if (notation == kNotations.end()) return false;
  if (kind == DocumentKind::Conf || !notation->in_definitions.set()) return true;
  return !version.guessed && version.number < notation->in_definitions;
}

}  // namespace tlsward::gateways::tyk
