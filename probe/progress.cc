#include "probe/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

constexpr net::Clock::duration kTerminalPause = 100ms;
constexpr net::Clock::duration kLogPause = 30s;
// ECMA-48: carriage return, and erase from there to the end of the line.
constexpr std::string_view kEraseLine = "\r\x1b[K";

std::string thousands(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// "0:07", "12:03", "26:00:00".
std::string clock_text(double seconds) {
  constexpr double kMost = 999.0 * 3600;
  const auto whole = static_cast<std::int64_t>(std::min(seconds, kMost) + 0.5);
  const std::int64_t hours = whole / 3600, minutes = whole / 60 % 60;
  if (hours == 0) return fmt::format("{}:{:02}", minutes, whole % 60);
  return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
}

}  // namespace

std::string progress_text(const Progress& progress, net::Clock::duration elapsed) {
  std::string text = thousands(progress.done);
  if (progress.total) text += fmt::format(" of {}", thousands(*progress.total));
  text += progress.done == 1 && !progress.total ? " host" : " hosts";
  text += fmt::format(", {} failed", thousands(progress.failed));
  const double seconds = std::chrono::duration<double>(elapsed).count();
  if (progress.done == 0 || seconds <= 0) return text;
  const double rate = static_cast<double>(progress.done) / seconds;
  text += fmt::format(", {:.1f} hosts/s", rate);
  if (!progress.total) return text;
  const std::uint64_t left = *progress.total - std::min(*progress.total, progress.done);
  return text + fmt::format(", {} left", clock_text(static_cast<double>(left) / rate));
}

ProgressLine::ProgressLine(bool terminal, net::Clock::time_point start)
    : terminal_(terminal), start_(start), last_(start) {}

std::optional<std::string> ProgressLine::update(const Progress& progress, net::Clock::time_point now) {
  if (now - last_ < (terminal_ ? kTerminalPause : kLogPause)) return {};
  last_ = now;
  const std::string text = progress_text(progress, now - start_);
  if (!terminal_) return text + "\n";
  shown_ = true;
  return std::string(kEraseLine) + text;
}

std::string ProgressLine::clear() {
  if (!shown_) return {};
  shown_ = false;
  return std::string(kEraseLine);
}

}  // namespace tlsward::probe
