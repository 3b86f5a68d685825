#include "probe/result.h"

#include <algorithm>
#include <array>

namespace tlsward::probe {
namespace {

constexpr std::array<std::string_view, 3> kOrders = {"unknown", "server", "client"};
constexpr std::array<std::string_view, 9> kTroubles = {
    "none", "unresolved", "refused", "unreachable", "timed-out", "not-tls", "proxy", "interrupted", "local"};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return static_cast<Enum>(found - names.begin());
}

template <class Lists>
bool all_complete(const Lists& lists) {
  return std::all_of(lists.begin(), lists.end(), [](const auto& entry) { return entry.second.complete; });
}

}  // namespace

std::string_view name(Order order) {
  return kOrders[static_cast<std::size_t>(order)];
}

std::optional<Order> parse_order(std::string_view name) {
  return parse<Order>(kOrders, name);
}

std::string_view name(Trouble::Kind kind) {
  return kTroubles[static_cast<std::size_t>(kind)];
}

std::optional<Trouble::Kind> parse_trouble(std::string_view name) {
  return parse<Trouble::Kind>(kTroubles, name);
}

bool HostResult::speaks_tls() const {
  return std::any_of(versions.begin(), versions.end(),
                     [](const auto& entry) { return entry.second.verdict == Verdict::Accepted; });
}

bool HostResult::is_complete() const {
  if (trouble.kind != Trouble::Kind::None || !speaks_tls()) return false;
  const bool versions_told = std::none_of(versions.begin(), versions.end(),
                                          [](const auto& entry) { return entry.second.verdict == Verdict::Unknown; });
  return versions_told && all_complete(suites) && all_complete(groups) && !chains.empty();
}

}  // namespace tlsward::probe
