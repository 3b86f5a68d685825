#include "net/waiter.h"

#include <utility>

#include "net/reactor.h"

namespace tlsward::net {

Waiter::Waiter(Waiters& all, WaitList* list, Deadline until) : all_(all), list_(list) {
  deadline = until;
}

bool Waiter::await_ready() noexcept {
  if (all_.interrupted_) {
    why_ = Wake::Interrupted;
    return true;
  }
  return deadline <= Clock::now();
}

void Waiter::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  if (list_ != nullptr) enter(*list_);
  all_.add(*this);
}

void Waiter::enter(WaitList& list) {
  list_ = &list;
  before_ = list.last_;
  after_ = nullptr;
  (before_ != nullptr ? before_->after_ : list.first_) = this;
  list.last_ = this;
  ++list.size_;
}

void Waiter::leave_list() {
  if (!waiting_ || list_ == nullptr) return;
  (before_ != nullptr ? before_->after_ : list_->first_) = after_;
  (after_ != nullptr ? after_->before_ : list_->last_) = before_;
  --list_->size_;
  list_ = nullptr;
}

void Waiter::leave() {
  leave_list();
  if (queued()) all_.queue_.remove(*this);
}

void Waiter::resume(Wake why) {
  leave();
  why_ = why;
  std::exchange(waiting_, {}).resume();
}

WaitList::~WaitList() {
  wake_all(Wake::Closed);
}

void WaitList::resume_all(Wake why) {
  for (std::size_t left = size_; left > 0 && first_ != nullptr; --left) first_->resume(why);
}

void WaitList::wake_all(Wake why) {
  while (first_ != nullptr) all_.schedule(*first_, why);
}

void Waiters::add(Waiter& waiter) {
  queue_.add(waiter);
  if (waiter.deadline < alarm_) set_alarm();
}

// The alarm stays where it is when the waiter that it was set for goes on: most deadlines are far away and never come,
// and one alarm too many is cheaper than to move it for every read.
void Waiters::set_alarm() {
  alarm_ = queue_.empty() ? Deadline::max() : queue_.earliest().deadline;
  if (alarm_ != Deadline::max()) reactor_.set_alarm(alarm_);
}

void Waiters::expire() {
  const Deadline now = Clock::now();
  while (!queue_.empty() && queue_.earliest().deadline <= now)
    static_cast<Waiter&>(queue_.earliest()).resume(Wake::TimedOut);
  set_alarm();
}

void Waiters::interrupt() {
  interrupted_ = true;
  while (!queue_.empty()) static_cast<Waiter&>(queue_.earliest()).resume(Wake::Interrupted);
}

void Waiters::schedule(Waiter& waiter, Wake why) {
  waiter.leave();
  waiter.why_ = why;
  waiter.enter(ready_);
  if (std::exchange(resume_posted_, true)) return;
  reactor_.post([this] { resume_ready(); });
}

void Waiters::resume_ready() {
  resume_posted_ = false;
  for (std::size_t left = ready_.size_; left > 0 && !ready_.empty(); --left) ready_.first_->resume(ready_.first_->why_);
}

}  // namespace tlsward::net
