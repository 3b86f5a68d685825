#include "cli/serve_events.h"

#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <set>
#include <utility>

namespace tlsward::cli {
namespace {

/// Editors and deployments write in several steps.
constexpr int kQuietMilliseconds = 200;
constexpr std::uint32_t kChanges = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE;

int open_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Changes where a file was written or replaced.
std::string state_of(const std::vector<std::string>& files) {
  std::string state;
  for (const std::string& file : files) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
      state += "missing;";
      continue;
    }
    state += fmt::format("{} {} {} {};", status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  }
  return state;
}

void close_open(int fd) {
  if (fd >= 0) ::close(fd);
}

}  // namespace

ServeEvents::ServeEvents()
    : signals_(open_signals()),
      changes_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      stopped_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

ServeEvents::~ServeEvents() {
  for (const int fd : {signals_, changes_, stopped_}) close_open(fd);
}

void ServeEvents::watch(const std::vector<std::string>& files) {
  for (const int watch : watches_) ::inotify_rm_watch(changes_, watch);
  watches_.clear();
  files_ = files;
  state_ = state_of(files);
  std::set<std::string> directories;
  for (const std::string& file : files) {
    std::error_code ignored;
    std::filesystem::path directory = std::filesystem::absolute(file, ignored).parent_path();
    directories.insert(directory.string());
    // What a symbolic link points to may be changed in its own place.
    const std::filesystem::path real = std::filesystem::canonical(file, ignored);
    if (!ignored) directories.insert(real.parent_path().string());
  }
  for (const std::string& directory : directories) {
    const int watch = ::inotify_add_watch(changes_, directory.c_str(), kChanges);
    if (watch >= 0) watches_.push_back(watch);
  }
}

void ServeEvents::read_changes() {
  alignas(inotify_event) std::array<char, 4096> buffer;
  while (::read(changes_, buffer.data(), buffer.size()) > 0) changed_ = true;
}

bool ServeEvents::files_changed() {
  std::string state = state_of(files_);
  if (state == state_) return false;
  state_ = std::move(state);
  return true;
}

ServeEvent ServeEvents::next() {
  for (;;) {
    std::array<pollfd, 3> wanted = {{{signals_, POLLIN, 0}, {changes_, POLLIN, 0}, {stopped_, POLLIN, 0}}};
    const int ready = ::poll(wanted.data(), wanted.size(), changed_ ? kQuietMilliseconds : -1);
    if (ready == 0 && changed_) {
      changed_ = false;
      if (files_changed()) return ServeEvent::Reload;
      continue;
    }
    if (wanted[2].revents != 0) return ServeEvent::Stopped;
    signalfd_siginfo signal{};
    if (wanted[0].revents != 0 && ::read(signals_, &signal, sizeof signal) == sizeof signal)
      return signal.ssi_signo == SIGHUP ? ServeEvent::Reload : ServeEvent::Stop;
    if (wanted[1].revents != 0) read_changes();
  }
}

void ServeEvents::tell_stopped() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stopped_, &one, sizeof one);
}

}  // namespace tlsward::cli
