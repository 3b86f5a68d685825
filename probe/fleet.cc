#include "probe/fleet.h"

#include <sys/resource.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace tlsward::probe {

Fleet::Fleet(const FleetOptions& options, std::function<std::optional<Target>()> next,
             std::function<void(HostResult)> done)
    : options_(options), next_(std::move(next)), done_(std::move(done)) {
  const int threads = std::clamp(options.threads, 1, std::max(1, options.concurrency));
  for (int i = 0; i < threads; ++i) loops_.push_back(std::make_unique<net::Loop>());
}

void Fleet::run() {
  const int threads = static_cast<int>(loops_.size());
  for (int i = 0; i < options_.concurrency; ++i) {
    net::Loop& loop = *loops_[static_cast<std::size_t>(i % threads)];
    loop.spawn(work(loop));
  }
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < loops_.size(); ++i) others.emplace_back([&loop = *loops_[i]] { loop.run(); });
  loops_.front()->run();
}

void Fleet::interrupt() {
  for (const auto& loop : loops_) loop->interrupt();
}

bool Fleet::interrupted() const {
  return loops_.front()->interrupted();
}

std::optional<Target> Fleet::take() {
  const std::lock_guard lock(taking_);
  return next_();
}

void Fleet::give(HostResult result) {
  const std::lock_guard lock(giving_);
  done_(std::move(result));
}

Task<void> Fleet::work(net::Loop& loop) {
  while (!loop.interrupted()) {
    std::optional<Target> target = take();
    if (!target) co_return;
    co_await scan(loop, std::move(*target), options_.scan, [this](HostResult result) { give(std::move(result)); });
  }
}

int possible_concurrency(int wanted, int connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  // Standard streams, output files, event loops, the resolver's sockets.
  constexpr rlim_t kOwn = 64;
  const rlim_t free = limit.rlim_cur > kOwn ? limit.rlim_cur - kOwn : 1;
  const auto possible = static_cast<std::int64_t>(std::min<rlim_t>(free, 1 << 24)) / std::max(1, connections);
  return static_cast<int>(std::clamp<std::int64_t>(possible, 1, std::max(1, wanted)));
}

}  // namespace tlsward::probe
