#include "report/cite.h"

#include <algorithm>

namespace tlsward::report {
namespace {

/// What the titles of a vendor's sources begin with. Lura is the library that KrakenD is made of.
struct Vendor {
  std::string_view title, gateway;
};
constexpr Vendor kVendors[] = {
    {"KrakenD", "krakend"}, {"Lura", "krakend"}, {"lura", "krakend"}, {"Tyk", "tyk"}, {"Flex Gateway", "flex"}};

/// The gateway that the source is about; empty for standards and the like.
std::string_view gateway_of(const lint::Cite& cite) {
  const auto* found = std::find_if(std::begin(kVendors), std::end(kVendors),
                                   [&](const Vendor& vendor) { return cite.title.starts_with(vendor.title); });
  return found == std::end(kVendors) ? std::string_view() : found->gateway;
}

}  // namespace

const lint::Cite* nearest_cite(const lint::Rule& rule, std::string_view gateway) {
  const auto first_of = [&](std::string_view wanted) -> const lint::Cite* {
    const auto found = std::find_if(rule.cites.begin(), rule.cites.end(),
                                    [&](const lint::Cite& cite) { return gateway_of(cite) == wanted; });
    return found == rule.cites.end() ? nullptr : &*found;
  };
  if (rule.cites.empty()) return nullptr;
  const lint::Cite& first = rule.cites.front();
  const std::string_view about = gateway_of(first);
  if (gateway.empty() || about.empty() || about == gateway) return &first;
  if (const lint::Cite* own = first_of(gateway)) return own;
  const lint::Cite* general = first_of({});
  return general ? general : &first;
}

}  // namespace tlsward::report
