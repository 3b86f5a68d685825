#include "serve/open_connections.h"

#include <iterator>
#include <utility>

namespace tlsward::serve {

OpenConnections::Entry::Entry(OpenConnections& all, ServerConnection& connection)
    : all_(all), connection_(connection), since_(net::Clock::now()) {
  all_.entries_.push_back(this);
  place_ = std::prev(all_.entries_.end());
  if (all_.draining_) connection_.drain();
}

OpenConnections::Entry::~Entry() {
  all_.entries_.erase(place_);
}

void OpenConnections::drain() {
  draining_ = true;
  for (Entry* entry : entries_) {
    if (!std::exchange(entry->draining_, true)) entry->connection_.drain();
  }
}

void OpenConnections::drain_older(std::chrono::milliseconds lifetime, net::Clock::time_point now) {
  if (lifetime.count() == 0) return;
  for (Entry* entry : entries_) {
    if (now - entry->since_ < lifetime) return;
    if (!std::exchange(entry->draining_, true)) entry->connection_.drain();
  }
}

}  // namespace tlsward::serve
