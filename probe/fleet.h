// Many scans at once: one event loop for each processor, each with its share of the hosts that are under way.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "net/loop.h"
#include "probe/result.h"
#include "probe/scan.h"
#include "probe/target.h"

namespace tlsward::probe {

struct FleetOptions {
  int concurrency = 100;  // hosts under way at a time
  int threads = 1;        // event loops
  ScanOptions scan;
};

/// A run over targets that come one after the other.
class Fleet {
 public:
  /// `next` gives targets until it gives none; `done` takes results. Neither is called by two threads at once, `done`
  /// maybe by another thread than `next` at the same time. `options` is kept by reference.
  Fleet(const FleetOptions& options, std::function<std::optional<Target>()> next, std::function<void(HostResult)> done);

  /// Returns when every target has a result, or soon after `interrupt`.
  void run();
  /// Ends all scans soon; what they know is in their results. From any thread.
  void interrupt();
  bool interrupted() const;

 private:
  std::optional<Target> take();
  void give(HostResult result);
  Task<void> work(net::Loop& loop);

  const FleetOptions& options_;
  std::function<std::optional<Target>()> next_;
  std::function<void(HostResult)> done_;
  std::mutex taking_, giving_;
  std::vector<std::unique_ptr<net::Loop>> loops_;
};

/// Raises the limit of open descriptors as far as it goes, and gives how many hosts can then be under way with
/// `connections` each; at least 1, at most `wanted`.
int possible_concurrency(int wanted, int connections);

}  // namespace tlsward::probe
