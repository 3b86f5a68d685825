// Deadlines in order: which of many waiting things gives up first.
#pragma once

#include <cstddef>
#include <vector>

#include "net/deadline.h"

namespace tlsward::net {

/// Something with a deadline. It must stay where it is while it is queued.
struct Timed {
  static constexpr std::size_t kNotQueued = static_cast<std::size_t>(-1);

  Deadline deadline{};
  std::size_t place = kNotQueued;  // the queue's own

  bool queued() const { return place != kNotQueued; }
};

/// A binary heap of Timed, none of them owned. Adding and removing cost O(log n), and next to nothing where deadlines
/// grow in the order in which they are added.
class DeadlineQueue {
 public:
  bool empty() const { return heap_.empty(); }
  /// The one with the earliest deadline. Not when empty.
  Timed& earliest() const { return *heap_.front(); }
  /// Adds `timed`, which is not queued.
  void add(Timed& timed);
  /// Takes `timed`, which is queued here, out.
  void remove(Timed& timed);

 private:
  void put(std::size_t place, Timed& timed);
  void rise(std::size_t place);
  void sink(std::size_t place);

  std::vector<Timed*> heap_;
};

}  // namespace tlsward::net
