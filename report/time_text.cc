#include "report/time_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace tlsward::report {
namespace {

std::tm utc(tls::Time time) {
  // The system clock counts nanoseconds, which end in 2262; certificates end in 9999.
  return fmt::gmtime(static_cast<std::time_t>(time.time_since_epoch().count()));
}

}  // namespace

std::string rfc3339(tls::Time time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc(time));
}

std::string rfc3339(std::chrono::sys_time<std::chrono::milliseconds> time) {
  const tls::Time seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", utc(seconds), (time - seconds).count());
}

std::string openssl_time(tls::Time time) {
  return fmt::format("{:%b %e %H:%M:%S %Y} GMT", utc(time));
}

std::string date(tls::Time time) {
  return fmt::format("{:%Y-%m-%d}", utc(time));
}

}  // namespace tlsward::report
