#include "gateways/gateway.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>
#include <vector>

#include "core/spelling.h"

namespace tlsward::gateways {
namespace {

/// "unknown gateway 'kraken' (did you mean 'krakend'?); known are flex, krakend, tyk".
std::string unknown_gateway(std::string_view id) {
  std::vector<std::string_view> known;
  for (const Gateway* gateway : all_gateways()) known.push_back(gateway->id);
  const auto near = nearest(id, known, id.size() < 5 ? 1 : 2);
  return fmt::format("unknown gateway '{}'{}; known are {}", id,
                     near ? fmt::format(" (did you mean '{}'?)", *near) : "", fmt::join(known, ", "));
}

/// "2", "2.9" or "2.9.1".
std::optional<ProductVersion> parse_product_version(std::string_view text) {
  std::uint16_t parts[3] = {0, 0, 0};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::uint16_t& part : parts) {
    const auto [behind, error] = std::from_chars(at, end, part);
    if (error != std::errc{}) return std::nullopt;
    at = behind;
    if (at == end) return ProductVersion{parts[0], parts[1], parts[2]};
    if (*at != '.') return std::nullopt;
    ++at;
  }
  return std::nullopt;
}

}  // namespace

const Gateway* find_gateway(std::string_view id) {
  for (const Gateway* gateway : all_gateways()) {
    if (gateway->id == id) return gateway;
  }
  return nullptr;
}

std::optional<GatewayChoice> parse_gateway_choice(std::string_view text, std::string& error) {
  const std::size_t at = text.find('@');
  const std::string_view id = text.substr(0, at);
  GatewayChoice choice{find_gateway(id), std::nullopt};
  if (!choice.gateway) {
    error = unknown_gateway(id);
    return std::nullopt;
  }
  if (at == std::string_view::npos) return choice;
  const std::string_view version = text.substr(at + 1);
  choice.version = parse_product_version(version);
  if (choice.version && choice.version->set()) return choice;
  error = fmt::format("'{}' is no version of {}; accepted is for example {}@{}", version, choice.gateway->name, id,
                      name(choice.gateway->latest));
  return std::nullopt;
}

std::string beyond_known(const GatewayChoice& choice) {
  if (!choice.version) return "";
  const Gateway& gateway = *choice.gateway;
  if (*choice.version < gateway.oldest)
    return fmt::format("{}@{} is older than {}, the oldest release that is known; what it does may differ", gateway.id,
                       name(*choice.version), name(gateway.oldest));
  const ProductVersion next_minor{gateway.latest.major, static_cast<std::uint16_t>(gateway.latest.minor + 1), 0};
  if (*choice.version >= next_minor)
    return fmt::format("{}@{} is newer than {}, the newest release that is known; it is judged as {}", gateway.id,
                       name(*choice.version), name(gateway.latest), name(gateway.latest));
  return "";
}

}  // namespace tlsward::gateways
