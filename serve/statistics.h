// What has happened so far, counted by all threads; for /__status and /metrics.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace tlsward::serve {

/// Counters only rise; gauges (`connections_open`, `handshakes_open`, `requests_open`) go both ways.
struct Statistics {
  using Counter = std::atomic<std::uint64_t>;

  Counter connections = 0, connections_open = 0, connections_refused = 0;
  Counter handshakes_open = 0, handshakes_finished = 0, handshakes_resumed = 0, handshakes_failed = 0;
  Counter requests = 0, requests_open = 0;
  std::array<Counter, 6> responses_by_class{};  // [2]: statuses 200 to 299
  Counter bytes_from_clients = 0, bytes_to_clients = 0;
  Counter upstream_failures = 0;
  Counter reloads = 0, reloads_refused = 0;

  /// Finished handshakes by version and suite: {"TLS 1.3 TLS_AES_128_GCM_SHA256", 12}.
  void count_negotiated(const std::string& what);
  std::map<std::string, std::uint64_t> negotiated() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> negotiated_;
};

/// One up for as long as it lives.
class OpenCount {
 public:
  explicit OpenCount(Statistics::Counter& gauge) : gauge_(gauge) { gauge_.fetch_add(1, std::memory_order_relaxed); }
  ~OpenCount() { gauge_.fetch_sub(1, std::memory_order_relaxed); }
  OpenCount(const OpenCount&) = delete;
  OpenCount& operator=(const OpenCount&) = delete;

 private:
  Statistics::Counter& gauge_;
};

}  // namespace tlsward::serve
