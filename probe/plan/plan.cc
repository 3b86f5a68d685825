#include "probe/plan/plan.h"

#include <algorithm>

namespace tlsward::probe {

void Plan::put(Open& open) {
  const Number number = ++last_;
  open_.emplace(number, &open);
  queue_.push_back(number);
}

std::optional<Plan::Number> Plan::take() {
  if (queue_.empty()) return {};
  const Number number = queue_.front();
  queue_.pop_front();
  return number;
}

void Plan::answer(Number number, Answer answer) {
  const auto found = open_.find(number);
  if (found == open_.end()) return;
  Open& open = *found->second;
  open_.erase(found);
  open.answer = std::move(answer);
  open.waiting.resume();
}

void Plan::close() {
  closed_ = true;
  queue_.clear();
  while (!open_.empty()) answer(open_.begin()->first, {});
}

std::size_t Plan::followed() const {
  const auto queued = [&](Number number) { return std::find(queue_.begin(), queue_.end(), number) != queue_.end(); };
  return static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), [&](const auto& entry) {
    return entry.second->question.more_follow && !queued(entry.first);
  }));
}

}  // namespace tlsward::probe
