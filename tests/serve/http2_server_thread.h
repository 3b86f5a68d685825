// A plain-text HTTP/2 server on loopback, in a thread of its own, for peers that block.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <thread>

#include "core/task.h"
#include "net/address.h"
#include "net/listener.h"
#include "net/loop.h"
#include "serve/http/exchange.h"
#include "tests/serve/http2_answers.h"

namespace tlsward::test {

class Http2ServerThread {
 public:
  explicit Http2ServerThread(const serve::HttpLimits& limits = {}, serve::ExchangeHandler handler = answer_by_target);
  /// Interrupts what still runs.
  ~Http2ServerThread();
  Http2ServerThread(const Http2ServerThread&) = delete;
  Http2ServerThread& operator=(const Http2ServerThread&) = delete;

  const net::Address& address() const { return listener_.address(); }
  /// "http://127.0.0.1:PORT"
  std::string origin() const;
  /// Its own thread's; for handlers.
  net::Loop& loop() { return loop_; }
  /// Drains all connections.
  void drain();
  /// Connections whose `run` has ended; handlers that run, and that ran at most side by side.
  std::size_t ended() const { return ended_; }
  std::size_t handlers() const { return handlers_; }
  std::size_t most_handlers() const { return most_handlers_; }
  /// Waits until `count` connections have ended; false where they do not.
  bool wait_for_ended(std::size_t count) const;

 private:
  Task<void> accept_all();
  Task<void> serve_one(net::Stream stream);
  Task<void> handle(serve::ServerExchange& exchange);

  serve::HttpLimits limits_;
  serve::ExchangeHandler handler_;
  net::Loop loop_;
  net::Listener listener_;
  std::list<serve::ServerConnection*> open_;
  std::atomic<std::size_t> ended_{0}, handlers_{0}, most_handlers_{0};
  std::thread thread_;
};

}  // namespace tlsward::test
