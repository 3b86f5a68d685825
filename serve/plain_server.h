// A small server of plain HTTP with a thread of its own: status and metrics, the echo upstream.
#pragma once

#include <memory>
#include <thread>

#include "core/result.h"
#include "net/address.h"
#include "net/listener.h"
#include "net/loop.h"
#include "serve/http/exchange.h"
#include "serve/http/limits.h"

namespace tlsward::serve {

class PlainServer {
 public:
  /// Has `handler` answer every request at `address`, in its own thread. Error: it cannot be listened on.
  static Result<std::unique_ptr<PlainServer>> start(const net::Address& address, ExchangeHandler handler);
  /// Ends at once.
  ~PlainServer();
  PlainServer(const PlainServer&) = delete;
  PlainServer& operator=(const PlainServer&) = delete;

  /// With its real port.
  const net::Address& address() const { return listener_->address(); }

 private:
  explicit PlainServer(ExchangeHandler handler) : handler_(std::move(handler)) {}
  Task<void> accept_all();
  Task<void> serve(net::Stream stream);

  ExchangeHandler handler_;
  HttpLimits limits_;
  net::Loop loop_;
  std::unique_ptr<net::Listener> listener_;
  std::thread thread_;
};

}  // namespace tlsward::serve
