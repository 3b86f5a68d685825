#include "probe/plan/pace.h"

#include <algorithm>

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

// A limit of a few connections a second is what firewalls and fail2ban's like have; 2 s is as slow as a scan may get
// and still end.
constexpr Pace::Clock::duration kFirstGap = 100ms, kLongestGap = 2s;

// The pause settles where every second connection is dropped: half of what the limit wants, or less where connections
// take long themselves.
constexpr int kRest = 4;
constexpr Pace::Clock::duration kShortestRest = 500ms;

}  // namespace

Pace::Clock::time_point Pace::earliest() const {
  if (!resting_) return last_ + gap_;
  return last_ + std::max(gap_, std::clamp<Clock::duration>(gap_ * kRest, kShortestRest, kLongestGap));
}

void Pace::opened(Clock::time_point now) {
  last_ = now;
  resting_ = false;
}

void Pace::limit_found() {
  if (!limited_) gap_ = std::max<Clock::duration>(gap_, kFirstGap);
  limited_ = careful_ = true;
  window_ = 1;
}

void Pace::slowed() {
  constexpr int kLeast = 2;
  if (window_ > kLeast) --window_;
}

void Pace::one_at_a_time() {
  careful_ = true;
  window_ = 1;
}

// 3/2 times 2/3 is 1: where every second connection is dropped whatever the pause, the pause does not grow.
void Pace::answered() {
  if (limited_) gap_ = std::max<Clock::duration>(least_gap_, gap_ * 2 / 3);
}

void Pace::dropped() {
  if (limited_) gap_ = std::min<Clock::duration>(kLongestGap, std::max<Clock::duration>(gap_, 10ms) * 3 / 2);
}

}  // namespace tlsward::probe
