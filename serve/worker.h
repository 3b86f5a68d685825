// One thread of the proxy: a loop, its listeners, its connections and its pool.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/result.h"
#include "core/task.h"
#include "net/address.h"
#include "net/listener.h"
#include "net/loop.h"
#include "serve/inbound.h"
#include "serve/line_log.h"
#include "serve/open_connections.h"
#include "serve/options.h"
#include "serve/site.h"
#include "serve/statistics.h"

namespace tlsward::serve {

/// Where a port of a site is listened on.
struct ListenPlan {
  std::size_t port = 0;  // into Site::service.ports
  net::Address address;
};

/// Everything but `loop` is for the loop's own thread, or for before `run`.
class Worker {
 public:
  /// What is given outlives it. `access_log` may be null.
  Worker(const ServeOptions& options, Statistics& statistics, LineLog* access_log, LineLog& messages);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Opens what `plans` want and is not open yet; connections are taken from `adopt` on. Returns the address of each
  /// plan with its real port. Error: the first that cannot be opened; then nothing has changed.
  Result<std::vector<net::Address>> open(const std::vector<ListenPlan>& plans);
  /// New connections get `site`, those that are there keep theirs; listeners that the last `open` did not want are
  /// closed.
  void adopt(std::shared_ptr<const Site> site);
  /// Accepts nothing more and has every connection end. `run` returns when all have ended, or at `deadline`.
  void drain(net::Deadline deadline);
  /// Runs until drained, or until the loop is interrupted.
  void run() { loop_.run(); }
  net::Loop& loop() { return loop_; }

 private:
  struct Listening;

  Task<void> accept_all(std::shared_ptr<Listening> listening);
  Task<void> serve(net::Stream stream, std::size_t port);
  Task<void> keep_house();
  Task<void> end_at(net::Deadline deadline);
  void end_if_empty();

  const ServeOptions& options_;
  Statistics& statistics_;
  OpenConnections open_;
  std::size_t connections_ = 0, handshakes_ = 0;
  std::shared_ptr<Generation> generation_;
  std::vector<std::weak_ptr<Generation>> generations_;  // that connections may still use
  std::vector<std::shared_ptr<Listening>> listening_, wanted_;
  bool draining_ = false;
  net::Loop loop_;  // tasks in it use all of the above
  net::Event handshake_ended_;
  InboundSurroundings around_;
};

}  // namespace tlsward::serve
