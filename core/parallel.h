// One piece of work for each index, on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tlsward {

/// Calls `work(index)` for 0 to `count` - 1, each once, on up to `threads` threads (0: as many as the machine has
/// cores); comes back when all are done. Calls run in no special order: results belong into places of their own. The
/// first exception ends the handing out and is thrown here.
template <class Work>
void for_each_index(std::size_t count, std::size_t threads, const Work& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (std::size_t index = 0; index < count; ++index) work(index);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr problem;
  std::mutex guard;
  const auto take = [&] {
    try {
      for (std::size_t index = next++; index < count; index = next++) work(index);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!problem) problem = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < threads; ++i) pool.emplace_back(take);
    take();
  }
  if (problem) std::rethrow_exception(problem);
}

}  // namespace tlsward
