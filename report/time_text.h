// Moments as text.
#pragma once

#include <chrono>
#include <string>

#include "tls/certificate.h"

namespace tlsward::report {

/// RFC 3339 in UTC, whole seconds: "2026-01-02T03:04:05Z".
std::string rfc3339(tls::Time time);
/// With milliseconds: "2026-01-02T03:04:05.678Z".
std::string rfc3339(std::chrono::sys_time<std::chrono::milliseconds> time);
/// "Feb 28 11:44:05 2023 GMT", as OpenSSL prints times.
std::string openssl_time(tls::Time time);
/// "2026-01-02".
std::string date(tls::Time time);

}  // namespace tlsward::report
