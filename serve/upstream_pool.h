// Connections to upstreams, kept for the next request. One thread's own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/task.h"
#include "net/deadline.h"
#include "net/loop.h"
#include "serve/http/exchange.h"
#include "serve/options.h"
#include "serve/site.h"

namespace tlsward::serve {

/// Why an upstream gave nothing.
struct UpstreamFailure {
  int status = 502;     // 502, 503 or 504
  std::string error;    // type of RFC 9209, 2.3: "connection_refused", "tls_certificate_error"
  std::string details;  // one line for logs, with the key of the configuration to change where there is one
};
/// A failure of an exchange that was under way; `reading`: while its response was read.
UpstreamFailure exchange_failure(const net::Failure& failure, bool reading);

class UpstreamPool {
 public:
  struct Connection;
  /// An exchange, and the connection that it is on: both are given back when it goes away.
  class Lease {
   public:
    Lease(std::shared_ptr<Connection> connection, std::unique_ptr<ClientExchange> exchange, bool reused);
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    ClientExchange& exchange() { return *exchange_; }
    /// The connection has served before: it may have been closed by the upstream at any moment since.
    bool reused() const { return reused_; }

   private:
    std::shared_ptr<Connection> connection_;
    std::unique_ptr<ClientExchange> exchange_;
    bool reused_;
  };

  /// `loop` and `options` outlive it.
  UpstreamPool(net::Loop& loop, std::shared_ptr<const Site> site, const ServeOptions& options);
  ~UpstreamPool();
  UpstreamPool(const UpstreamPool&) = delete;
  UpstreamPool& operator=(const UpstreamPool&) = delete;

  /// An exchange with site.upstreams[upstream], on a connection that is there (unless `fresh`) or on a new one.
  Task<Result<Lease, UpstreamFailure>> begin(std::size_t upstream, bool fresh);
  /// Closes what has been idle for too long, and what the other side has closed.
  void sweep(net::Clock::time_point now);
  std::size_t connections() const;

 private:
  Task<Result<std::shared_ptr<Connection>, UpstreamFailure>> connect(const Upstream& upstream);
  void drop_unusable(std::size_t upstream);

  net::Loop& loop_;
  std::shared_ptr<const Site> site_;
  const ServeOptions& options_;
  std::vector<std::vector<std::shared_ptr<Connection>>> by_upstream_;
};

}  // namespace tlsward::serve
