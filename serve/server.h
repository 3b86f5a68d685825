// The proxy as a whole: its threads, and what is done to all of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/result.h"
#include "net/address.h"
#include "net/failure.h"
#include "serve/line_log.h"
#include "serve/options.h"
#include "serve/site.h"
#include "serve/statistics.h"
#include "serve/worker.h"

namespace tlsward::serve {

/// A socket that connections are taken from.
struct ListeningAddress {
  std::size_t port = 0;  // into Site::service.ports
  net::Address address;  // with its real port
};

/// Used by one thread, which is none of its own.
class Server {
 public:
  /// Listens and serves. What is given outlives it; `access_log` may be null. Error: an address that cannot be listened
  /// on.
  static Result<std::unique_ptr<Server>> start(const ServeOptions& options, std::shared_ptr<const Site> site,
                                               LineLog* access_log, LineLog& messages);
  /// Ends at once what is left.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  const std::vector<ListeningAddress>& listening() const { return listening_; }
  Statistics& statistics() { return statistics_; }
  std::shared_ptr<const Site> site() const { return site_; }

  /// Serves another configuration from the next connection on. Error: an address that cannot be listened on; then all
  /// stays as it is.
  Result<Nothing> replace(std::shared_ptr<const Site> site);
  /// Accepts nothing more; what is under way may go on until the deadline of the options.
  void drain();
  /// Waits until all threads have ended, as they do after `drain`. `ended` is called (in a thread of its own) when they
  /// have.
  void when_ended(std::function<void()> ended);

 private:
  Server(const ServeOptions& options, LineLog* access_log, LineLog& messages);
  Result<std::vector<ListeningAddress>> open(const Site& site);
  void run();

  const ServeOptions& options_;
  Statistics statistics_;
  std::shared_ptr<const Site> site_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::thread> threads_;
  std::thread ending_;
  std::vector<ListeningAddress> listening_;
  bool running_ = false;
};

}  // namespace tlsward::serve
