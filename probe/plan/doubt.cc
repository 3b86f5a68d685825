#include "probe/plan/doubt.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tlsward::probe {
namespace {

// Answered connections that must follow the first, second and third drop.
constexpr std::array<std::size_t, 3> kUsual = {1, 2, 1};
// Before the drop that decides nothing else may have been dropped for so many answers: a limit that is a little slower
// than the scan drops something all the time.
constexpr std::size_t kCalm = 3;
// With a limit known, chance alone may drop a question often: then no number of drops is a refusal.
constexpr std::size_t kMostDrops = 24;
// As many as a server drops at once that answers other hellos: a burst was used up, more likely.
constexpr std::size_t kSuspicious = 4;

// A limit drops at its leisure right behind a connection that it let through, but hardly right behind one that it
// dropped. So that is where a question is asked again. Where nothing is dropped for a while, it comes after so many
// answers that no limit of every nth connection meets it each time.
std::size_t answers_in_a_row(std::size_t drops) {
  return 3 + drops % 3;
}

}  // namespace

void Doubt::answered(std::optional<Plan::Number> question, Connection connection) {
  answered_.push_back(connection);
  ++answers_in_a_row_;
  dropped_in_a_row_ = 0;
  see(connection, /*limited=*/false);
  if (!question) return;
  if (again_.contains(*question)) find_limit();
  again_.erase(*question);
}

Doubt::Advice Doubt::dropped(Plan::Number question, Connection connection) {
  Record record = again_[question];
  again_.erase(question);
  ++record.drops;
  record.last = connection;
  ++dropped_in_a_row_;
  // What is dropped again may be so for its content.
  see(connection, /*limited=*/record.drops == 1);
  if (record.drops >= kMostDrops) return Advice::GiveUp;
  waiting_[question] = record;
  return Advice::Wait;
}

void Doubt::control_dropped(Connection connection) {
  see(connection, /*limited=*/true);
  find_limit();
}

bool Doubt::suspects_limit() const {
  return !limit_ && dropped_in_a_row_ >= kSuspicious;
}

void Doubt::see(Connection connection, bool limited) {
  answers_in_a_row_ = limited ? 0 : answers_in_a_row_;
  if (connection > latest_.connection) latest_ = {connection, limited};
}

// What was dropped before anybody knew may have been dropped by the limit.
void Doubt::find_limit() {
  if (std::exchange(limit_, true)) return;
  for (auto* records : {&waiting_, &again_})
    for (auto& [question, record] : *records) record.drops = std::min<std::size_t>(record.drops, 1);
}

bool Doubt::is_ready(const Record& record) const {
  const std::size_t answers = answered_after(record.last);
  const bool decides = record.drops + 1 == kUsual.size();
  if (!limit_ && decides && answers_in_a_row_ < kCalm) return false;
  if (!limit_) return answers >= kUsual[std::min(record.drops, kUsual.size()) - 1];
  const bool behind_a_drop = latest_.limited && latest_.connection > record.last;
  return answers > 0 && (behind_a_drop || answers >= answers_in_a_row(record.drops));
}

std::vector<Doubt::Ready> Doubt::take_ready() {
  std::vector<Ready> ready;
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto& [question, record] = *entry;
    // Only one can come right behind a drop.
    const bool next = ready.empty() || !limit_;
    if (!next || !is_ready(record)) {
      ++entry;
      continue;
    }
    const bool refusal = !limit_ && record.drops >= kUsual.size();
    ready.push_back({question, refusal, limit_ && record.drops > 1 && !refusal});
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
