#include "report/rfc3339_read.h"

#include <algorithm>
#include <charconv>

namespace tlsward::report {
namespace {

constexpr std::chrono::year kFirstYear{0}, kYearAfter{10'000};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a text apart from its front; what does not fit makes everything after it fail.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int digits(std::size_t count, int least, int most) {
    const std::string_view part = rest_.substr(0, count);
    int value = 0;
    std::from_chars(part.data(), part.data() + part.size(), value);
    ok_ = ok_ && part.size() == count && std::all_of(part.begin(), part.end(), is_digit) && value >= least &&
          value <= most;
    rest_.remove_prefix(part.size());
    return value;
  }
  void expect(char c) { ok_ = take(c) && ok_; }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view all_digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const std::string_view part = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    ok_ = ok_ && !part.empty();
    rest_.remove_prefix(part.size());
    return part;
  }
  bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::chrono::milliseconds fraction(Scanner& scan) {
  if (!scan.take('.')) return {};
  const std::string_view digits = scan.all_digits();
  int value = 0;
  for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return std::chrono::milliseconds{value};
}

std::chrono::minutes offset(Scanner& scan) {
  if (scan.take('Z') || scan.take('z')) return {};
  const bool minus = scan.take('-');
  if (!minus) scan.expect('+');
  const std::chrono::hours hours{scan.digits(2, 0, 23)};
  scan.expect(':');
  const std::chrono::minutes all = hours + std::chrono::minutes{scan.digits(2, 0, 59)};
  return minus ? -all : all;
}

}  // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_rfc3339(std::string_view text) {
  Scanner scan(text);
  const std::chrono::year year{scan.digits(4, 0, 9999)};
  scan.expect('-');
  const std::chrono::month month{static_cast<unsigned>(scan.digits(2, 1, 12))};
  scan.expect('-');
  const std::chrono::day day{static_cast<unsigned>(scan.digits(2, 1, 31))};
  if (!scan.take('t')) scan.expect('T');
  const std::chrono::hours hours{scan.digits(2, 0, 23)};
  scan.expect(':');
  const std::chrono::minutes minutes{scan.digits(2, 0, 59)};
  scan.expect(':');
  const std::chrono::seconds seconds{scan.digits(2, 0, 59)};
  const std::chrono::milliseconds milliseconds = fraction(scan);
  const std::chrono::minutes east = offset(scan);
  const std::chrono::year_month_day date{year, month, day};
  if (!scan.finished() || !date.ok()) return {};
  const auto time = std::chrono::sys_days{date} + hours + minutes + seconds + milliseconds - east;
  // An offset may lead out of the years that can be written.
  if (time < std::chrono::sys_days{kFirstYear / 1 / 1} || time >= std::chrono::sys_days{kYearAfter / 1 / 1}) return {};
  return time;
}

}  // namespace tlsward::report
