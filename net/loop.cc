#include "net/loop.h"

#include <utility>

#include "net/loop_impl.h"

namespace tlsward::net {
namespace {

Task<void> run_and_count(Loop::Impl& loop, Task<void> task) {
  co_await task;
  if (--loop.running == 0) loop.reactor.stop();
}

}  // namespace

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

void Loop::spawn(Task<void> task) {
  ++impl_->running;
  impl_->spawned.push_back(std::move(task));
  if (impl_->spawned.size() > 1) return;
  impl_->reactor.post([impl = impl_.get()] { impl->start_spawned(); });
}

void Loop::Impl::start_spawned() {
  for (Task<void>& task : std::exchange(spawned, {})) tasks.spawn(run_and_count(*this, std::move(task)));
}

void Loop::run() {
  if (impl_->running > 0) impl_->reactor.run();
}

void Loop::interrupt() {
  if (impl_->interrupted.exchange(true)) return;
  impl_->reactor.post([impl = impl_.get()] { impl->waiters.interrupt(); });
}

bool Loop::interrupted() const {
  return impl_->interrupted;
}

void Loop::post(std::function<void()> function) {
  impl_->reactor.post(std::move(function));
}

Task<void> Loop::sleep_until(Deadline deadline) {
  co_await Waiter(impl_->waiters, deadline);
}

struct Event::Impl {
  WaitList list;
};

Event::Event(Loop& loop) : impl_(new Impl{WaitList(loop.impl().waiters)}) {}
Event::~Event() = default;

void Event::notify() {
  impl_->list.wake_all(Wake::Ready);
}

Task<bool> Event::wait_until(Deadline deadline) {
  co_return co_await Waiter(impl_->list, deadline) == Wake::Ready;
}

}  // namespace tlsward::net
