// What the main thread of `serve` waits for: signals, changed files, the end of the server.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tlsward::cli {

enum class ServeEvent : std::uint8_t {
  Reload,   // SIGHUP, or a watched file has changed and been quiet for a moment
  Stop,     // SIGINT or SIGTERM
  Stopped,  // `tell_stopped` was called
};

/// Made before other threads are started: they inherit the blocked signals. Used by one thread but for `tell_stopped`.
class ServeEvents {
 public:
  ServeEvents();
  ~ServeEvents();
  ServeEvents(const ServeEvents&) = delete;
  ServeEvents& operator=(const ServeEvents&) = delete;

  /// Watches these files in place of others: their directories, so that a file that is replaced by another of the same
  /// name is seen, too (symbolic links of mounted volumes among them).
  void watch(const std::vector<std::string>& files);
  /// Waits for the next one.
  ServeEvent next();
  /// From any thread.
  void tell_stopped();

 private:
  void read_changes();
  bool files_changed();

  int signals_ = -1, changes_ = -1, stopped_ = -1;
  std::vector<int> watches_;
  std::vector<std::string> files_;
  std::string state_;     // of the files, when they were last looked at
  bool changed_ = false;  // something in their directories has
};

}  // namespace tlsward::cli
