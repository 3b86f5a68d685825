#include "probe/done.h"

#include <algorithm>

namespace tlsward::probe {

DoneSet::DoneSet(std::span<const ResultStamp> stamps) {
  for (const std::size_t index : newest(stamps)) {
    const auto& [key, started, complete, settled] = stamps[index];
    results_[{key.host, key.port, key.sni}][key.address] = settled;
  }
}

bool DoneSet::contains(const Target& target, std::string_view sni) const {
  const auto found = results_.find({target.host, target.port, std::string(sni)});
  if (found == results_.end()) return false;
  return std::all_of(found->second.begin(), found->second.end(), [](const auto& entry) { return entry.second; });
}

bool DoneSet::contains(const ResultKey& key) const {
  const auto found = results_.find({key.host, key.port, key.sni});
  if (found == results_.end()) return false;
  const auto address = found->second.find(key.address);
  return address != found->second.end() && address->second;
}

}  // namespace tlsward::probe
