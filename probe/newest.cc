#include "probe/newest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace tlsward::probe {
namespace {

/// The results of one host and port that may count, by index.
struct Endpoint {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> by_address;  // and server name
  std::optional<std::size_t> without_address;
};

class Chooser {
 public:
  explicit Chooser(std::span<const ResultStamp> stamps) : stamps_(stamps) {}

  /// True where the result with index `a` counts more than the one with index `b`.
  bool newer(std::size_t a, std::size_t b) const {
    return std::tuple(stamps_[a].started, stamps_[a].complete, a) >
           std::tuple(stamps_[b].started, stamps_[b].complete, b);
  }

  void add(Endpoint& endpoint, std::size_t index) const {
    const ResultKey& key = stamps_[index].key;
    if (key.address.empty()) {
      if (!endpoint.without_address || newer(index, *endpoint.without_address)) endpoint.without_address = index;
      return;
    }
    const auto [place, is_first] = endpoint.by_address.try_emplace({key.address, key.sni}, index);
    if (!is_first && newer(index, place->second)) place->second = index;
  }

  void choose(const Endpoint& endpoint, std::vector<std::size_t>& chosen) const {
    bool any = false;
    for (const auto& [address, index] : endpoint.by_address) {
      if (endpoint.without_address && newer(*endpoint.without_address, index)) continue;
      chosen.push_back(index);
      any = true;
    }
    if (!any && endpoint.without_address) chosen.push_back(*endpoint.without_address);
  }

 private:
  std::span<const ResultStamp> stamps_;
};

bool is_settled(const HostResult& result) {
  const Trouble::Kind kind = result.trouble.kind;
  return result.is_complete() || kind == Trouble::Kind::Refused || kind == Trouble::Kind::NotTls;
}

}  // namespace

ResultKey key_of(const HostResult& result) {
  return {result.host, result.port, result.address, result.sni};
}

ResultStamp stamp_of(const HostResult& result) {
  return {key_of(result), result.started, result.is_complete(), is_settled(result)};
}

std::vector<std::size_t> newest(std::span<const ResultStamp> stamps) {
  const Chooser chooser(stamps);
  std::map<std::pair<std::string_view, std::uint16_t>, Endpoint> endpoints;
  for (std::size_t i = 0; i < stamps.size(); ++i) chooser.add(endpoints[{stamps[i].key.host, stamps[i].key.port}], i);
  std::vector<std::size_t> chosen;
  for (const auto& [place, endpoint] : endpoints) chooser.choose(endpoint, chosen);
  return chosen;
}

}  // namespace tlsward::probe
