// Ctrl-C and its like, as a call in an ordinary thread.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace tlsward::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP (unless it is ignored) call `action` once (in a thread of its own) in
/// place of ending the program; a second one ends it at once with 130. Make it before other threads are started: they
/// inherit the blocked signals.
class InterruptGuard {
 public:
  explicit InterruptGuard(std::function<void()> action);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  /// A signal came.
  bool happened() const { return happened_; }

 private:
  void wait(const std::function<void()>& action);

  std::atomic<bool> happened_ = false, over_ = false;
  std::thread thread_;
};

}  // namespace tlsward::cli
