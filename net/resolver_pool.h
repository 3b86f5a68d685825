// Threads that ask the system's resolver. Private to net/.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace tlsward::net {

/// Runs blocking work in up to `kMaxThreads` threads, started as they are needed. Work may hang for as long as it
/// likes: nothing here ever waits for it, and a thread that hangs ends by itself some day, when the pool may be gone.
class ResolverPool {
 public:
  static constexpr std::size_t kMaxThreads = 8;

  ResolverPool();
  /// Work that has not begun is dropped.
  ~ResolverPool();
  ResolverPool(const ResolverPool&) = delete;
  ResolverPool& operator=(const ResolverPool&) = delete;

  /// Has `work` done by one of the threads. False: there is no thread and none can be started.
  bool run(std::function<void()> work);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace tlsward::net
