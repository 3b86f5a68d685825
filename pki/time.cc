#include "pki/time.h"

#include <chrono>
#include <ctime>

#include "pki/openssl_error.h"

namespace tlsward::pki {

Result<tls::Time> to_time(const ASN1_TIME* time) {
  std::tm parts{};
  // ASN1_TIME_to_tm takes a null pointer for "now".
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
    drop_openssl_errors();
    return Error{"no readable date"};
  }
  const std::chrono::year_month_day date{std::chrono::year{parts.tm_year + 1900},
                                         std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                         std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
  if (!date.ok()) return Error{"no readable date"};
  return tls::Time{std::chrono::sys_days{date}} + std::chrono::hours{parts.tm_hour} +
         std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
}

}  // namespace tlsward::pki
