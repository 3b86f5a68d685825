#include "net/resolver_pool.h"

#include <signal.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace tlsward::net {
namespace {

/// Blocks signals in this thread while it lives. Threads inherit that: signals are for those who know what to do.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

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
    const NoSignals inherited;
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
