// A long way on one machine: two network namespaces whose packets arrive later. `delay MILLISECONDS` prints
// "near PID far PID" and runs until it is ended. Each process named stands in one namespace (nsenter -t PID -n), in
// which the device "way" leads to the other one; addresses and routes are the caller's business. Whoever has no rights
// on the machine starts it with unshare -Ur.
//
// A packet waits in user space, because the kernel's own delay (netem) is a module that many machines lack. The
// namespaces end with their last process, so there is nothing to clean up.
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

void enter_new_namespace() {
  if (unshare(CLONE_NEWNET) != 0) fail("delay: cannot make a network namespace");
}

/// The descriptor of "way" in the namespace of the caller; it stays in that namespace.
int make_device() {
  const int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) fail("delay: /dev/net/tun");
  ifreq request{};
  std::strcpy(request.ifr_name, "way");
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(device, TUNSETIFF, &request) != 0) fail("delay: cannot make a device");
  return device;
}

/// A process that keeps the caller's namespace and ends with the caller.
pid_t hold_namespace() {
  const pid_t child = fork();
  if (child < 0) fail("delay: fork");
  if (child > 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) pause();
}

/// One direction. All packets wait equally long, so they leave in the order in which they came.
class Way {
 public:
  Way(int from, int to, Clock::duration delay) : from_(from), to_(to), delay_(delay) {}

  void take_in() {
    std::array<char, 65536> buffer;
    for (;;) {
      const ssize_t size = read(from_, buffer.data(), buffer.size());
      if (size <= 0) return;
      waiting_.push_back({Clock::now() + delay_, {buffer.data(), buffer.data() + size}});
    }
  }

  void let_out() {
    while (!waiting_.empty() && waiting_.front().when <= Clock::now()) {
      const std::vector<char>& bytes = waiting_.front().bytes;
      // A full device drops the packet, as a full router does.
      [[maybe_unused]] const ssize_t sent = write(to_, bytes.data(), bytes.size());
      waiting_.pop_front();
    }
  }

  Clock::time_point next() const { return waiting_.empty() ? Clock::time_point::max() : waiting_.front().when; }

 private:
  struct Packet {
    Clock::time_point when;
    std::vector<char> bytes;
  };
  int from_, to_;
  Clock::duration delay_;
  std::deque<Packet> waiting_;
};

/// Sleeps until a packet comes or one is due.
void wait_for(pollfd* devices, Clock::time_point due) {
  timespec pause{};
  const bool forever = due == Clock::time_point::max();
  if (!forever) {
    const auto left = std::chrono::nanoseconds(std::max(Clock::duration::zero(), due - Clock::now())).count();
    pause = {left / 1'000'000'000, left % 1'000'000'000};
  }
  ppoll(devices, 2, forever ? nullptr : &pause, nullptr);
}

/// Punctual even where the machine is busy, as far as we are allowed to be.
void be_punctual() {
  const sched_param priority{1};
  sched_setscheduler(0, SCHED_FIFO, &priority);
  prctl(PR_SET_TIMERSLACK, 1);
}

}  // namespace

int main(int argc, char** argv) {
  const double milliseconds = argc == 2 ? std::atof(argv[1]) : 0;
  if (milliseconds <= 0) {
    std::fprintf(stderr, "usage: delay MILLISECONDS (one way, above 0)\n");
    return 2;
  }
  enter_new_namespace();
  const int near = make_device();
  const pid_t holder = hold_namespace();
  enter_new_namespace();
  const int far = make_device();
  std::printf("near %d far %d\n", holder, getpid());
  std::fflush(stdout);

  be_punctual();
  const auto delay =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(milliseconds));
  Way there(near, far, delay), back(far, near, delay);
  std::array<pollfd, 2> devices = {{{near, POLLIN, 0}, {far, POLLIN, 0}}};
  for (;;) {
    wait_for(devices.data(), std::min(there.next(), back.next()));
    for (Way* way : {&there, &back}) {
      way->take_in();
      way->let_out();
    }
  }
}
