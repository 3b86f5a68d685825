#include "net/resolver_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace tlsward::net {

/// What the pool and its threads share: it goes with the last of them.
struct ResolverPool::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> waiting;
  std::size_t threads = 0, idle = 0;
  bool closing = false;

  /// The next piece of work, as soon as there is one. Empty: the pool is gone.
  std::function<void()> next() {
    std::unique_lock lock(mutex);
    ++idle;
    changed.wait(lock, [this] { return closing || !waiting.empty(); });
    --idle;
    if (closing) return {};
    auto work = std::move(waiting.front());
    waiting.pop_front();
    return work;
  }
};

ResolverPool::ResolverPool() : shared_(std::make_shared<Shared>()) {}

ResolverPool::~ResolverPool() {
  std::deque<std::function<void()>> dropped;
  const std::lock_guard lock(shared_->mutex);
  shared_->closing = true;
  dropped.swap(shared_->waiting);
  shared_->changed.notify_all();
}

bool ResolverPool::run(std::function<void()> work) {
  const std::lock_guard lock(shared_->mutex);
  shared_->waiting.push_back(std::move(work));
  shared_->changed.notify_one();
  if (shared_->waiting.size() <= shared_->idle || shared_->threads == kMaxThreads) return true;
  try {
    std::thread([shared = shared_] {
      while (const auto work_now = shared->next()) work_now();
    }).detach();
    ++shared_->threads;
  } catch (const std::system_error&) {
    if (shared_->threads > 0) return true;
    shared_->waiting.pop_back();
    return false;
  }
  return true;
}

}  // namespace tlsward::net
