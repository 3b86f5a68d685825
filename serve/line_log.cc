#include "serve/line_log.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <utility>

#include "core/print.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kMaxWaiting = std::size_t{4} << 20;

/// Signals are for the threads that know what to do with them.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

LineLog::LineLog(std::FILE* out)
    : out_(out), writer_([this] {
        block_signals();
        write_all();
      }) {}

LineLog::~LineLog() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  writer_.join();
}

void LineLog::add(std::string_view line) {
  {
    const std::lock_guard lock(mutex_);
    if (broken_) return;
    if (waiting_.size() + line.size() > kMaxWaiting) {
      ++dropped_;
      return;
    }
    if (dropped_ > 0) waiting_ += fmt::format("{{\"lines_dropped\":{}}}\n", std::exchange(dropped_, 0));
    waiting_ += line;
    waiting_ += '\n';
  }
  changed_.notify_one();
}

bool LineLog::broken() const {
  const std::lock_guard lock(mutex_);
  return broken_;
}

void LineLog::write_all() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::string text = std::exchange(waiting_, {});
    lock.unlock();
    print_to(out_, "{}", text);
    const bool written = std::fflush(out_) == 0 && std::ferror(out_) == 0;
    lock.lock();
    if (!written) broken_ = true;
  }
}

}  // namespace tlsward::serve
