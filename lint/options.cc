#include "lint/options.h"

#include <fmt/format.h>

#include <chrono>

namespace tlsward::lint {
namespace {

/// The `length` digits at `offset` as a number; -1 where something else stands there.
int digits(std::string_view text, std::size_t offset, std::size_t length) {
  if (offset + length > text.size()) return -1;
  int value = 0;
  for (char c : text.substr(offset, length)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Result<tls::Time> parse_time(std::string_view text) {
  using namespace std::chrono;
  const Error error{fmt::format("'{}' is no date; accepted are 2026-11-22 and 2026-11-22T10:00:00Z", text)};
  constexpr std::size_t kDate = std::string_view("2026-11-22").size();
  constexpr std::size_t kDateTime = std::string_view("2026-11-22T10:00:00Z").size();
  if (text.size() != kDate && text.size() != kDateTime) return error;
  const int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (y < 0 || m < 0 || d < 0 || text[4] != '-' || text[7] != '-') return error;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return error;
  tls::Time time{sys_days{date}};
  if (text.size() == kDate) return time;
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return error;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return error;
  return time + hours{hour} + minutes{minute} + seconds{second};
}

}  // namespace tlsward::lint
