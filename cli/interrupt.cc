#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>

#include "cli/exit_code.h"

namespace tlsward::cli {
namespace {

/// Under nohup the end of the terminal is nothing to stop for.
bool is_ignored(int number) {
  struct sigaction now {};
  return ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

// SIGUSR2 wakes the thread for the end.
sigset_t signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&set, number);
  if (!is_ignored(SIGHUP)) sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

InterruptGuard::InterruptGuard(std::function<void()> action) {
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this, act = std::move(action)] { wait(act); });
}

InterruptGuard::~InterruptGuard() {
  over_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
  const sigset_t set = signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void InterruptGuard::wait(const std::function<void()>& action) {
  const sigset_t set = signals();
  while (!over_) {
    int number = 0;
    if (sigwait(&set, &number) != 0 || number == SIGUSR2) continue;
    if (happened_.exchange(true)) _exit(kInterrupted);
    action();
  }
}

}  // namespace tlsward::cli
