#include "net/deadline_queue.h"

#include <cassert>

namespace tlsward::net {

void DeadlineQueue::add(Timed& timed) {
  assert(!timed.queued());
  heap_.push_back(&timed);
  timed.place = heap_.size() - 1;
  rise(timed.place);
}

void DeadlineQueue::remove(Timed& timed) {
  assert(timed.queued() && heap_[timed.place] == &timed);
  const std::size_t place = timed.place;
  Timed& last = *heap_.back();
  heap_.pop_back();
  timed.place = Timed::kNotQueued;
  if (&last == &timed) return;
  put(place, last);
  rise(place);
  sink(last.place);
}

void DeadlineQueue::put(std::size_t place, Timed& timed) {
  heap_[place] = &timed;
  timed.place = place;
}

void DeadlineQueue::rise(std::size_t place) {
  Timed& timed = *heap_[place];
  while (place > 0) {
    Timed& parent = *heap_[(place - 1) / 2];
    if (parent.deadline <= timed.deadline) break;
    const std::size_t above = parent.place;
    put(place, parent);
    place = above;
  }
  put(place, timed);
}

void DeadlineQueue::sink(std::size_t place) {
  Timed& timed = *heap_[place];
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1]->deadline < heap_[child]->deadline) ++child;
    if (timed.deadline <= heap_[child]->deadline) break;
    put(place, *heap_[child]);
    place = child;
  }
  put(place, timed);
}

}  // namespace tlsward::net
