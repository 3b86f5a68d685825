// What an interrupted run has done already (`--resume`).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "probe/newest.h"
#include "probe/target.h"

namespace tlsward::probe {

/// The endpoints that need no other scan (ResultStamp::settled), by the newest result of each.
class DoneSet {
 public:
  DoneSet() = default;
  /// Of all results of a file in any order, superseded ones among them.
  explicit DoneSet(std::span<const ResultStamp> stamps);

  /// True where `target` has a result with this server name (empty: none was sent), and each address of it that counts
  /// is settled. With --all-addresses that is not enough, since the run may have ended between two addresses of a name:
  /// ask for each address then.
  bool contains(const Target& target, std::string_view sni) const;
  /// The same for one address.
  bool contains(const ResultKey& key) const;

 private:
  /// Host, port, server name; then address to settled.
  std::map<std::tuple<std::string, std::uint16_t, std::string>, std::map<std::string, bool>> results_;
};

}  // namespace tlsward::probe
