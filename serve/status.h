// What the proxy says of itself on its own port.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "serve/answer.h"
#include "serve/http/message.h"
#include "serve/statistics.h"

namespace tlsward::serve {

/// What of the running program is no counter.
struct Running {
  std::string gateway, version;  // "KrakenD 2.13"; of tlsward
  std::chrono::system_clock::time_point since, configuration_since;
  std::vector<std::string> listening;   // "127.0.0.1:8443"
  std::vector<std::string> deviations;  // Site::deviations
};

/// GET /__status: JSON. GET /metrics: Prometheus' text format, version 0.0.4. GET /__health: 200. Others: 404.
Answer status_answer(const RequestHead& request, const Statistics& statistics, const Running& running,
                     std::chrono::system_clock::time_point now);

}  // namespace tlsward::serve
