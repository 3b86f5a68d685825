#include "serve/statistics.h"

namespace tlsward::serve {

void Statistics::count_negotiated(const std::string& what) {
  const std::lock_guard lock(mutex_);
  ++negotiated_[what];
}

std::map<std::string, std::uint64_t> Statistics::negotiated() const {
  const std::lock_guard lock(mutex_);
  return negotiated_;
}

}  // namespace tlsward::serve
