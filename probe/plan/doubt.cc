#include "probe/plan/doubt.h"

#include <algorithm>
#include <array>

namespace tlsward::probe {
namespace {

// Answered connections that must follow the first, second and third drop. With a limit known, chance alone may drop a
// question often, so that more is asked for.
constexpr std::array<std::size_t, 3> kUsual = {1, 2, 1};
constexpr std::array<std::size_t, 6> kLimited = {1, 1, 2, 1, 2, 1};
constexpr std::size_t kMostDrops = 12;

std::size_t needed_after(std::size_t drops, bool limit) {
  if (limit) return kLimited[std::min(drops, kLimited.size()) - 1];
  return kUsual[std::min(drops, kUsual.size()) - 1];
}

}  // namespace

void Doubt::answered(std::optional<Plan::Number> question, Connection connection) {
  answered_.push_back(connection);
  if (!question) return;
  limit_ = limit_ || again_.contains(*question);
  again_.erase(*question);
}

Doubt::Advice Doubt::dropped(Plan::Number question, Connection connection) {
  Record record = again_[question];
  again_.erase(question);
  ++record.drops;
  record.last = connection;
  if (record.drops >= kMostDrops) return Advice::GiveUp;
  waiting_[question] = record;
  return Advice::Wait;
}

std::vector<Doubt::Ready> Doubt::take_ready() {
  std::vector<Ready> ready;
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto& [question, record] = *entry;
    if (answered_after(record.last) < needed_after(record.drops, limit_)) {
      ++entry;
      continue;
    }
    ready.push_back({question, record.drops >= (limit_ ? kLimited.size() : kUsual.size())});
    again_[question] = record;
    entry = waiting_.erase(entry);
  }
  return ready;
}

std::vector<Plan::Number> Doubt::take_all() {
  std::vector<Plan::Number> questions;
  for (const auto& [question, record] : waiting_) {
    questions.push_back(question);
    again_[question] = record;
  }
  waiting_.clear();
  return questions;
}

std::size_t Doubt::drops(Plan::Number question) const {
  const auto waiting = waiting_.find(question);
  if (waiting != waiting_.end()) return waiting->second.drops;
  const auto again = again_.find(question);
  return again == again_.end() ? 0 : again->second.drops;
}

std::size_t Doubt::answered_after(Connection connection) const {
  return static_cast<std::size_t>(
      std::count_if(answered_.begin(), answered_.end(), [&](Connection other) { return other > connection; }));
}

}  // namespace tlsward::probe
