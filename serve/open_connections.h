// The inbound connections of one thread that are past their handshake, so that they can be drained.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>

#include "net/deadline.h"
#include "serve/http/exchange.h"

namespace tlsward::serve {

class OpenConnections {
 public:
  /// Keeps a connection in the list as long as it lives.
  class Entry {
   public:
    Entry(OpenConnections& all, ServerConnection& connection);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

   private:
    friend OpenConnections;
    OpenConnections& all_;
    ServerConnection& connection_;
    net::Clock::time_point since_;
    bool draining_ = false;
    std::list<Entry*>::iterator place_;
  };

  /// All are drained, and those that come later at once.
  void drain();
  /// Drains those that are older than `lifetime`; 0: none.
  void drain_older(std::chrono::milliseconds lifetime, net::Clock::time_point now);
  std::size_t size() const { return entries_.size(); }

 private:
  std::list<Entry*> entries_;  // in the order in which they came
  bool draining_ = false;
};

}  // namespace tlsward::serve
