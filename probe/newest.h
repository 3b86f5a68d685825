// Several results of one endpoint: which of them counts. What merge, diff and resume have in common.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "probe/result.h"

namespace tlsward::probe {

/// Two results with the same key are about the same thing. Ordered by host, then port, address and server name.
struct ResultKey {
  std::string host;
  std::uint16_t port = 0;
  std::string address;  // empty where there was none
  std::string sni;
  friend auto operator<=>(const ResultKey&, const ResultKey&) = default;
};
ResultKey key_of(const HostResult& result);

/// What there is to know of a result to choose between several; small where the result is large.
struct ResultStamp {
  ResultKey key;
  std::chrono::sys_time<std::chrono::milliseconds> started{};
  bool complete = false;
  /// Another scan would tell nothing new: the result is complete, or the port answered and it was no TLS (`refused`,
  /// `not-tls`). Everything else (time-outs, interrupted scans, names that did not resolve, lists with a gap) may come
  /// out better the next time.
  bool settled = false;
};
ResultStamp stamp_of(const HostResult& result);

/// The results that count, as indexes into `stamps`, ordered by key. Of results with the same key the newest counts; of
/// those that started at the same moment the complete one, then the last. A result without an address speaks for all
/// addresses of its host and port: it counts only where it is newer than all of theirs, and then theirs do not.
std::vector<std::size_t> newest(std::span<const ResultStamp> stamps);

}  // namespace tlsward::probe
