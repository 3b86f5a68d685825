// Lines for a file or terminal, written by a thread of its own so that a slow reader or a full disk never holds up a
// connection.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace tlsward::serve {

class LineLog {
 public:
  /// Does not own `out`, which outlives it.
  explicit LineLog(std::FILE* out);
  /// Writes what is left.
  ~LineLog();
  LineLog(const LineLog&) = delete;
  LineLog& operator=(const LineLog&) = delete;

  /// Adds a line (without its end). From any thread; never waits for the file. At most 4 MiB wait to be written; lines
  /// beyond that are dropped, and once there is room a line says how many.
  void add(std::string_view line);
  /// The file took no bytes once: since then lines are lost.
  bool broken() const;

 private:
  void write_all();

  std::FILE* out_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  std::uint64_t dropped_ = 0;
  bool over_ = false, broken_ = false;
  std::thread writer_;
};

}  // namespace tlsward::serve
